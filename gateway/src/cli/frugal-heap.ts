import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Where so much of the heap lives memory is worth more than speed, bytes. */
const LARGE_BYTES = 40e6;
/** Large is collected once it has grown by a fifth, and moved together where a fifth of its pages is empty. */
const FRUGAL = ['--heap-growing-percent=20', '--optimize-for-size'];
/** How the engine itself decides: it waits until the heap has about doubled, or more. */
const AS_IT_IS = ['--heap-growing-percent=0', '--no-optimize-for-size'];
const INTERVAL_MS = 5_000;
/** What was found to be garbage is looked for again when the heap is so much larger than what was left, or after so long. */
const GROWN = 1.5;
const AGAIN_MS = 60_000;

/**
 * Has the engine keep its heap small while the program is loaded and put together: what is thrown away then would leave it
 * half as large again for good. Call it before anything large is imported, and what it returns when there is work to do,
 * which it would slow down: what messages leave would cost three times the processor time to collect.
 */
export function keepHeapSmall(): () => void {
  setFlagsFromString('--optimize-for-size');
  return () => setFlagsFromString('--no-optimize-for-size');
}

/**
 * Has the JavaScript engine collect the garbage of a large heap sooner, from now on, and give back what is free in it. A
 * small one is left to it: to collect that sooner takes twice the processor time for each press of a backlog. Which one it
 * is a collection tells, since what is in use is garbage as well.
 */
export function keepHeapFrugal(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  let frugal = false;
  let left = 0;
  let collectedAt = Number.NEGATIVE_INFINITY;
  const adapt = (): void => {
    const used = usedBytes();
    if (frugal === used >= LARGE_BYTES) return;
    const now = performance.now();
    if (!frugal) {
      if (used < left * GROWN && now - collectedAt < AGAIN_MS) return;
      collect();
      collectedAt = now;
      left = usedBytes();
      if (left < LARGE_BYTES) return;
    }
    frugal = !frugal;
    for (const flag of frugal ? FRUGAL : AS_IT_IS) setFlagsFromString(flag);
    // The engine decides at the end of one collection when the next one is due: otherwise it would be after it has doubled.
    if (frugal) collect();
  };
  setInterval(adapt, INTERVAL_MS).unref();
}

function usedBytes(): number {
  return getHeapStatistics().used_heap_size;
}
