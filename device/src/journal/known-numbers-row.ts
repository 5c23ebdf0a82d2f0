import { crc32 } from 'node:zlib';
import type { JournalDatabase } from './journal-file.js';
import type { KnownBoots, KnownNumbers } from './known-numbers.js';

const KEY = 'panel-numbers';

/** The numbers as they were written; none where that is damaged: a press may then be counted twice, but none is lost. */
export function loadKnownNumbers(db: JournalDatabase): Map<string, KnownNumbers> {
  const value = db.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(KEY) ?? '';
  const json = value.slice(value.indexOf(' ') + 1);
  return value === encode(json) ? new Map(JSON.parse(json) as [string, KnownNumbers][]) : new Map();
}

/** To be called within the transaction of the press. */
export function saveKnownNumbers(db: JournalDatabase, boots: KnownBoots): void {
  db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)').run(KEY, encode(JSON.stringify([...boots])));
}

function encode(json: string): string {
  return `${crc32(json)} ${json}`;
}

/** The numbers of a damaged journal; none where they cannot be read. */
export function intactKnownNumbers(db: JournalDatabase): Map<string, KnownNumbers> {
  try {
    return loadKnownNumbers(db);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return new Map();
    throw error;
  }
}
