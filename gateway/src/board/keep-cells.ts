import type { RollupCell } from '../store/store.js';
import type { TerminalBrief } from '../terminals/terminal-brief.js';
import { cellTerminal } from './day-cells.js';
import { firstAtOrAfter } from './first-at-or-after.js';

/**
 * Makes cells that were read small enough to be held, in the same order: one that says the same as in `before` is taken from
 * there, words are those of the terminals' records. All are sorted by terminal.
 */
export function keepCells(
  read: readonly RollupCell[],
  before: readonly RollupCell[],
  records: readonly TerminalBrief[],
): RollupCell[] {
  return read.map((cell) => {
    let place = firstAtOrAfter(before, cell.terminal ?? '', cellTerminal);
    for (let held = before[place]; held !== undefined && held.terminal === cell.terminal; held = before[place]) {
      if (isSameCell(held, cell)) return held;
      place += 1;
    }
    return keepCell(cell, records);
  });
}

function keepCell(cell: RollupCell, records: readonly TerminalBrief[]): RollupCell {
  const { start, servicePoint, repeats, estimated, excluded } = cell;
  const record = records[firstAtOrAfter(records, cellTerminal(cell), ({ id }) => id)];
  const own = record?.id === cell.terminal ? record : undefined;
  const terminal = own?.id ?? cellTerminal(cell);
  const ratings = copyOf(cell.ratings);
  if (servicePoint === undefined) return { start, terminal, ratings, repeats, estimated, excluded };
  const standing = own?.assignment?.servicePoint;
  const place = standing === servicePoint ? standing : servicePoint;
  return { start, terminal, servicePoint: place, ratings, repeats, estimated, excluded };
}

/** Without the room to grow that an array has which was read item by item. */
function copyOf([c0, c1, c2, c3]: RollupCell['ratings']): RollupCell['ratings'] {
  return [c0, c1, c2, c3];
}

function isSameCell(a: RollupCell, b: RollupCell): boolean {
  const isSameKey = a.start === b.start && a.servicePoint === b.servicePoint;
  const isSameSum = a.repeats === b.repeats && a.estimated === b.estimated && a.excluded === b.excluded;
  return isSameKey && isSameSum && a.ratings.every((count, rating) => count === b.ratings[rating]);
}
