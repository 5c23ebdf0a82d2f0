import rateLimit, { type FastifyRateLimitStore } from '@fastify/rate-limit';
import { HymioError } from '@hymio/protocol';
import { networksHold } from '../config/exposure.js';
import { addressBlock } from '../people/address-block.js';
import type { App } from './app.js';
import type { HttpParts } from './http-parts.js';
import { RequestCounts } from './request-counts.js';

const MINUTE_MS = 60_000;
/** Who watches the gateway must hear of it above all when it is asked too much. */
const UNLIMITED: readonly (string | undefined)[] = ['/healthz', '/readyz'];

type Parts = Pick<HttpParts, 'clock' | 'trustedProxies' | 'requestsPerMinute'>;

/**
 * Refuses an address more requests than it may send in a minute, whatever it asks for, whether it is there, and whoever
 * it says it is: must come before whatever looks at tokens and cookies. An event stream is one request. Behind a proxy
 * that is named the address is the one that the proxy tells; without one, this machine itself may ask as it likes.
 * Error: HymioError `too-many-requests`.
 */
export async function limitRequests(app: App, { clock, trustedProxies = [], requestsPerMinute }: Parts): Promise<void> {
  if (requestsPerMinute === undefined) return;
  const counts = new RequestCounts(MINUTE_MS);
  const isHere = networksHold([]);
  await app.register(rateLimit, {
    // In a hook of our own: those that the library adds to routes come after the guards, and not where no route fits.
    global: false,
    max: requestsPerMinute,
    timeWindow: MINUTE_MS,
    keyGenerator: ({ ip }) => addressBlock(ip),
    allowList: ({ routeOptions, socket }) =>
      UNLIMITED.includes(routeOptions.url) || (trustedProxies.length === 0 && isHere(socket.remoteAddress ?? '')),
    // The library's own goes by the wall clock, which may be set back by hours while somebody waits.
    store: class implements FastifyRateLimitStore {
      incr(who: string, done: (error: null, count: { current: number; ttl: number }) => void): void {
        const { requests, leftMs } = counts.add(who, clock.monotonic());
        done(null, { current: requests, ttl: leftMs });
      }
      child(): this {
        return this;
      }
    },
  });
  const count = app.createRateLimit();
  app.addHook('onRequest', async (request, reply) => {
    const counted = await count(request);
    if (counted.isAllowed || !counted.isExceeded) return;
    reply.header('retry-after', counted.ttlInSeconds);
    throw new HymioError(
      'too-many-requests',
      `More than ${requestsPerMinute} requests a minute came from this address.`,
      `Try again in ${counted.ttlInSeconds} s; the operator sets how many it may be with \`http.requestsPerMinute\`.`,
    );
  });
}
