import { hashTokenSecret, makeTokenSecret } from '../tokens/token-text.js';

/** A link that sets a password holds so long, ms. */
export const LINK_MS = 24 * 3_600_000;

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
