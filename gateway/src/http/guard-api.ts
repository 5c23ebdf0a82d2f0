import { HymioError } from '@hymio/protocol';
import type { FastifyReply } from 'fastify';
import { errorFields } from '../log/error-fields.js';
import { sightOfGroups } from '../people/sight/sight.js';
import { apiScopesOf, type User } from '../people/user.js';
import type { Store } from '../store/store.js';
import type { ApiToken } from '../tokens/api-token.js';
import { isSecretOf, readTokenText } from '../tokens/token-text.js';
import { API_PREFIX, type ApiAccess } from './api-access.js';
import type { App } from './app.js';
import type { HttpParts } from './http-parts.js';
import { loginNeeded, roleTooSmall } from './people/guard-people.js';

/** How old a token's last use may be before it is written again: one write an hour, however often somebody comes. */
const USE_STEP_MS = 3_600_000;

/**
 * Lets programs use the API by their tokens. A token that is given must hold and reach as far as is asked, whether it is
 * needed or not; `requireToken`: none is answered without. Must come before the routes. Errors: HymioError
 * `token-needed`, `token-unknown` (401), `token-scope`, `token-group` (403).
 */
export function guardApi(app: App, parts: Pick<HttpParts, 'store' | 'clock' | 'log' | 'requireToken'>): void {
  app.addHook('onRoute', ({ url, config }) => {
    // A broken invariant: it shows at the first start, before anybody can ask.
    if (url.startsWith(API_PREFIX) && config?.access === undefined) {
      throw new Error(`${url} does not say what a token must be allowed for it`);
    }
  });
  app.addHook('onRequest', async (request, reply) => {
    const { access } = request.routeOptions.config;
    if (access === undefined || access === 'open') return;
    const given = bearerOf(request.headers.authorization);
    if (given === undefined) {
      if (request.person !== undefined) return requireRights(request.person.user, access);
      if (request.outsider === true) throw challenge(reply, loginNeeded());
      if (parts.requireToken === true && request.routeOptions.url?.startsWith(API_PREFIX) === true)
        throw challenge(reply, tokenNeeded());
      return;
    }
    const token = await tokenOf(given, parts.store);
    if (token === undefined) throw challenge(reply, tokenUnknown(), 'error="invalid_token"');
    const missing = access.scopes.filter((scope) => !token.scopes.includes(scope));
    if (missing.length > 0) {
      throw challenge(reply, tokenScope(missing), `error="insufficient_scope", scope="${access.scopes.join(' ')}"`);
    }
    if (token.group !== undefined && access.group === 'none') throw tokenGroup(token.group);
    request.token = token;
    // Who comes with a token is the program, whoever has a page open.
    delete request.person;
    noteUse(token, parts);
  });
  app.addHook('preHandler', async ({ token, query, routeOptions }) => {
    const { access } = routeOptions.config;
    if (token?.group === undefined || typeof access !== 'object' || access.group !== 'subject') return;
    await requireSight(token.group, query, parts.store);
  });
}

/** Errors: HymioError `role-too-small`. */
function requireRights(user: User, access: ApiAccess): void {
  const scopes = apiScopesOf(user.role);
  const missing = access.scopes.some((scope) => !scopes.includes(scope));
  if (missing || (user.groups !== undefined && access.group === 'none')) throw roleTooSmall();
}

/** What is shown as a token. Other schemes are none of ours: a proxy that asks for a password passes them on. */
function bearerOf(authorization: string | undefined): string | undefined {
  const [, text] = /^Bearer *(.*)$/i.exec(authorization ?? '') ?? [];
  return text?.trim();
}

/** A token that holds. */
async function tokenOf(text: string, store: Store): Promise<ApiToken | undefined> {
  const given = readTokenText(text);
  const held = given === undefined ? undefined : await store.tokens.find(given.id);
  if (given === undefined || held === undefined || !isSecretOf(given.secret, held.hash)) return undefined;
  return held.token.revokedAt === undefined ? held.token : undefined;
}

function noteUse(
  { id, lastUsedAt = 0 }: ApiToken,
  { store, clock, log }: Pick<HttpParts, 'store' | 'clock' | 'log'>,
): void {
  const now = clock.now();
  if (now >= lastUsedAt && now - lastUsedAt < USE_STEP_MS) return;
  // Nobody waits for it, and an answer does not depend on it.
  store.tokens.noteUse(id, now).catch((error: unknown) => {
    log.error(errorFields(error), 'the use of a token could not be noted');
  });
}

/** Error: HymioError `token-group`, also for what does not exist. */
async function requireSight(group: string, query: unknown, store: Store): Promise<void> {
  const { 'service-point': point, group: asked }: Record<string, unknown> = { ...(query as object) };
  const sight = sightOfGroups(await store.registry(), [group]);
  const seen = [
    ...(typeof point === 'string' ? [sight.servicePoint(point)] : []),
    ...(typeof asked === 'string' ? [sight.group(asked)] : []),
  ];
  if (seen.length === 0 || seen.includes(false)) throw tokenGroup(group);
}

function challenge(reply: FastifyReply, error: HymioError, more?: string): HymioError {
  reply.header('www-authenticate', ['Bearer realm="hymio"', ...(more === undefined ? [] : [more])].join(', '));
  return error;
}

export function tokenNeeded(): HymioError {
  return new HymioError(
    'token-needed',
    'This gateway answers programs only with a token.',
    'Send `Authorization: Bearer …`; the operator makes a token with `hymio-gateway token create`.',
  );
}

function tokenUnknown(): HymioError {
  return new HymioError(
    'token-unknown',
    'The token is not one of this gateway, or it has been revoked.',
    'Ask the operator; `hymio-gateway token list` shows those that hold.',
  );
}

function tokenScope(missing: ApiAccess['scopes']): HymioError {
  return new HymioError(
    'token-scope',
    `The token does not allow ${missing.join(', ')}.`,
    'Ask the operator for a token with that scope.',
  );
}

/** Error of who asks beyond the group of the token. */
export function tokenGroup(group: string): HymioError {
  return new HymioError(
    'token-group',
    `The token allows only what concerns the group ${group}.`,
    'Name a service point or group in it, or ask the operator for another token.',
  );
}
