import type { FastifyRequest } from 'fastify';
import { pageNeed } from '../../people/page-access.js';
import type { App } from '../app.js';
import type { Looker } from '../http-parts.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** How far who asks may look. */
    sight?: NonNullable<Looker['sight']>;
  }
}

/** Decides how far whoever asks may look. Must come behind the guards, which say who that is. */
export function lookAsPerson(app: App): void {
  app.addHook('preHandler', async (request) => {
    request.sight = { groups: groupsOf(request) };
  });
}

function groupsOf({ person, token, method, routeOptions }: FastifyRequest): readonly string[] | undefined {
  // What everybody may see, a member of staff of another group may see too.
  if (pageNeed(method, routeOptions.url ?? '') === 'everybody') return undefined;
  if (token !== undefined) return token.group === undefined ? undefined : [token.group];
  return person?.user.groups;
}
