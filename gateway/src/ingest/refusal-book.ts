import type { Log } from '../log/log.js';

const LOG_EVERY_MS = 60_000;
/** Terminal ids come from outside: remember no more of them than this. */
const MAX_REMEMBERED = 10_000;

/** Counts everything refused by reason, and logs once per terminal and minute how many since the last line. */
export class RefusalBook {
  readonly #log: Log;
  readonly #counts = new Map<string, number>();
  readonly #terminals = new Map<string, { loggedAt: number; since: Map<string, number> }>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** `now` in ms of a clock that does not jump. */
  note(terminal: string, code: string, detail: string, now: number): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
    const known = this.#terminals.get(terminal);
    const since = known?.since ?? new Map<string, number>();
    since.set(code, (since.get(code) ?? 0) + 1);
    if (known !== undefined && now - known.loggedAt < LOG_EVERY_MS) return;
    if (this.#terminals.size >= MAX_REMEMBERED) this.#terminals.clear();
    this.#terminals.set(terminal, { loggedAt: now, since: new Map() });
    const refused = [...since.values()].reduce((sum, count) => sum + count, 0);
    const byCode = Object.fromEntries(since);
    this.#log.warn('message refused', { terminal, code, detail: detail.slice(0, 500), refused, byCode });
  }

  /** Refused messages since the start, by code. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts);
  }
}
