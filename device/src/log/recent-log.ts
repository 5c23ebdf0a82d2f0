import type { Log } from './log.js';

/** Lines that are remembered. */
const REMEMBERED = 100;
/** Characters of a line that are. */
const MAX_LINE = 1_000;

/** Passes everything on and remembers the newest lines, for whoever looks from afar for what is wrong. */
export class RecentLog implements Log {
  readonly #log: Log;
  readonly #now: () => number;
  #lines: string[] = [];

  /** `now`: wall time, UTC ms. */
  constructor(log: Log, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  /** Oldest first: time, level, what happened, fields as JSON. */
  lines(): readonly string[] {
    return this.#lines;
  }

  info(event: string, fields?: Record<string, unknown>): void {
    this.#remember('info', event, fields);
    this.#log.info(event, fields);
  }

  warn(event: string, fields?: Record<string, unknown>): void {
    this.#remember('warn', event, fields);
    this.#log.warn(event, fields);
  }

  error(event: string, fields?: Record<string, unknown>): void {
    this.#remember('error', event, fields);
    this.#log.error(event, fields);
  }

  #remember(level: string, event: string, fields: Record<string, unknown> | undefined): void {
    const at = new Date(this.#now()).toISOString();
    const more = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
    this.#lines.push(`${at} ${level} ${event}${more}`.slice(0, MAX_LINE));
    if (this.#lines.length > REMEMBERED) this.#lines = this.#lines.slice(-REMEMBERED);
  }
}
