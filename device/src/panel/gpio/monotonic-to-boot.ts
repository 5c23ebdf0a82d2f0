/** Beyond this the machine has been suspended: only then the two clocks part. */
const SUSPENDED_MS = 500;

/**
 * Turns the kernel's edge timestamps (CLOCK_MONOTONIC) into CLOCK_BOOTTIME. The difference of the clocks is measured
 * once, so that the distance of two edges stays exact though boot time is read in steps of 10 ms; again after a suspend.
 */
export class MonotonicToBoot {
  readonly #monotonicMs: () => number;
  readonly #bootMs: () => number;
  #offsetMs: number;

  constructor(monotonicMs: () => number, bootMs: () => number) {
    this.#monotonicMs = monotonicMs;
    this.#bootMs = bootMs;
    this.#offsetMs = bootMs() - monotonicMs();
  }

  convert(monotonicMs: number): number {
    const offsetMs = this.#bootMs() - this.#monotonicMs();
    if (Math.abs(offsetMs - this.#offsetMs) > SUSPENDED_MS) this.#offsetMs = offsetMs;
    return monotonicMs + this.#offsetMs;
  }
}

/** CLOCK_MONOTONIC, ms. */
export function kernelMonotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
