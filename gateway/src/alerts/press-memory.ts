import type { StoredPress } from '../store/store.js';
import type { AlertStore } from './alert-store.js';
import { STREAK_LIFE_MS, type Streak } from './judge-condition.js';
import { cellWidthMs, lateAfterMs, PressWindow } from './press-window.js';

const HOUR_MS = 3_600_000;
/** Read at a time, so that pages do not wait for a week of presses. The last stretch must hold every press in time. */
const STRETCH_MS = 6 * HOUR_MS;
/** Room for a wall clock that is set while the store is read, ms. */
const MARKS_MARGIN_MS = HOUR_MS;

type MarksByEpoch = ReadonlyMap<string, number>;

interface Kept {
  byWindow: Map<number, Map<string, PressWindow>>;
  streaks: Map<string, Streak>;
}

/** What the rules need to know of presses: kept up press by press, and read anew where counts may have changed. */
export class PressMemory {
  #kept: Kept = { byWindow: new Map(), streaks: new Map() };
  /** Presses that came while the store was read. */
  #meanwhile: StoredPress[] | undefined;

  /** A press that is committed. */
  add(press: StoredPress): void {
    if (press.repeat || press.excluded || press.servicePoint === undefined) return;
    this.#meanwhile?.push(press);
    for (const windowMs of this.#kept.byWindow.keys()) addToWindow(this.#kept, windowMs, press);
    addToStreak(this.#kept, press);
  }

  /** Presses of a window at `now`, UTC ms; undefined: there was none, or the window is not kept. */
  counts(servicePoint: string, windowMs: number, now: number): ReturnType<PressWindow['counts']> | undefined {
    return this.#kept.byWindow.get(windowMs)?.get(servicePoint)?.counts(now);
  }

  streak(servicePoint: string): Streak | undefined {
    return this.#kept.streaks.get(servicePoint);
  }

  /** Reads everything anew for these windows; what was known before answers until then. One at a time. */
  async rebuild(
    store: Pick<AlertStore, 'pressCells' | 'streaks'>,
    windows: ReadonlySet<number>,
    now: number,
  ): Promise<void> {
    const meanwhile: StoredPress[] = [];
    this.#meanwhile = meanwhile;
    try {
      const kept: Kept = { byWindow: new Map(), streaks: new Map() };
      const marks = new Map<number, MarksByEpoch>();
      for (const windowMs of windows) marks.set(windowMs, await readWindow(store, kept, windowMs, now));
      const { streaks, marks: streakMarks } = await store.streaks({
        from: now - STREAK_LIFE_MS,
        lateMs: lateAfterMs(0),
        marksSince: now - MARKS_MARGIN_MS,
      });
      for (const { servicePoint, presses, lastAt } of streaks) kept.streaks.set(servicePoint, { presses, lastAt });
      const known = new Map(streakMarks);
      for (const press of meanwhile) {
        for (const [windowMs, of] of marks) if (isNew(press, of)) addToWindow(kept, windowMs, press);
        if (isNew(press, known)) addToStreak(kept, press);
      }
      this.#kept = kept;
    } finally {
      this.#meanwhile = undefined;
    }
  }
}

function isNew(press: StoredPress, marks: MarksByEpoch): boolean {
  return press.seq > (marks.get(press.epoch) ?? 0);
}

async function readWindow(
  store: Pick<AlertStore, 'pressCells'>,
  kept: Kept,
  windowMs: number,
  now: number,
): Promise<MarksByEpoch> {
  const cellMs = cellWidthMs(windowMs);
  const end = now + HOUR_MS;
  const windows = new Map<string, PressWindow>();
  kept.byWindow.set(windowMs, windows);
  let marks: MarksByEpoch = new Map();
  for (let from = now - windowMs - cellMs; from < end; ) {
    // A last stretch that is short is joined to the one before it.
    const to = end - from < 2 * STRETCH_MS ? end : from + STRETCH_MS;
    const read = await store.pressCells({
      from,
      to,
      cellMs,
      lateMs: lateAfterMs(windowMs),
      marksSince: now - MARKS_MARGIN_MS,
    });
    for (const [servicePoint, cell, ...fields] of read.cells) {
      windowOf(windows, servicePoint, windowMs).addCell(cell, fields);
    }
    marks = new Map(read.marks);
    from = to;
  }
  return marks;
}

function windowOf(windows: Map<string, PressWindow>, servicePoint: string, windowMs: number): PressWindow {
  let window = windows.get(servicePoint);
  if (window === undefined) {
    window = new PressWindow(windowMs);
    windows.set(servicePoint, window);
  }
  return window;
}

function addToWindow(kept: Kept, windowMs: number, press: StoredPress): void {
  const windows = kept.byWindow.get(windowMs);
  if (windows === undefined || press.servicePoint === undefined) return;
  // A terminal whose clock is a little ahead pressed now.
  const at = Math.min(press.countedAt, press.receivedAt);
  windowOf(windows, press.servicePoint, windowMs).add(at, isLate(press, windowMs) ? undefined : press.rating);
}

function isLate({ countedAt, receivedAt }: StoredPress, windowMs: number): boolean {
  return Math.abs(receivedAt - countedAt) > lateAfterMs(windowMs);
}

function addToStreak({ streaks }: Kept, press: StoredPress): void {
  const { servicePoint, rating, countedAt } = press;
  if (servicePoint === undefined || isLate(press, 0)) return;
  const streak = streaks.get(servicePoint);
  if (rating !== 3) streaks.delete(servicePoint);
  else if (streak === undefined || countedAt - streak.lastAt > STREAK_LIFE_MS) {
    streaks.set(servicePoint, { presses: 1, lastAt: countedAt });
  } else {
    streaks.set(servicePoint, { presses: streak.presses + 1, lastAt: Math.max(streak.lastAt, countedAt) });
  }
}
