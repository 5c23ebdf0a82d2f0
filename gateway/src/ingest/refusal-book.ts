import type { Log } from '../log/log.js';

const LOG_EVERY_MS = 60_000;
/** Terminal ids come from outside: remember no more of them than this. */
const MAX_REMEMBERED = 10_000;

/** Counts everything refused by reason, and logs it once per terminal and minute. */
export class RefusalBook {
  readonly #log: Log;
  readonly #counts = new Map<string, number>();
  readonly #loggedAt = new Map<string, number>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** `now` in ms of a clock that does not jump. */
  note(terminal: string, code: string, detail: string, now: number): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    const last = this.#loggedAt.get(terminal);
    if (last !== undefined && now - last < LOG_EVERY_MS) return;
    if (this.#loggedAt.size >= MAX_REMEMBERED) this.#loggedAt.clear();
    this.#loggedAt.set(terminal, now);
    this.#log.warn('message refused', { terminal, code, detail: detail.slice(0, 500) });
  }

  /** Refused messages since the start, by code. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
