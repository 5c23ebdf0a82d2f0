import type { DeviceClock } from '@hymio/device';
import type { Cancel } from '@hymio/protocol';

interface Timer {
  atMs: number;
  run: () => void;
}

/** A clock that moves when told. */
export class FakeClock implements DeviceClock {
  readonly bootId: string;
  /** Wall time minus monotonic time, ms. */
  offsetMs: number;
  isSynced: boolean;
  #nowMs: number;
  readonly #timers = new Set<Timer>();

  constructor({ bootId = 'boot', startMs = 0, offsetMs = Date.UTC(2026, 10, 20), synced = true } = {}) {
    this.bootId = bootId;
    this.#nowMs = startMs;
    this.offsetMs = offsetMs;
    this.isSynced = synced;
  }

  now(): number {
    return this.#nowMs + this.offsetMs;
  }

  monotonic(): number {
    return this.#nowMs;
  }

  synced(): boolean {
    return this.isSynced;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = { atMs: this.#nowMs + delayMs, run };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Timers waiting. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Runs everything that is due within `ms`, in order. */
  advance(ms: number): void {
    const until = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#timers].filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs);
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      next.run();
    }
    this.#nowMs = until;
  }
}
