import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** From this size on of the heap memory is worth more than speed, bytes; below the other one no longer. */
const LARGE_BYTES = 40e6;
const SMALL_BYTES = 30e6;
/** Large is collected once it has grown by a fifth, and moved together where a fifth of its pages is empty. */
const FRUGAL = ['--heap-growing-percent=20', '--optimize-for-size'];
/** How the engine itself decides: it waits until the heap has about doubled, or more. */
const AS_IT_IS = ['--heap-growing-percent=0', '--no-optimize-for-size'];
const INTERVAL_MS = 5_000;
/** The least of so many looks is what lives; the rest is garbage that waits. */
const LOOKS = 4;

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
 * small one is left to it: to collect that sooner takes twice the processor time for each press of a backlog.
 */
export function keepHeapFrugal(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  const looks: number[] = [];
  let frugal = false;
  const adapt = (): void => {
    looks.push(getHeapStatistics().used_heap_size);
    if (looks.length > LOOKS) looks.shift();
    const living = Math.min(...looks);
    const wanted = living >= LARGE_BYTES || (frugal && living >= SMALL_BYTES);
    if (wanted === frugal || looks.length < LOOKS) return;
    frugal = wanted;
    for (const flag of frugal ? FRUGAL : AS_IT_IS) setFlagsFromString(flag);
    // The engine decides at the end of one collection when the next one is due: otherwise it would be after it has doubled.
    if (frugal && typeof collect === 'function') collect();
  };
  setInterval(adapt, INTERVAL_MS).unref();
}
