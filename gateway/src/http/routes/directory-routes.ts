import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { directoryFaultPage } from '../../pages/people/directory-pages.js';
import { CALLBACK_PATH, type DirectoryFault, type DirectoryLogin } from '../../people/directory/directory-login.js';
import { FLOW_SECONDS } from '../../people/directory/login-flow.js';
import { sendPage } from '../pages.js';
import { ownAddress } from '../people/guard-people.js';
import { giveSession, type LoginWhere } from './login-routes.js';

const query = z.object({ next: z.string().max(2_000).optional().catch(undefined) });

const STATUS: Readonly<Record<DirectoryFault['kind'], number>> = {
  unreachable: 503,
  refused: 403,
  'no-role': 403,
  'begin-anew': 400,
};

/** To the operator's directory and back. */
export function directoryRoutes(where: LoginWhere, directory: DirectoryLogin): void {
  const { app, parts } = where;
  const hide = { schema: { hide: true } };
  const flow = flowCookie(parts.publicUrl?.startsWith('https:') === true);
  app.get('/login/directory', hide, async (request, reply) => {
    const next = ownAddress(query.parse(request.query).next);
    if (request.outsider !== true) return reply.redirect(next, 303);
    const begun = await directory.begin(next);
    if (begun.kind !== 'go') return sendFault(where, begun, request, reply);
    reply.setCookie(flow.name, begun.sealed, { ...flow.options, maxAge: FLOW_SECONDS });
    return reply.header('cache-control', 'no-store').redirect(begun.url, 303);
  });
  app.get(CALLBACK_PATH, hide, async (request, reply) => {
    const { searchParams } = new URL(request.url, 'http://gateway');
    // It is used once, whatever comes of it.
    reply.clearCookie(flow.name, flow.options);
    const outcome = await directory.finish(request.cookies?.[flow.name], searchParams);
    if (outcome.kind !== 'in') return sendFault(where, outcome, request, reply);
    await giveSession(where, outcome, request, reply);
    return reply.redirect(ownAddress(outcome.next), 303);
  });
}

function sendFault(
  { pages }: LoginWhere,
  fault: DirectoryFault,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  // The links for another language must not repeat what the provider sent.
  const context = { ...pages.contextOf(request, reply), path: '/login' };
  return sendPage(reply.code(STATUS[fault.kind]), directoryFaultPage(fault, context));
}

/** Comes back with the provider's redirect, which is a link from another site: hence lax. */
function flowCookie(https: boolean) {
  return {
    name: https ? '__Host-hymio-directory' : 'hymio-directory',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure: https },
  } as const;
}
