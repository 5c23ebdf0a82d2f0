import { idSchema } from '@hymio/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { chooseLanguage, isLanguage } from '../../language/language.js';
import { errorFields } from '../../log/error-fields.js';
import type { PublicContext } from '../../pages/public/public-document.js';
import { type PublicModel, readPublicModel } from '../../pages/public/public-model.js';
import { publicNotice } from '../../pages/public/public-notice.js';
import { publicPage } from '../../pages/public/public-page.js';
import { publicScreen } from '../../pages/public/public-screen.js';
import { publicWidget } from '../../pages/public/public-widget.js';
import { LANGUAGES, type Language } from '../../registry/registry.js';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { type Pages, pathWithoutLanguage, sendText } from '../pages.js';

/** How old a public page may be where it is kept, s. */
const KEPT_SECONDS = 60;

const queries = z.object({
  lang: z.string().optional().catch(undefined),
  theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  background: z.enum(['plain', 'transparent']).catch('plain'),
});
type Query = z.infer<typeof queries>;
type Show = (model: PublicModel, query: Query, contextIn: (language?: Language) => PublicContext) => string;

const SHOW: Readonly<Record<'' | '/screen' | '/widget', Show>> = {
  '': (model, _query, contextIn) => publicPage(model, contextIn()),
  '/screen': (model, { lang }, contextIn) => {
    const first = contextIn();
    const others = isLanguage(lang) ? [] : LANGUAGES.filter((language) => language !== first.language);
    return publicScreen(model, [first, ...others.map(contextIn)]);
  },
  '/widget': (model, { theme, background }, contextIn) => publicWidget(model, { theme, background }, contextIn()),
};

/**
 * What everybody may see of a service point that staff have made public. No cookie is read or set, and whoever asks for a
 * service point that does not exist gets what they get for one that is not public.
 */
export function publicRoutes(app: App, parts: RouteParts, pages: Pages): void {
  const missing = (request: FastifyRequest, reply: FastifyReply) =>
    send(reply.code(404), parts, {
      html: publicNotice('missing', publicContext(request, parts, pages)('/public')),
      keep: 'no-store',
    });
  for (const [ending, show] of Object.entries(SHOW)) {
    app.get(`/public/:servicePoint${ending}`, { schema: { hide: true } }, async (request, reply) => {
      const id = z.object({ servicePoint: idSchema }).safeParse(request.params);
      const query = queries.parse(request.query);
      if (ending === '/widget') allowFrames(reply, parts);
      try {
        const { store, clock, zone } = parts.for(request);
        const model = id.success
          ? await readPublicModel(store, id.data.servicePoint, { now: clock.now(), zone })
          : undefined;
        if (model === undefined) return missing(request, reply);
        const contextAt = publicContext(request, parts, pages);
        const html = show(model, query, (language) => contextAt(pathWithoutLanguage(request.url), language));
        return send(reply, parts, { html, keep: `public, max-age=${KEPT_SECONDS}` });
      } catch (error) {
        parts.log.error(errorFields(error), 'public page could not be shown');
        const html = publicNotice('unavailable', publicContext(request, parts, pages)('/public'));
        return send(reply.code(503).header('retry-after', String(KEPT_SECONDS)), parts, { html, keep: 'no-store' });
      }
    });
  }
  app.get('/public', { schema: { hide: true } }, async (request, reply) => missing(request, reply));
  app.get('/public/*', { schema: { hide: true } }, async (request, reply) => missing(request, reply));
}

/** Contexts of a request by path and, where it is not the one asked for, language. */
function publicContext(request: FastifyRequest, { publicUrl, publicViews }: RouteParts, pages: Pages) {
  const { lang } = queries.parse(request.query);
  const chosen = chooseLanguage(lang, request.headers['accept-language']);
  return (path: string, language: Language = chosen): PublicContext => ({
    ...pages.context(language, isLanguage(lang), path),
    index: publicViews?.index === true,
    ...(publicUrl !== undefined && { origin: publicUrl }),
  });
}

function send(reply: FastifyReply, { publicViews }: RouteParts, page: { html: string; keep: string }): FastifyReply {
  if (publicViews?.index !== true) reply.header('x-robots-tag', 'noindex');
  return sendText(reply.header('cache-control', page.keep).header('vary', 'Accept-Language'), 'text/html', page.html);
}

/** Only the widget may stand in a frame, and only on the sites that the operator has named. */
function allowFrames(reply: FastifyReply, { publicViews }: RouteParts): void {
  const ancestors = publicViews?.frameAncestors ?? [];
  if (ancestors.length === 0) return;
  const policy = String(reply.getHeader('content-security-policy'));
  reply.header(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", `frame-ancestors ${ancestors.join(' ')}`),
  );
}
