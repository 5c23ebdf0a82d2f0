import type { JournalDatabase } from './journal-file.js';
import { decodePress, type PressRow, rowId } from './press-row.js';

export interface SalvageResult {
  /** Presses that are in the new journal now, under their old epoch and number. */
  saved: number;
  /** Presses between the first and last saved one of each epoch that could not be read. */
  unreadable: number;
}

interface OldEpoch {
  no: number;
  epoch: string;
}

/** Points looked at one by one between what a scan from either side could read. */
const MAX_POINTS = 200_000;

/**
 * Copies every epoch and every intact press of a damaged journal into an empty new one, identity unchanged, in one
 * transaction. Damage is expected anywhere: each read may fail and is then given up, never the whole.
 */
export function salvage(broken: JournalDatabase, target: JournalDatabase): SalvageResult {
  const epochs = readable(() => broken.prepare<[], OldEpoch>('SELECT * FROM epoch ORDER BY no').all()) ?? [];
  const insertPress = target.prepare('INSERT OR IGNORE INTO press VALUES (@id, @at, @boot_ms, @flags, @acked, @crc)');
  const insertEpoch = target.prepare(
    `INSERT OR IGNORE INTO epoch VALUES (@no, @epoch, @boot_id, @offset_ms, @opened_boot_ms, @last_boot_ms, @waited_ms, @acked)`,
  );
  const total: SalvageResult = { saved: 0, unreadable: 0 };
  target.transaction(() => {
    for (const epoch of epochs) {
      insertEpoch.run(epoch);
      const rows = readEpoch(broken, epoch);
      for (const row of rows) insertPress.run(row);
      total.saved += rows.length;
      const [first, last] = [rows[0], rows.at(-1)];
      if (first && last) total.unreadable += last.id - first.id + 1 - rows.length;
    }
    const aside = readable(() => broken.prepare<[], { id: number }>('SELECT * FROM set_aside').all()) ?? [];
    const insertAside = target.prepare('INSERT INTO set_aside VALUES (@id, @reason)');
    for (const row of aside) insertAside.run(row);
  })();
  return total;
}

/** Intact rows of one epoch by id: from the front, from the back, then point by point in between. */
function readEpoch(broken: JournalDatabase, { no, epoch }: OldEpoch): PressRow[] {
  const found = new Map<number, PressRow>();
  const take = (row: PressRow): void => {
    if (decodePress(epoch, row) !== null) found.set(row.id, row);
  };
  const [low, high] = [rowId(no, 1), rowId(no + 1, 0)];
  const from = scan(broken, 'ASC', low, high, take);
  if (from.complete) return [...found.values()];
  const until = scan(broken, 'DESC', from.reached, high, take);
  const point = readable(() => broken.prepare<[number], PressRow>('SELECT * FROM press WHERE id = ?'));
  const end = until.reached === high ? from.reached + MAX_POINTS : until.reached;
  for (let id = from.reached; point && id < Math.min(end, from.reached + MAX_POINTS); id += 1) {
    const row = readable(() => point.get(id));
    if (row) take(row);
  }
  return [...found.values()].sort((a, b) => a.id - b.id);
}

function scan(
  broken: JournalDatabase,
  order: 'ASC' | 'DESC',
  low: number,
  high: number,
  take: (row: PressRow) => void,
): { complete: boolean; reached: number } {
  let reached = order === 'ASC' ? low : high;
  const complete = readable(() => {
    const rows = broken.prepare<[number, number], PressRow>(
      `SELECT * FROM press WHERE id BETWEEN ? AND ? ORDER BY id ${order}`,
    );
    for (const row of rows.iterate(low, high)) {
      take(row);
      reached = row.id;
    }
    return true;
  });
  return { complete: complete === true, reached };
}

/** The result, or undefined where the damage is: the caller counts what is missing. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
