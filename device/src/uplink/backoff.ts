import type { Random } from '@hymio/protocol';

/**
 * Full-jitter exponential backoff: uniform between `baseMs` and min(capMs, baseMs · 2^(attempt+1)), so that terminals
 * that lost the gateway together do not come back together. `attempt` counts from 0.
 */
export function backoffMs(attempt: number, baseMs: number, capMs: number, random: Random): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt + 1, 40));
  return Math.round(baseMs + random() * (ceiling - baseMs));
}
