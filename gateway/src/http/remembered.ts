import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../registry/registry.js';

const YEAR_SECONDS = 365 * 24 * 3600;
/** A notice is shown by the page that comes next, or not at all, s. */
const NOTICE_SECONDS = 60;
const NAMES = { language: 'hymio-language', name: 'hymio-name', notice: 'hymio-notice' } as const;

/** Only for our own pages, and not for scripts. */
const COOKIE = { path: '/', httpOnly: true, sameSite: 'strict' } as const;

export function rememberedLanguage(request: FastifyRequest): string | undefined {
  return request.cookies?.[NAMES.language];
}

export function rememberLanguage(reply: FastifyReply, language: Language): void {
  // The language follows a link from elsewhere too: it gives nothing away and changes nothing.
  reply.setCookie(NAMES.language, language, { ...COOKIE, sameSite: 'lax', maxAge: YEAR_SECONDS });
}

/** Who filled in the last form. */
export function rememberedName(request: FastifyRequest): string | undefined {
  return request.cookies?.[NAMES.name];
}

export function rememberName(reply: FastifyReply, name: string): void {
  reply.setCookie(NAMES.name, name, { ...COOKIE, maxAge: YEAR_SECONDS });
}

/** What a form has done, for the page that follows it. */
export function rememberNotice(reply: FastifyReply, notice: string): void {
  reply.setCookie(NAMES.notice, notice, { ...COOKIE, maxAge: NOTICE_SECONDS });
}

/** Takes the notice: the next page does not show it again. */
export function takeNotice(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const notice = request.cookies?.[NAMES.notice];
  if (notice !== undefined && notice !== '') reply.clearCookie(NAMES.notice, COOKIE);
  return notice === '' ? undefined : notice;
}
