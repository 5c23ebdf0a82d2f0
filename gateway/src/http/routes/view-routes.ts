import { HymioError } from '@hymio/protocol';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import { isLanguage } from '../../language/language.js';
import type { PageViewer } from '../../pages/page-context.js';
import type { PageView } from '../../pages/page-view.js';
import { PAGE_VIEWS } from '../../pages/page-views.js';
import { pageNeed } from '../../people/page-access.js';
import type { LoggedIn } from '../../people/people.js';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import type { LivePages, ShowPage } from '../live-pages.js';
import { chooseRequestLanguage, type Pages, pathWithoutLanguage, sendPage } from '../pages.js';
import { endWithLogin } from '../people/end-with-login.js';
import { requireNeed } from '../people/guard-people.js';

/** Longest list of regions that a page may name. */
const MAX_SEEN = 4_000;
const liveParameters = z.object({
  page: z.string().startsWith('/').max(2_000),
  seen: z.string().max(MAX_SEEN).catch(''),
});

/** Serves the pages that show how things stand, and keeps them up to date where they are looked at. */
export function viewRoutes(app: App, parts: RouteParts, pages: Pages, live: LivePages): void {
  for (const view of PAGE_VIEWS) {
    app.get(view.path, { schema: { hide: true } }, async (request, reply) => {
      const { params, query } = request;
      const { html } = await view.show({ params, query }, parts.for(request), pages.contextOf(request, reply));
      return sendPage(reply, html);
    });
  }
  app.get(
    '/live',
    { exposeHeadRoute: false, schema: { hide: true, querystring: liveParameters } },
    async (request, reply) => {
      if (live.isFull) {
        throw new HymioError('too-many-listeners', 'Too many pages are open.', 'Close some, or try again later.');
      }
      const { page, seen } = request.query;
      const wanted = { ...roomOf(page, request, parts, pages), seen: readSeen(seen) };
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(reply.getHeaders())) headers[name] = String(value);
      reply.hijack();
      live.add(reply.raw, headers, wanted);
      endWithLogin(reply.raw, request, parts);
    },
  );
}

/** Page and language of a live page. Errors: HymioError `unknown-route`. */
function roomOf(
  page: string,
  request: FastifyRequest,
  parts: RouteParts,
  pages: Pages,
): { key: string; show: ShowPage } {
  const url = new URL(page, 'http://gateway');
  const query = Object.fromEntries(url.searchParams);
  const found = findView(url.pathname);
  if (found === undefined) {
    throw new HymioError('unknown-route', `There is no live page at ${url.pathname}.`, 'Load the page again.');
  }
  const { view, params } = found;
  const { person } = request;
  const need = pageNeed('GET', view.path);
  if (person !== undefined && typeof need === 'object') requireNeed(person.user, need);
  const asked = query['lang'];
  const language = chooseRequestLanguage(request, asked);
  const path = pathWithoutLanguage(`${url.pathname}${url.search}`);
  const viewer = roomViewer(person);
  // It is drawn later, for all who may see the same.
  const own = parts.for(request);
  const show: ShowPage = (regions) =>
    view.show({ params, query }, own, { ...pages.context(language, isLanguage(asked), path, viewer), regions });
  return { key: `${language} ${isLanguage(asked) ? 'chosen' : ''} ${sightOf(person)} ${path}`, show };
}

function findView(path: string): { view: PageView; params: Record<string, string> } | undefined {
  const levels = path.split('/');
  for (const view of PAGE_VIEWS) {
    const wanted = view.path.split('/');
    const fits = wanted.length === levels.length && wanted.every((one, i) => one.startsWith(':') || one === levels[i]);
    if (!fits) continue;
    const named = wanted.flatMap((one, i) => (one.startsWith(':') ? [[one.slice(1), levels[i] ?? ''] as const] : []));
    return { view, params: Object.fromEntries(named) };
  }
  return undefined;
}

/** `summary.1a2b,terminals.3c4d` */
function readSeen(seen: string): ReadonlyMap<string, string> {
  return new Map(
    seen.split(',').flatMap((part) => {
      const dot = part.lastIndexOf('.');
      return dot > 0 ? [[part.slice(0, dot), part.slice(dot + 1)] as const] : [];
    }),
  );
}

/** Pages are drawn once for all who may see the same: nothing of a single person is in them. */
function roomViewer(person: LoggedIn | undefined): PageViewer | undefined {
  if (person === undefined) return undefined;
  const { role, groups } = person.user;
  return { kind: 'person', role, whole: groups === undefined, displayName: '' };
}

/** Who has the same may look at the same. */
function sightOf(person: LoggedIn | undefined): string {
  return person === undefined ? '' : JSON.stringify([person.user.role, person.user.groups]);
}
