import { BUCKET_MS, type ExportedPress, type WindowOf } from './exported.js';

const EARLIEST_MS = Date.UTC(2020, 0, 1);
const DAY_MS = 86_400_000;

/** The time under which a press is counted: its own, or that of its receipt where its own is impossible. */
export function countedAt({ at, receivedAt }: ExportedPress): number {
  return at < EARLIEST_MS || at > receivedAt + DAY_MS ? receivedAt : at;
}

/** Start of the 15-minute bucket, UTC ms. */
export function bucketOf(at: number): number {
  return Math.floor(at / BUCKET_MS) * BUCKET_MS;
}

/** The definition of a repeat press, applied to all of them plainly from the beginning: the keys of the repeats. */
export function recountRepeats(presses: readonly ExportedPress[], windowOf: WindowOf): Set<string> {
  const repeats = new Set<string>();
  for (const [terminal, own] of byTerminal(presses)) {
    const inOrder = own
      .map((press) => ({ press, time: countedAt(press) }))
      .sort((a, b) => a.time - b.time || compareText(a.press.epoch, b.press.epoch) || a.press.seq - b.press.seq);
    let lastCounted = Number.NEGATIVE_INFINITY;
    for (const { press, time } of inOrder) {
      if (time - lastCounted < windowOf(terminal, time)) repeats.add(pressKey(press));
      else lastCounted = time;
    }
  }
  return repeats;
}

export interface Counts {
  ratings: number[];
  repeats: number;
  estimated: number;
}

/** Counts by terminal and bucket from the presses and their marks; keys as `cellKey`. */
export function recountBuckets(presses: readonly ExportedPress[]): Map<string, Counts> {
  const cells = new Map<string, Counts>();
  for (const press of presses) {
    const key = cellKey(press.terminal, bucketOf(countedAt(press)));
    const cell = cells.get(key) ?? { ratings: [0, 0, 0, 0], repeats: 0, estimated: 0 };
    cells.set(key, cell);
    // Left out by hand: in no number at all.
    if (press.excluded) continue;
    if (press.repeat) {
      cell.repeats += 1;
      continue;
    }
    cell.ratings[press.rating] = (cell.ratings[press.rating] ?? 0) + 1;
    // An impossible time is no better than an estimated one.
    if (press.clock === 'estimated' || countedAt(press) !== press.at) cell.estimated += 1;
  }
  return cells;
}

/** Identity of a press. */
export function pressKey({ terminal, epoch, seq }: { terminal: string; epoch: string; seq: number }): string {
  return `${terminal} ${epoch} ${seq}`;
}

export function cellKey(terminal: string, start: number): string {
  return `${terminal} ${new Date(start).toISOString()}`;
}

function byTerminal(presses: readonly ExportedPress[]): Map<string, ExportedPress[]> {
  const groups = new Map<string, ExportedPress[]>();
  for (const press of presses) {
    const group = groups.get(press.terminal);
    if (group === undefined) groups.set(press.terminal, [press]);
    else group.push(press);
  }
  return groups;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
