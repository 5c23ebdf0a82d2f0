import { crc32 } from 'node:zlib';
import { corrupt } from './journal-error.js';
import type { JournalDatabase } from './journal-file.js';
import { decodePress, MAX_EPOCH_NO, type PressRow, rowId, seqOf } from './press-row.js';
import { readableRows } from './readable-rows.js';

/** One opening of the journal as it lies in the table `epoch`. */
export interface EpochRow {
  no: number;
  epoch: string;
  boot_id: string;
  offset_ms: number | null;
  opened_boot_ms: number;
  last_boot_ms: number;
  waited_ms: number;
  acked: number;
}

/** An epoch with the presses it holds: none where lastSeq < oldestSeq. */
export interface KnownEpoch extends EpochRow {
  oldestSeq: number;
  lastSeq: number;
  /** `acked` here is newer than on disk and no later row of the epoch carries it. */
  dirty: boolean;
}

export function holdsPresses(known: KnownEpoch): boolean {
  return known.lastSeq >= known.oldestSeq;
}

type Identity = Pick<EpochRow, 'no' | 'epoch' | 'boot_id' | 'opened_boot_ms'>;

/** Writes a new epoch, its identity twice: without it none of its presses could be delivered. */
export function insertEpoch(db: JournalDatabase, row: EpochRow): void {
  const whole = { ...row, crc: checksum(row) };
  db.prepare(
    `INSERT OR REPLACE INTO epoch VALUES
     (@no, @epoch, @boot_id, @offset_ms, @opened_boot_ms, @last_boot_ms, @waited_ms, @acked, @crc)`,
  ).run(whole);
  db.prepare('INSERT OR REPLACE INTO epoch_copy VALUES (@no, @epoch, @boot_id, @opened_boot_ms, @crc)').run({
    ...row,
    crc: identityChecksum(row),
  });
}

export function updateEpoch(db: JournalDatabase, row: EpochRow): void {
  db.prepare('UPDATE epoch SET offset_ms = ?, last_boot_ms = ?, waited_ms = ?, acked = ?, crc = ? WHERE no = ?').run(
    row.offset_ms,
    row.last_boot_ms,
    row.waited_ms,
    row.acked,
    checksum(row),
    row.no,
  );
}

export function deleteEpoch(db: JournalDatabase, no: number): void {
  db.prepare('DELETE FROM epoch WHERE no = ?').run(no);
  db.prepare('DELETE FROM epoch_copy WHERE no = ?').run(no);
}

/** All epochs with what they hold, oldest first. Throws `journal-corrupt` where a row is not what was written. */
export function loadEpochs(db: JournalDatabase, file: string): KnownEpoch[] {
  const rows = db.prepare<[], EpochRow & { crc: number }>('SELECT * FROM epoch ORDER BY no').all();
  const oldest = bound(db, 'ASC');
  const newest = bound(db, 'DESC');
  return rows.map(({ crc, ...row }) => {
    if (crc !== checksum(row)) throw corrupt(file, `epoch ${row.no} is not what was written`);
    const range = [rowId(row.no, 1), rowId(row.no + 1, 0)] as const;
    const first = oldest.get(...range);
    const last = newest.get(...range);
    if (first === undefined || last === undefined) {
      return { ...row, oldestSeq: row.acked + 1, lastSeq: row.acked, dirty: false };
    }
    const carried = decodePress(row.epoch, last) === null ? undefined : last;
    return {
      ...row,
      acked: Math.max(row.acked, carried?.acked ?? 0),
      last_boot_ms: Math.max(row.last_boot_ms, carried?.boot_ms ?? 0),
      oldestSeq: seqOf(first.id),
      lastSeq: seqOf(last.id),
      dirty: false,
    };
  });
}

/** Epochs of a damaged journal as far as they are certain, oldest first. */
export function intactEpochs(db: JournalDatabase): EpochRow[] {
  const found = new Map<number, EpochRow>();
  for (const { crc, ...row } of readableRows<Identity & { crc: number }>(db, 'epoch_copy', 'no', 1, MAX_EPOCH_NO)) {
    if (crc !== identityChecksum(row)) continue;
    // Nothing but its identity is certain: all of its presses are sent again, which harms nothing.
    found.set(row.no, { ...row, offset_ms: null, last_boot_ms: row.opened_boot_ms, waited_ms: 0, acked: 0 });
  }
  for (const { crc, ...row } of readableRows<EpochRow & { crc: number }>(db, 'epoch', 'no', 1, MAX_EPOCH_NO)) {
    if (crc === checksum(row)) found.set(row.no, row);
  }
  return [...found.values()].sort((a, b) => a.no - b.no);
}

/** Two statements: SQLite finds one bound without reading what lies between, but not both at once. */
function bound(db: JournalDatabase, order: 'ASC' | 'DESC') {
  return db.prepare<[number, number], PressRow>(
    `SELECT * FROM press WHERE id BETWEEN ? AND ? ORDER BY id ${order} LIMIT 1`,
  );
}

function checksum(row: EpochRow): number {
  const { no, epoch, boot_id, offset_ms, opened_boot_ms, last_boot_ms, waited_ms, acked } = row;
  return crc32(JSON.stringify([no, epoch, boot_id, offset_ms, opened_boot_ms, last_boot_ms, waited_ms, acked]));
}

function identityChecksum({ no, epoch, boot_id, opened_boot_ms }: Identity): number {
  return crc32(JSON.stringify([no, epoch, boot_id, opened_boot_ms]));
}
