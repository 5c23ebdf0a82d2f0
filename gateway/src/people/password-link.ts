import { HymioError } from '@hymio/protocol/plain';
import { hashTokenSecret, makeTokenSecret } from '../tokens/token-text.js';

/** A link that sets a password holds so long, ms. */
export const LINK_MS = 24 * 3_600_000;

/** How far the clock may have been ahead when a link was made, ms. */
const TOLERANCE_MS = 5 * 60_000;

/** The last end that a link can have at `now` (UTC ms): one that ends later was made while the clock was far ahead. */
export function latestLinkEnd(now: number): number {
  return now + LINK_MS + TOLERANCE_MS;
}

/** A new link: its secret for who is to follow it, and what the store keeps. `now`: UTC ms. */
export function makePasswordLink(
  random: (bytes: number) => Buffer,
  now: number,
): { secret: string; hash: string; expiresAt: number } {
  const secret = makeTokenSecret(random);
  return { secret, hash: hashTokenSecret(secret), expiresAt: now + LINK_MS };
}

/** Where a link leads; `origin`: of the gateway. */
export function passwordLinkAddress(origin: string, secret: string): string {
  return new URL(`/set-password/${secret}`, origin).href;
}

/** Error of who comes with a link that holds no more. */
export function linkSpent(): HymioError {
  return new HymioError(
    'link-spent',
    'This link holds no more: it was used, replaced by another, or is older than a day.',
    'Ask an administrator for a new one, or make one with `hymio-gateway user link <name>`.',
  );
}
