import { localWallTime } from '../../calendar/local-wall-time.js';
import { localized } from '../../language/language.js';
import type { SheetHeader } from '../../language/messages/sheets-messages.js';
import type { Words } from '../../language/words.js';
import type { LocalizedText } from '../../registry/registry.js';
import { isPrintable, type Satisfaction } from '../../statistics/satisfaction.js';
import type { ReportChange } from '../report-document.js';
import type { SheetColumn, SheetKind, SheetValue } from './report-sheet.js';

const HOUR_MS = 3_600_000;

/** What sheets are written with: words, and the zone that their times are in. */
export interface SheetWords extends Words {
  zone: string;
}

export function column(words: SheetWords, header: SheetHeader, kind: SheetKind, width?: number): SheetColumn {
  return { text: words.messages.sheets.headers[header], kind, ...(width === undefined ? {} : { width }) };
}

/** UTC ms or ISO 8601 as the local time that the sheet shows. */
export function moment(at: number | string | null, { zone }: SheetWords): number | null {
  if (at === null) return null;
  return localWallTime(typeof at === 'string' ? Date.parse(at) : at, zone);
}

export function hours(ms: number): number {
  return ms / HOUR_MS;
}

export function nameOf(name: LocalizedText | null, { language }: SheetWords): SheetValue {
  return name === null ? null : localized(name, language);
}

/** Share, low and high; empty below ten answers. */
export function shareCells({ n, satisfied }: Satisfaction): SheetValue[] {
  if (satisfied === null || !isPrintable(n)) return [null, null, null];
  return [satisfied.share, satisfied.low, satisfied.high];
}

/** Empty below ten answers. */
export function indexCell({ n, happyIndex }: Satisfaction): SheetValue {
  return isPrintable(n) ? happyIndex : null;
}

/** Difference, low and high in percentage points, and whether it is clear; empty where either has below ten answers. */
export function changeCells(change: ReportChange | null, n: number, otherN: number): SheetValue[] {
  if (change === null || !isPrintable(n) || !isPrintable(otherN)) return [null, null, null, null];
  return [change.difference * 100, change.low * 100, change.high * 100, change.clear];
}

/** Monday: 1. */
export function weekdayName(weekday: number, { language }: SheetWords): string {
  // The first of June 2026 was a Monday.
  return new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 5, weekday));
}
