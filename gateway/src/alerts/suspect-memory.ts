import type { Suspicion } from '../ingest/suspect-press.js';
import type { StoredPress } from '../store/store.js';
import type { SuspectSight } from './judge-condition.js';
import { PlaceNumbers } from './place-numbers.js';
import { PressWindows } from './press-window.js';

/** Places in a window's cells; it has room for four ratings. */
const FIELD: Readonly<Record<Suspicion, number>> = { ahead: 0, pace: 1 };

interface Kept {
  /** Since when presses are counted for this window, monotonic ms. */
  since: number;
  terminals: PlaceNumbers;
  windows: PressWindows;
}

/**
 * Presses of late that no panel can have sent, by terminal and the time of their receipt: their own says nothing. By a clock
 * that is never set, so that a gateway whose time is put right neither forgets them nor holds them longer. What came before
 * the gateway started is not read again, so that nothing is said to be over before a window has passed.
 */
export class SuspectMemory {
  readonly #monotonic: () => number;
  readonly #kept = new Map<number, Kept>();

  /** `monotonic`: ms. */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /** Counts for these windows (ms) from now on, and for those that it counts for already. */
  keep(windows: ReadonlySet<number>): void {
    for (const windowMs of this.#kept.keys()) if (!windows.has(windowMs)) this.#kept.delete(windowMs);
    for (const windowMs of windows) {
      if (this.#kept.has(windowMs)) continue;
      const windows = new PressWindows(windowMs);
      this.#kept.set(windowMs, { since: this.#monotonic(), terminals: new PlaceNumbers(), windows });
    }
  }

  /** A press that has just been committed; repeats and excluded ones too: they tell as much of who sends them. */
  add({ terminal, suspect }: Pick<StoredPress, 'terminal' | 'suspect'>): void {
    if (suspect === undefined) return;
    for (const { terminals, windows } of this.#kept.values()) {
      windows.add(terminals.of(terminal), this.#monotonic(), FIELD[suspect]);
    }
  }

  /** What came of a terminal within a window (ms) up to now, and how far back that counts, ms. */
  sight(terminal: string, windowMs: number): SuspectSight & { spanMs: number } {
    const now = this.#monotonic();
    const kept = this.#kept.get(windowMs);
    const known = kept !== undefined && now - kept.since >= windowMs;
    const number = kept?.terminals.find(terminal);
    const counts = number === undefined ? undefined : kept?.windows.counts(number, now);
    if (kept === undefined || number === undefined || counts === undefined) {
      return { ahead: 0, pace: 0, known, spanMs: windowMs };
    }
    if (counts.all === 0) {
      kept.windows.forget(number);
      kept.terminals.release(terminal);
    }
    const { fresh, from } = counts;
    return { ahead: fresh[FIELD.ahead] ?? 0, pace: fresh[FIELD.pace] ?? 0, known, spanMs: now - from };
  }
}
