import { getHeapStatistics, setFlagsFromString } from 'node:v8';

/** From this size on of the heap memory is worth more than speed, bytes: some three thousand terminals connected. */
const LARGE_BYTES = 96e6;
/** A large heap is collected once it has grown by so much since the last time. */
const GROWING_PERCENT = 20;
/** How the engine itself decides: it waits until the heap has about doubled. */
const AS_IT_IS = 0;
const INTERVAL_MS = 5_000;

/**
 * Has the JavaScript engine collect the garbage of a large heap sooner, from now on. A small one is left to it: to collect
 * that sooner takes twice the processor time for each press of a backlog.
 */
export function keepHeapFrugal(): void {
  let percent = AS_IT_IS;
  const adapt = (): void => {
    const wanted = getHeapStatistics().used_heap_size < LARGE_BYTES ? AS_IT_IS : GROWING_PERCENT;
    if (wanted === percent) return;
    percent = wanted;
    setFlagsFromString(`--heap-growing-percent=${percent}`);
  };
  setInterval(adapt, INTERVAL_MS).unref();
}
