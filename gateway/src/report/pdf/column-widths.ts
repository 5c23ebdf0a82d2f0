import type { ContentCell, ContentTable } from '../content/report-content.js';

/** So many characters of the table's size stand in a line of the page. */
const LINE = 96;
/** Around the text of a cell, in characters. */
const PADDING = 3;
/** As wide as four faces with their counts. */
const RATINGS_LENGTH = 30;

/**
 * Widths of a table's columns: 0 as wide as what stands in it, otherwise its part of what is left. A table that fits is
 * only as wide as it must be, so that the eye finds the number of a row; where text must wrap, long text gets the room.
 * Pure.
 */
export function columnWidths({ columns, rows, shape }: ContentTable): number[] {
  if (shape === 'wide') return columns.map((_, index) => (index === 0 ? 0 : 1));
  const lengths = columns.map(({ text }, index) => {
    return Math.max(text.length, ...rows.map((row) => lengthOf(row[index]))) + PADDING;
  });
  const all = lengths.reduce((sum, length) => sum + length, 0);
  if (all <= LINE) return columns.map(() => 0);
  const most = LINE / columns.length;
  const widths = columns.map(({ numeric }, index) => {
    const length = lengths[index] ?? 0;
    const whole = numeric === true || rows.some((row) => row[index]?.ratings !== undefined);
    return whole || length <= most ? 0 : Math.sqrt(length);
  });
  return widths.some((width) => width > 0) ? widths : columns.map((_, index) => (index === 0 ? 1 : 0));
}

function lengthOf(cell: ContentCell | undefined): number {
  if (cell === undefined) return 0;
  const drawn = (cell.ratings === undefined ? 0 : RATINGS_LENGTH) + (cell.rating === undefined ? 0 : 3);
  return Math.max(cell.text.length + drawn, cell.detail?.length ?? 0);
}
