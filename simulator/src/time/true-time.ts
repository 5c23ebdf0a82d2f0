import type { Cancel } from '@hymio/protocol';

/** Real milliseconds that only ever grow. */
export type RealNow = () => number;

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

interface Timer {
  due: number;
  run: () => void;
}
type Pace =
  | { kind: 'paused' }
  | { kind: 'running'; factor: number; anchorTrue: number; anchorReal: number; wake: NodeJS.Timeout | undefined };

/**
 * The time that is right in the simulated world. Paused it stands still and can be moved ahead as far as one likes, as
 * fast as its timers run; running it goes on with the real one, `factor` times as fast.
 */
export class TrueTime {
  readonly #realNow: RealNow;
  /** Sorted by due time, equal ones in order of arrival. */
  readonly #timers: Timer[] = [];
  #now: number;
  #pace: Pace = { kind: 'paused' };
  #held = false;

  /** Starts paused at `startAt` (UTC ms). */
  constructor(startAt: number, realNow: RealNow = () => performance.timeOrigin + performance.now()) {
    this.#now = Math.floor(startAt);
    this.#realNow = realNow;
  }

  /** UTC ms, whole, never going back. */
  now(): number {
    const pace = this.#pace;
    if (pace.kind === 'running' && !this.#held) {
      const at = pace.anchorTrue + (this.#realNow() - pace.anchorReal) * pace.factor;
      this.#now = Math.max(this.#now, Math.floor(at));
    }
    return this.#now;
  }

  /** Moves a paused world to `at` (UTC ms), running what falls due in order. Does nothing for a time gone by. */
  advanceTo(at: number): void {
    if (this.#pace.kind === 'running') throw new Error('only a paused world can be moved');
    for (let next = this.#timers[0]; next !== undefined && next.due <= at; next = this.#timers[0]) {
      this.#timers.shift();
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = Math.max(this.#now, Math.floor(at));
  }

  /** From here on with the real time, `factor` times as fast. */
  run(factor: number): void {
    this.pause();
    this.#pace = { kind: 'running', factor, anchorTrue: this.#now, anchorReal: this.#realNow(), wake: undefined };
    this.#arm();
  }

  pause(): void {
    this.now();
    if (this.#pace.kind === 'running') clearTimeout(this.#pace.wake);
    this.#pace = { kind: 'paused' };
  }

  /** Time stands still while `act` runs, so that one press has one time. */
  hold<T>(act: () => T): T {
    this.now();
    const before = this.#held;
    this.#held = true;
    try {
      return act();
    } finally {
      this.#held = before;
    }
  }

  /** Runs once, `delayMs` of true time from now. */
  after(delayMs: number, run: () => void): Cancel {
    const timer: Timer = { due: this.now() + Math.max(0, delayMs), run };
    const later = this.#timers.findIndex((each) => each.due > timer.due);
    if (later === -1) this.#timers.push(timer);
    else this.#timers.splice(later, 0, timer);
    if (this.#timers[0] === timer) this.#arm();
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index !== -1) this.#timers.splice(index, 1);
    };
  }

  #arm(): void {
    const pace = this.#pace;
    if (pace.kind === 'paused') return;
    clearTimeout(pace.wake);
    const [next] = this.#timers;
    if (next === undefined) return;
    const delayMs = Math.max(0, (next.due - this.now()) / pace.factor);
    pace.wake = setTimeout(() => this.#fire(), Math.min(LONGEST_TIMEOUT_MS, Math.ceil(delayMs)));
  }

  #fire(): void {
    const until = this.now();
    try {
      for (let next = this.#timers[0]; next !== undefined && next.due <= until; next = this.#timers[0]) {
        this.#timers.shift();
        next.run();
      }
    } finally {
      this.#arm();
    }
  }
}
