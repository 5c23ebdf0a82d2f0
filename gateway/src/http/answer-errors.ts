import type { Socket } from 'node:net';
import { HymioError } from '@hymio/protocol';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { errorFields } from '../log/error-fields.js';
import { errorPage } from '../pages/error-page.js';
import type { App } from './app.js';
import { loggedPath } from './http-observer.js';
import type { HttpLog } from './http-parts.js';
import { type Pages, sendPage } from './pages.js';
import { PROBLEM_TYPE, type Problem, problem, problemOf } from './problem.js';
import { SECURITY_HEADERS } from './security-headers.js';
import type { UnreadableAddresses } from './unreadable-addresses.js';

const OTHER_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every error leaves as a problem document, or as a page where a person looks at a page. */
export function answerErrors(
  app: App,
  log: HttpLog,
  { pages, unreadable }: { pages: Pages; unreadable: UnreadableAddresses },
): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const found = hasZodFastifySchemaValidationErrors(error) ? invalidParameters(error) : problemOf(error);
    if (found.status >= 500) {
      log.error({ method: request.method, path: loggedPath(request), ...errorFields(error) }, 'request failed');
    }
    return sendProblem(request, reply, pages, found);
  });
  app.setNotFoundHandler((request, reply) => {
    return sendProblem(request, reply, pages, unreadable.problemOf(request) ?? nothingAt(request));
  });
}

/** What the HTTP library could not read, by its codes. */
const GARBAGE: Readonly<Record<string, Problem>> = {
  ERR_HTTP_REQUEST_TIMEOUT: problem(
    408,
    'request-too-slow',
    'The request did not come to its end.',
    'Send it at once.',
  ),
  HPE_HEADER_OVERFLOW: problem(431, 'headers-too-large', 'Address and headers are too long.', 'Send less of them.'),
};
const NOT_HTTP = problem(400, 'bad-request', 'This is not an HTTP request.', 'Speak HTTP/1.1.');

/** Answers to what is not even HTTP, or does not come to its end, over a connection that is then closed. */
export function answerGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return;
  const found = GARBAGE[error.code ?? ''] ?? NOT_HTTP;
  const body = JSON.stringify(found);
  const headers = {
    ...SECURITY_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${found.status} ${found.title}\r\n${lines.join('')}\r\n${body}`);
}

/** Adds `routes`, and answers 405 to other methods on their addresses, before any body is read. */
export function answerOtherMethods(app: App, routes: () => void): void {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = known.get(url) ?? new Set<string>();
    for (const one of [method].flat()) methods.add(one);
    known.set(url, methods);
  });
  routes();
  for (const [url, methods] of [...known]) {
    const others = OTHER_METHODS.filter((method) => !methods.has(method));
    const allowed = [...methods].sort().join(', ');
    app.route({
      method: others,
      url,
      schema: { hide: true },
      config: { access: 'open' },
      onRequest: async (request, reply) => {
        reply.header('allow', allowed);
        throw new HymioError('method-not-allowed', `${request.method} is not possible here.`, `Use ${allowed}.`);
      },
      handler: () => {
        throw new Error('unreachable: onRequest has answered');
      },
    });
  }
}

/** Sends a problem in the form that fits who asks. */
function sendProblem(request: FastifyRequest, reply: FastifyReply, pages: Pages, found: Problem): FastifyReply {
  reply.code(found.status).header('cache-control', 'no-store');
  if (wantsPage(request)) return sendPage(reply, errorPage(found, pages.contextOf(request)));
  return reply.type(PROBLEM_TYPE).serializer(JSON.stringify).send(found);
}

function wantsPage(request: FastifyRequest): boolean {
  const api = /^\/(api|healthz|readyz|metrics|assets)(\/|$|\?)/.test(request.originalUrl);
  return !api && (request.headers.accept ?? '').includes('text/html');
}

function nothingAt({ url }: FastifyRequest): Problem {
  const [path = ''] = url.split('?', 1);
  const next = 'See /api/v1/openapi.json for what there is.';
  return problem(404, 'unknown-route', `There is nothing at ${path}.`, next);
}

interface ZodValidationError {
  validation: readonly { instancePath: string; message?: string; params: Record<string, unknown> }[];
  validationContext?: string;
}

/** Names each parameter that is wrong. */
function invalidParameters(error: ZodValidationError): Problem {
  const errors = error.validation.flatMap(({ instancePath, message, params }) => {
    const unknown = unknownKeys(params);
    if (unknown.length > 0) return unknown.map((parameter) => ({ parameter, message: 'no such parameter' }));
    const parameter = instancePath.split('/').filter(Boolean).join('.') || '(all)';
    return [{ parameter, message: message ?? 'not valid' }];
  });
  const detail = errors.map(({ parameter, message }) => `${parameter}: ${message}`).join('; ');
  const next = 'Correct the parameters; /api/v1/openapi.json describes each.';
  return { ...problem(400, 'invalid-parameter', detail, next), errors };
}

function unknownKeys(params: Record<string, unknown>): string[] {
  const issue = params['issue'];
  const keys = typeof issue === 'object' && issue !== null && 'keys' in issue ? issue.keys : params['keys'];
  return Array.isArray(keys) ? keys.map(String) : [];
}
