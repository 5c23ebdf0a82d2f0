import { PATIENCE_MS } from './patience.js';

const LOOK_EVERY_MS = 25;

/**
 * Looks again and again at the outside of a program until what is seen is right: for state that no event announces.
 * Fails with what was seen last.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  isRight: (seen: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (isRight(seen)) return seen;
    if (performance.now() > deadline) throw new Error(`${what}: never; seen last: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
