/** How a value is shown; the value itself is a plain number. */
export type SheetKind =
  | 'text'
  | 'count'
  /** 0…1 */
  | 'percent'
  /** Percentage points. */
  | 'points'
  | 'index'
  | 'decimal'
  /** Hours. */
  | 'hours'
  /** Local time as `localWallTime` gives it. */
  | 'moment'
  | 'date'
  | 'yesNo';

/** Null: an empty cell. */
export type SheetValue = string | number | boolean | null;
/** A value that is shown in another way than its column. */
export interface OwnCell {
  value: SheetValue;
  kind: SheetKind;
}
export type SheetCell = SheetValue | OwnCell;

export interface SheetColumn {
  text: string;
  kind: SheetKind;
  /** Characters; default: by kind. */
  width?: number;
}

/** One sheet of a workbook; its columns name what its rows hold. */
export interface ReportSheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: readonly (readonly SheetCell[])[];
}
