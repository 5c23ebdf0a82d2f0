import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { freshForm } from '../../pages/forms/form-state.js';
import { loggedOutPage } from '../../pages/people/directory-pages.js';
import { loginPage } from '../../pages/people/login-page.js';
import type { LoginOutcome } from '../../people/logins.js';
import type { App } from '../app.js';
import { FormBody } from '../form-body.js';
import type { RouteParts } from '../http-parts.js';
import { type Pages, sendPage } from '../pages.js';
import { ownAddress } from '../people/guard-people.js';
import type { SessionCookie } from '../people/session-cookie.js';
import { rememberedLanguage, rememberLanguage, rememberNotice } from '../remembered.js';

/** Nobody types more into a login, bytes. */
export const MAX_LOGIN_BYTES = 8 * 1024;
export const nextQuery = z.object({ next: z.string().max(2_000).optional().catch(undefined) });

export interface LoginWhere {
  app: App;
  parts: RouteParts;
  pages: Pages;
  cookie: SessionCookie;
  /** Of a login that waits for its code. */
  stepCookie: SessionCookie;
}

/** The way in and out. */
export function loginRoutes(where: LoginWhere): void {
  const { app, parts, pages, cookie, stepCookie } = where;
  const { logins, people } = parts;
  const hide = { schema: { hide: true }, bodyLimit: MAX_LOGIN_BYTES };
  app.get('/login', hide, async (request, reply) => {
    const next = ownAddress(nextQuery.parse(request.query).next);
    if (request.outsider !== true) return reply.redirect(next, 303);
    return sendPage(
      reply,
      loginPage({ next, form: freshForm('login'), directory: parts.directory?.name }, pages.contextOf(request, reply)),
    );
  });
  app.post('/login', hide, async (request, reply) => {
    const body = new FormBody(request.body);
    const next = ownAddress(body.text('next'));
    const typed = { name: body.text('name'), password: body.whole('password'), address: request.ip };
    const outcome = await logins?.logIn(typed);
    if (outcome?.kind === 'in') {
      await giveSession(where, outcome, request, reply);
      return reply.redirect(next, 303);
    }
    if (outcome?.kind === 'code-needed') {
      stepCookie.set(reply, outcome.secret);
      return reply.header('cache-control', 'no-store').redirect(withNext('/login/code', next), 303);
    }
    const { people: texts } = pages.contextOf(request).messages;
    const fault = outcome?.kind === 'wait' ? waitText(reply.code(429), outcome, texts.wait) : texts.wrong;
    if (outcome?.kind !== 'wait') reply.code(422);
    const form = { ...freshForm('login'), values: new Map([['name', [typed.name]]]) };
    const shown = { next, form, fault, directory: parts.directory?.name };
    return sendPage(reply, loginPage(shown, { ...pages.contextOf(request, reply), path: '/login' }));
  });
  app.post('/logout', hide, async (request, reply) => {
    const everywhere = new FormBody(request.body).text('action') === 'everywhere';
    const { people: texts } = pages.contextOf(request).messages;
    if (request.person !== undefined) await people?.logOut(request.person, everywhere);
    cookie.clear(reply);
    const { directory } = parts;
    const elsewhere = request.person?.user.directory === undefined ? undefined : await directory?.logOutAddress();
    if (directory !== undefined && elsewhere !== undefined) {
      // Not by a redirect: where our forms lead to is ours.
      reply.header('refresh', `0; url=${elsewhere}`);
      return sendPage(reply, loggedOutPage(elsewhere, directory.name, { ...pages.contextOf(request), path: '/login' }));
    }
    rememberNotice(reply, everywhere ? texts.ended : texts.loggedOut);
    return reply.redirect('/login', 303);
  });
}

/** An address of the login that knows where to go on afterwards. */
export function withNext(path: string, next: string): string {
  return next === '/' ? path : `${path}?${new URLSearchParams({ next })}`;
}

/**
 * The browser is logged in from now on, and speaks the user's language unless it has chosen one. Every way in ends here: a
 * browser has one login at a time, so the one that it had ends, and one that waits for its code is left.
 */
export async function giveSession(
  { parts, cookie, stepCookie }: Pick<LoginWhere, 'parts' | 'cookie' | 'stepCookie'>,
  { user, secret }: Pick<LoginOutcome & { kind: 'in' }, 'user' | 'secret'>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  if (request.person !== undefined) await parts.people?.logOut(request.person);
  if (stepCookie.read(request) !== undefined) stepCookie.clear(reply);
  cookie.set(reply, secret);
  if (user.language !== undefined && rememberedLanguage(request) === undefined) rememberLanguage(reply, user.language);
  reply.header('cache-control', 'no-store');
}

/** What is said to who has to wait; programs are told too. */
export function waitText(reply: FastifyReply, { ms }: { ms: number }, text: (seconds: number) => string): string {
  const seconds = Math.ceil(ms / 1_000);
  reply.header('retry-after', String(seconds));
  return text(seconds);
}
