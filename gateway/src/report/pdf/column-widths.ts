import type { ContentCell, ContentTable } from '../content/report-content.js';

/** So many characters of the table's size stand in a line of the page. */
const LINE = 104;
/** Around the text of a cell, in characters. */
const PADDING = 3;
/** As wide as four faces with their counts. */
const RATINGS_LENGTH = 30;

/** A column whose text wraps gets no less. */
const NARROWEST = 22;

/**
 * Widths of a table's columns: 0 as wide as what stands in it, otherwise its part of what is left. A table that fits is
 * only as wide as it must be, so that the eye finds the number of a row; otherwise the longest text wraps, and no more
 * columns than must. Pure.
 */
export function columnWidths({ columns, rows, shape }: ContentTable): number[] {
  if (shape === 'wide') return columns.map((_, index) => (index === 0 ? 0 : 1));
  const lengths = columns.map(({ text }, index) => {
    return Math.max(text.length, ...rows.map((row) => lengthOf(row[index]))) + PADDING;
  });
  const longestFirst = lengths
    .map((length, index) => ({ length, index }))
    .filter(({ index }) => columns[index]?.numeric !== true && rows.every((row) => row[index]?.ratings === undefined))
    .sort((a, b) => b.length - a.length);
  const widths = columns.map(() => 0);
  let taken = lengths.reduce((sum, length) => sum + length, 0);
  for (const { length, index } of longestFirst) {
    if (taken <= LINE || length <= NARROWEST) break;
    widths[index] = Math.sqrt(length);
    taken += NARROWEST - length;
  }
  return widths;
}

function lengthOf(cell: ContentCell | undefined): number {
  if (cell === undefined) return 0;
  const drawn = (cell.ratings === undefined ? 0 : RATINGS_LENGTH) + (cell.rating === undefined ? 0 : 3);
  return Math.max(cell.text.length + drawn, cell.detail?.length ?? 0);
}
