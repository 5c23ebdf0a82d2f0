import type { FastifyRequest } from 'fastify';
import { pageNeed } from '../../people/page-access.js';
import type { Sights } from '../../people/sight/sights.js';
import type { App } from '../app.js';

/** Whatever answers a request sees what who asks may see, and no more. Must come behind the guards. */
export function lookAsPerson(app: App, sights: Sights): void {
  app.addHook('preHandler', (request, _reply, done) => {
    sights.run(groupsOf(request), done);
  });
}

/** Groups that who asks is limited to; undefined: not limited. */
export function groupsOf({ person, token, method, routeOptions }: FastifyRequest): readonly string[] | undefined {
  // What everybody may see, a member of staff of another group may see too.
  if (pageNeed(method, routeOptions.url ?? '') === 'everybody') return undefined;
  if (token !== undefined) return token.group === undefined ? undefined : [token.group];
  return person?.user.groups;
}
