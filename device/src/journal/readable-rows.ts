import type { JournalDatabase } from './journal-file.js';

/** Ids skipped after a read that failed: less than a page of rows, so that no readable page is jumped over. */
const STEP = 8;
/** No page holds more rows than this. */
const ROWS_PER_PAGE = 64;

type Scan<Row> = (low: number, high: number) => { rows: Row[]; complete: boolean };

/**
 * The rows of a damaged table with ids from `low` to `high` that can be read, by id: from the front, from the back,
 * then from every place in between where reading works again. Their content is the caller's to check.
 */
export function readableRows<Row extends object>(
  db: JournalDatabase,
  table: 'epoch' | 'epoch_copy' | 'press' | 'set_aside',
  key: keyof Row & ('id' | 'no'),
  low: number,
  high: number,
): Row[] {
  const upwards = scanner<Row>(db, table, key, 'ASC');
  const downwards = scanner<Row>(db, table, key, 'DESC');
  const front = upwards(low, high);
  if (front.complete) return front.rows;
  const idOf = (row: Row | undefined, otherwise: number): number => (row ? Number(row[key]) : otherwise);
  const back = downwards(idOf(front.rows.at(-1), low - 1) + 1, high);
  const found = [...front.rows, ...back.rows];
  const end = idOf(back.rows.at(-1), high + 1) - 1;
  let at = idOf(front.rows.at(-1), low - 1) + 1;
  for (const last = Math.min(end, at + mostRows(db)); at <= last; ) {
    const { rows, complete } = upwards(at, end);
    const [first] = rows;
    if (first) found.push(...downwards(at - STEP, idOf(first, at) - 1).rows, ...rows);
    if (complete) break;
    at = idOf(rows.at(-1), at + STEP - 1) + 1;
  }
  return [...new Map(found.map((row) => [idOf(row, 0), row])).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row);
}

function scanner<Row extends object>(db: JournalDatabase, table: string, key: string, order: string): Scan<Row> {
  const statement = readable(() =>
    db.prepare<[number, number], Row>(`SELECT * FROM ${table} WHERE ${key} BETWEEN ? AND ? ORDER BY ${key} ${order}`),
  );
  return (low, high) => {
    const rows: Row[] = [];
    // Without the table there is nothing to come back to.
    if (statement === undefined) return { rows, complete: true };
    const complete = readable(() => {
      for (const row of statement.iterate(low, high)) rows.push(row);
      return true;
    });
    return { rows, complete: complete === true };
  };
}

function mostRows(db: JournalDatabase): number {
  const pages = readable(() => Number(db.pragma('page_count', { simple: true }))) ?? 0;
  // A damaged header may claim any number of pages.
  return Math.min(pages, 2 ** 16) * ROWS_PER_PAGE;
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
