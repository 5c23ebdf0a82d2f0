import { HymioError } from '@hymio/protocol';
import { addressBlock } from '../address-block.js';
import { networksHold } from '../config/exposure.js';
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
export function limitRequests(app: App, { clock, trustedProxies = [], requestsPerMinute }: Parts): void {
  if (requestsPerMinute === undefined) return;
  const counts = new RequestCounts(MINUTE_MS);
  const isHere = networksHold([]);
  app.addHook('onRequest', async ({ ip, routeOptions, socket }, reply) => {
    if (UNLIMITED.includes(routeOptions.url)) return;
    if (trustedProxies.length === 0 && isHere(socket.remoteAddress ?? '')) return;
    const { requests, leftMs } = counts.add(addressBlock(ip), clock.monotonic());
    if (requests <= requestsPerMinute) return;
    const leftSeconds = Math.ceil(leftMs / 1_000);
    reply.header('retry-after', leftSeconds);
    throw new HymioError(
      'too-many-requests',
      `More than ${requestsPerMinute} requests a minute came from this address.`,
      `Try again in ${leftSeconds} s; the operator sets how many it may be with \`http.requestsPerMinute\`.`,
    );
  });
}
