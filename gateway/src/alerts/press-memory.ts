import type { StoredPress } from '../store/store.js';
import type { AlertStore } from './alert-store.js';
import { STREAK_LIFE_MS, type Streak } from './judge-condition.js';
import { PlaceNumbers } from './place-numbers.js';
import { PressStreaks } from './press-streaks.js';
import { cellWidthMs, lateAfterMs, PressWindows } from './press-window.js';

const HOUR_MS = 3_600_000;
/** Read at a time, so that pages do not wait for a week of presses. The last stretch must hold every press in time. */
const STRETCH_MS = 6 * HOUR_MS;
/** Room for a wall clock that is set while the store is read, ms. */
const MARKS_MARGIN_MS = HOUR_MS;

type MarksByEpoch = ReadonlyMap<string, number>;

type PlacedPress = StoredPress & { servicePoint: string };

/** By the numbers of service points. */
interface Kept {
  places: PlaceNumbers;
  byWindow: Map<number, PressWindows>;
  streaks: PressStreaks;
}

/** What the rules need to know of presses: kept up press by press, and read anew where counts may have changed. */
export class PressMemory {
  #kept = nothingKept();
  /** Presses that came while the store was read. */
  #meanwhile: PlacedPress[] | undefined;

  /** A press that is committed. */
  add(press: StoredPress): void {
    if (press.repeat || press.excluded || !isPlaced(press)) return;
    this.#meanwhile?.push(press);
    const place = this.#kept.places.of(press.servicePoint);
    for (const [windowMs, windows] of this.#kept.byWindow) addToWindow(windows, windowMs, place, press);
    addToStreak(this.#kept, place, press);
  }

  /** Presses of a window at `now`, UTC ms; undefined: there was none, or the window is not kept. */
  counts(servicePoint: string, windowMs: number, now: number): ReturnType<PressWindows['counts']> {
    const place = this.#kept.places.find(servicePoint);
    return place === undefined ? undefined : this.#kept.byWindow.get(windowMs)?.counts(place, now);
  }

  streak(servicePoint: string): Streak | undefined {
    const place = this.#kept.places.find(servicePoint);
    return place === undefined ? undefined : this.#kept.streaks.of(place);
  }

  /** Reads everything anew for these windows; what was known before answers until then. One at a time. */
  async rebuild(
    store: Pick<AlertStore, 'pressCells' | 'streaks'>,
    windows: ReadonlySet<number>,
    now: number,
  ): Promise<void> {
    const meanwhile: PlacedPress[] = [];
    this.#meanwhile = meanwhile;
    try {
      const kept = nothingKept();
      const marks = new Map<number, MarksByEpoch>();
      for (const windowMs of windows) marks.set(windowMs, await readWindow(store, kept, windowMs, now));
      const { streaks, marks: streakMarks } = await store.streaks({
        from: now - STREAK_LIFE_MS,
        lateMs: lateAfterMs(0),
        marksSince: now - MARKS_MARGIN_MS,
      });
      for (const streak of streaks) kept.streaks.put(kept.places.of(streak.servicePoint), streak);
      const known = new Map(streakMarks);
      for (const press of meanwhile) {
        const place = kept.places.of(press.servicePoint);
        for (const [windowMs, windows] of kept.byWindow) {
          if (isNew(press, marks.get(windowMs))) addToWindow(windows, windowMs, place, press);
        }
        if (isNew(press, known)) addToStreak(kept, place, press);
      }
      this.#kept = kept;
    } finally {
      this.#meanwhile = undefined;
    }
  }
}

function isPlaced(press: StoredPress): press is PlacedPress {
  return press.servicePoint !== undefined;
}

function nothingKept(): Kept {
  return { places: new PlaceNumbers(), byWindow: new Map(), streaks: new PressStreaks() };
}

function isNew(press: StoredPress, marks: MarksByEpoch | undefined): boolean {
  return press.seq > (marks?.get(press.epoch) ?? 0);
}

async function readWindow(
  store: Pick<AlertStore, 'pressCells'>,
  kept: Kept,
  windowMs: number,
  now: number,
): Promise<MarksByEpoch> {
  const cellMs = cellWidthMs(windowMs);
  const end = now + HOUR_MS;
  const windows = new PressWindows(windowMs);
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
      windows.addCell(kept.places.of(servicePoint), cell, fields);
    }
    marks = new Map(read.marks);
    from = to;
  }
  return marks;
}

function addToWindow(windows: PressWindows, windowMs: number, place: number, press: StoredPress): void {
  // A terminal whose clock is a little ahead pressed now.
  const at = Math.min(press.countedAt, press.receivedAt);
  windows.add(place, at, isLate(press, windowMs) ? undefined : press.rating);
}

function isLate({ countedAt, receivedAt }: StoredPress, windowMs: number): boolean {
  return Math.abs(receivedAt - countedAt) > lateAfterMs(windowMs);
}

function addToStreak({ streaks }: Kept, place: number, press: StoredPress): void {
  if (!isLate(press, 0)) streaks.add(place, press.rating, press.countedAt);
}
