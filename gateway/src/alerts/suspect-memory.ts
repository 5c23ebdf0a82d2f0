import type { Suspicion } from '../ingest/suspect-press.js';
import type { StoredPress } from '../store/store.js';
import type { SuspectSight } from './judge-condition.js';
import { PressWindow } from './press-window.js';

/** Places in a window's cells; it has room for four ratings. */
const FIELD: Readonly<Record<Suspicion, number>> = { ahead: 0, pace: 1 };

interface Kept {
  /** Since when presses are counted for this window, UTC ms. */
  since: number;
  byTerminal: Map<string, PressWindow>;
}

/**
 * Presses of late that no panel can have sent, by terminal and the time of their receipt: their own says nothing. What
 * came before the gateway started is not read again, so that nothing is said to be over before a window has passed.
 */
export class SuspectMemory {
  readonly #kept = new Map<number, Kept>();

  /** Counts for these windows (ms) from `now` (UTC ms) on, and for those that it counts for already. */
  keep(windows: ReadonlySet<number>, now: number): void {
    for (const windowMs of this.#kept.keys()) if (!windows.has(windowMs)) this.#kept.delete(windowMs);
    for (const windowMs of windows) {
      if (!this.#kept.has(windowMs)) this.#kept.set(windowMs, { since: now, byTerminal: new Map() });
    }
  }

  /** A press that is committed; repeats and excluded ones too: they tell as much of who sends them. */
  add({ terminal, suspect, receivedAt }: Pick<StoredPress, 'terminal' | 'suspect' | 'receivedAt'>): void {
    if (suspect === undefined) return;
    for (const [windowMs, { byTerminal }] of this.#kept) {
      const window = byTerminal.get(terminal) ?? new PressWindow(windowMs);
      byTerminal.set(terminal, window);
      window.add(receivedAt, FIELD[suspect]);
    }
  }

  /** What came of a terminal within a window (ms) before `now`, and since when it counts (both UTC ms). */
  sight(terminal: string, windowMs: number, now: number): SuspectSight & { from: number } {
    const kept = this.#kept.get(windowMs);
    const known = kept !== undefined && now - kept.since >= windowMs;
    const counts = kept?.byTerminal.get(terminal)?.counts(now);
    if (counts === undefined) return { ahead: 0, pace: 0, known, from: now - windowMs };
    if (counts.all === 0) kept?.byTerminal.delete(terminal);
    return { ahead: counts.fresh[FIELD.ahead] ?? 0, pace: counts.fresh[FIELD.pace] ?? 0, known, from: counts.from };
  }
}
