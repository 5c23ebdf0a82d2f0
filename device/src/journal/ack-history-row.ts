import { crc32 } from 'node:zlib';
import type { AckMoment } from './ack-history.js';
import type { JournalDatabase } from './journal-file.js';

const KEY = 'acknowledged';

/** The history as it was written; empty where it is not, which only keeps acknowledged presses longer. */
export function loadAckHistory(db: JournalDatabase): AckMoment[] {
  const value = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(KEY) ?? '';
  const json = value.slice(value.indexOf(' ') + 1);
  return value === encode(json) ? (JSON.parse(json) as AckMoment[]) : [];
}

export function saveAckHistory(db: JournalDatabase, history: readonly AckMoment[]): void {
  db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(KEY, encode(JSON.stringify(history)));
}

function encode(json: string): string {
  return `${crc32(json)} ${json}`;
}
