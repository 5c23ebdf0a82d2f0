import { stringify } from 'csv-stringify/sync';

export type CsvValue = string | number | boolean | null | undefined;

/** Texts that a spreadsheet would run as a formula: white space before it is skipped by some. */
const FORMULA = /^[=+\-@\t\r\n]/;

/**
 * CSV by RFC 4180: CRLF, quotes where needed, empty for null, `true` and `false`, point as the decimal sign. A text
 * that a spreadsheet would take for a formula is preceded by an apostrophe; numbers are left alone.
 */
export function csvText(rows: readonly (readonly CsvValue[])[]): string {
  const cells = rows.map((row) => row.map(csvCell));
  return stringify(cells, { record_delimiter: 'windows' });
}

function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  return FORMULA.test(value) ? `'${value}` : value;
}
