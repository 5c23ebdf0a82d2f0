import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** From this size on of the heap memory is worth more than speed, bytes; below the other one no longer. */
const LARGE_BYTES = 96e6;
const SMALL_BYTES = 64e6;
/** A large heap is collected once it has grown by so much since the last time. */
const GROWING_PERCENT = 20;
/** How the engine itself decides: it waits until the heap has about doubled, or more. */
const AS_IT_IS = 0;
const INTERVAL_MS = 5_000;

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
 * Has the JavaScript engine collect the garbage of a large heap sooner, from now on. A small one is left to it: to collect
 * that sooner takes twice the processor time for each press of a backlog.
 */
export function keepHeapFrugal(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  let percent = AS_IT_IS;
  const adapt = (): void => {
    const used = getHeapStatistics().used_heap_size;
    const wanted = used >= LARGE_BYTES ? GROWING_PERCENT : used < SMALL_BYTES ? AS_IT_IS : percent;
    if (wanted === percent) return;
    percent = wanted;
    setFlagsFromString(`--heap-growing-percent=${percent}`);
    // The engine decides at the end of one collection when the next one is due: otherwise it would be after it has doubled.
    if (percent === GROWING_PERCENT && typeof collect === 'function') collect();
  };
  setInterval(adapt, INTERVAL_MS).unref();
}
