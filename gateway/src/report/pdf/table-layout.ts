import type { ContentCell, ContentTable } from '../content/report-content.js';

/** So many characters of the table's size stand in a line of the page. */
const LINE = 104;
/** Around the text of a cell, in characters. */
const PADDING = 3;
/** As wide as four faces with their counts. */
const RATINGS_LENGTH = 30;
const BAR_LENGTH = 18;

/** A column whose text wraps gets no less. */
const NARROWEST = 22;

export interface TableLayout {
  /** Of each column: 0 as wide as what stands in it, otherwise its part of what is left. */
  widths: number[];
  /** The details of a cell stand beside its text, but for the head of a row; otherwise below. */
  beside: boolean;
}

/**
 * How a table stands on the page. One that fits is only as wide as it must be, so that the eye finds the number of a row;
 * otherwise the longest text wraps, and no more columns than must. Pure.
 */
export function tableLayout(table: ContentTable): TableLayout {
  const { columns, shape } = table;
  if (shape === 'wide') return { widths: columns.map((_, index) => (index === 0 ? 0 : 1)), beside: false };
  const none = columns.map(() => 0);
  if (sum(columnLengths(table, true)) <= LINE) return { widths: none, beside: true };
  return { widths: wrapped(table, columnLengths(table, false)), beside: false };
}

function wrapped({ columns, rows }: ContentTable, lengths: readonly number[]): number[] {
  const longestFirst = lengths
    .map((length, index) => ({ length, index }))
    .filter(({ index }) => columns[index]?.numeric !== true && rows.every((row) => row[index]?.ratings === undefined))
    .sort((a, b) => b.length - a.length);
  const widths = columns.map(() => 0);
  let taken = sum(lengths);
  for (const { length, index } of longestFirst) {
    if (taken <= LINE || length <= NARROWEST) break;
    widths[index] = Math.sqrt(length);
    taken += NARROWEST - length;
  }
  return widths;
}

/** Of the longest cell of each column, in characters. */
function columnLengths({ columns, rows }: ContentTable, beside: boolean): number[] {
  return columns.map(({ text }, index) => {
    return Math.max(text.length, ...rows.map((row) => lengthOf(row[index], beside && index > 0))) + PADDING;
  });
}

function lengthOf(cell: ContentCell | undefined, beside: boolean): number {
  if (cell === undefined) return 0;
  const { text, detail = '', ratings, rating, bar } = cell;
  const drawn = (ratings === undefined ? 0 : RATINGS_LENGTH) + (rating === undefined ? 0 : 3);
  const line = text.length + drawn + (bar === undefined ? 0 : BAR_LENGTH);
  return beside ? line + detail.length : Math.max(line, detail.length);
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((all, length) => all + length, 0);
}
