import { HymioError } from '@hymio/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type PageNeed, pageNeed } from '../../people/page-access.js';
import type { LoggedIn } from '../../people/people.js';
import { hasRole, type User } from '../../people/user.js';
import { API_PREFIX } from '../api-access.js';
import type { App } from '../app.js';
import type { HttpParts } from '../http-parts.js';
import type { SessionCookie } from './session-cookie.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is logged in and asks; absent where nobody has to say who they are, or nobody is. */
    person?: LoggedIn;
    /** There are logins, and who asks has none. */
    outsider?: true;
  }
}

/**
 * Asks people for a login as soon as there is a user; what they may do with it is decided by `PAGE_ACCESS`, and for the API
 * by `guardApi`, which must come behind it. Must come before the routes. Errors: HymioError `login-needed` (401),
 * `role-too-small` (403), `foreign-origin` (403).
 */
export function guardPeople(app: App, parts: Pick<HttpParts, 'people'>, cookie: SessionCookie): void {
  app.addHook('onRoute', ({ url, method, config }) => {
    if (url.startsWith(API_PREFIX) || config?.access !== undefined) return;
    for (const one of [method].flat()) {
      // A broken invariant: it shows at the first start, before anybody can ask.
      if (pageNeed(one, url) === undefined) throw new Error(`${one} ${url} does not stand in PAGE_ACCESS`);
    }
  });
  app.addHook('onRequest', async (request, reply) => {
    const { people } = parts;
    if (people?.asksForLogin !== true) return;
    const secret = cookie.read(request);
    const person = secret === undefined ? undefined : people.loggedIn(secret);
    if (person === undefined) request.outsider = true;
    else {
      requireOwnForm(request);
      request.person = person;
      people.noteUse(person.session);
    }
    const { url } = request.routeOptions;
    if (url === undefined || request.routeOptions.config.access !== undefined) return;
    const need = pageNeed(request.method, url);
    if (need === 'everybody' || need === undefined) return;
    if (person === undefined) return askForLogin(request, reply);
    requireNeed(person.user, need);
  });
}

/** Error: HymioError `role-too-small`. */
export function requireNeed(user: User, need: PageNeed): void {
  if (hasRole(user.role, need.role) && (need.whole !== true || user.groups === undefined)) return;
  throw roleTooSmall();
}

export function roleTooSmall(): HymioError {
  return new HymioError(
    'role-too-small',
    'You may not do this with the rights that you have.',
    'Ask an administrator of the whole organisation.',
  );
}

/** Error of who asks without being logged in. */
export function loginNeeded(): HymioError {
  return new HymioError(
    'login-needed',
    'This is shown only to who is logged in.',
    'Log in at /login; programs send a token of `hymio-gateway token create`.',
  );
}

/** Where somebody is to go after the login: an address of ours, whatever was sent. */
export function ownAddress(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith('/') || !URL.canParse(wanted, 'http://gateway')) return '/';
  const { host, pathname, search } = new URL(wanted, 'http://gateway');
  return host === 'gateway' && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}

/** A browser that brings a login says where the form was; what does not say so is not a form of ours. */
function requireOwnForm({ method, headers }: FastifyRequest): void {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return;
  if (headers.origin !== undefined || headers['sec-fetch-site'] === 'same-origin') return;
  throw new HymioError(
    'foreign-origin',
    'It cannot be seen that this form was sent from a page of the gateway.',
    'Open the page at the gateway itself and send it from there.',
  );
}

function askForLogin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isPage = (request.headers.accept ?? '').includes('text/html');
  if (!isPage) throw loginNeeded();
  const back = request.method === 'GET' && request.url !== '/' ? `?${new URLSearchParams({ next: request.url })}` : '';
  return reply.header('cache-control', 'no-store').redirect(`/login${back}`, 303);
}
