import type { Cell } from 'write-excel-file/node';
import type { Language } from '../../registry/registry.js';
import type { OwnCell, ReportSheet, SheetCell, SheetKind } from './report-sheet.js';

/** More does not fit into a cell, or into the name of a sheet. */
const LONGEST_TEXT = 32_767;
const LONGEST_NAME = 31;
const HEADER_FILL = '#e8eef4';

const DATES: Readonly<Record<Language, string>> = { fi: 'd.m.yyyy', sv: 'd.m.yyyy', en: 'dd/mm/yyyy' };
const FORMATS: Readonly<Partial<Record<SheetKind, string>>> = {
  count: '#,##0',
  percent: '0%',
  points: '+0.0;-0.0;0.0',
  index: '0.0',
  decimal: '0.000',
  hours: '#,##0.0',
};
const WIDTHS: Readonly<Record<SheetKind, number>> = {
  ...{ text: 24, count: 14, percent: 14, points: 14, index: 14, decimal: 14, hours: 14, moment: 18, date: 14 },
  yesNo: 12,
};

/** Sheets as an XLSX file: numbers are numbers, times are times, and a text stays a text whatever it begins with. */
export async function writeWorkbook(sheets: readonly ReportSheet[], language: Language): Promise<Uint8Array> {
  // Loaded when the first workbook is wanted: a gateway starts sooner without it.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const names = sheetNames(sheets.map(({ name }) => name));
  return writeExcelFile(
    sheets.map(({ columns, rows }, index) => ({
      sheet: names[index] ?? '',
      stickyRowsCount: 1,
      columns: columns.map(({ kind, width }) => ({ width: width ?? WIDTHS[kind] })),
      data: [
        columns.map(({ text }) => headerCell(text)),
        ...rows.map((row) => row.map((cell, column) => cellOf(cell, columns[column]?.kind ?? 'text', language))),
      ],
    })),
  ).toBuffer();
}

/** Without what XML cannot hold, and with the ends of lines that it keeps. */
function legalText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\t\n]|[\p{Noncharacter_Code_Point}\p{Cs}\uFFFD]/gu, '');
}

/** As a cell holds it: spreadsheets read `_x0041_` as an A. */
function cellText(text: string): string {
  return legalText(text)
    .slice(0, LONGEST_TEXT)
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
}

/** Names that every spreadsheet takes: without its signs, short enough, and each another. */
function sheetNames(wanted: readonly string[]): string[] {
  const taken = new Set<string>();
  return wanted.map((text) => {
    const base =
      legalText(text)
        .replaceAll(/[[\]:*?/\\\s]/g, ' ')
        .replaceAll(/^'+|'+$/g, '')
        .trim() || 'Sheet';
    let name = base.slice(0, LONGEST_NAME);
    for (let turn = 2; taken.has(name.toLowerCase()); turn += 1) {
      const ending = ` ${turn}`;
      name = base.slice(0, LONGEST_NAME - ending.length) + ending;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}

function headerCell(text: string): Cell {
  return {
    value: text,
    type: String,
    fontWeight: 'bold',
    wrap: true,
    alignVertical: 'top',
    backgroundColor: HEADER_FILL,
  };
}

function cellOf(cell: SheetCell, columnKind: SheetKind, language: Language): Cell {
  const { value, kind }: OwnCell = typeof cell === 'object' && cell !== null ? cell : { value: cell, kind: columnKind };
  if (value === null) return null;
  if (typeof value === 'boolean') return { value, type: Boolean, align: 'left' };
  if (typeof value === 'string') {
    return { value: cellText(value), type: String, wrap: true, alignVertical: 'top' };
  }
  if (kind === 'date' || kind === 'moment') {
    const format = kind === 'date' ? DATES[language] : `${DATES[language]} hh:mm`;
    return { value: new Date(value), type: Date, format, align: 'left' };
  }
  const format = FORMATS[kind];
  return { value, type: Number, ...(format === undefined ? {} : { format }) };
}
