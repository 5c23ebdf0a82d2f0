import type { Random } from '@hymio/protocol';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** First numbers of a generator resemble its seed; they are left out. */
const WARM_UP = 16;

/**
 * A stream of random numbers that is the same for the same seed and names. Names separate streams (a terminal, a
 * purpose), so that one more draw in one place changes nothing elsewhere.
 */
export function seededRandom(seed: number, ...names: readonly string[]): Random {
  const generator = xoroshiro128plus(hash(`${seed}/${names.join('/')}`));
  for (let i = 0; i < WARM_UP; i += 1) generator.next();
  return () => uniformFloat64(generator);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value | 0;
}
