import type { JournalDatabase } from './journal-file.js';

/** Rows looked at one by one between what a scan from either side could read. */
const MAX_POINTS = 200_000;

interface Scan<Row> {
  rows: Row[];
  complete: boolean;
  reached: number;
}

/**
 * The rows of a damaged table with ids from `low` to `high` that can be read, by id: from the front, from the back,
 * then one by one in between. Their content is the caller's to check.
 */
export function readableRows<Row extends object>(
  db: JournalDatabase,
  table: 'epoch' | 'epoch_copy' | 'press' | 'set_aside',
  key: keyof Row & ('id' | 'no'),
  low: number,
  high: number,
): Row[] {
  const from = scan<Row>(db, table, key, 'ASC', low, high);
  if (from.complete) return from.rows;
  const until = scan<Row>(db, table, key, 'DESC', from.reached, high);
  const found = new Map([...from.rows, ...until.rows].map((row) => [Number(row[key]), row]));
  const point = readable(() => db.prepare<[number], Row>(`SELECT * FROM ${table} WHERE ${key} = ?`));
  for (let id = from.reached; point && id < Math.min(until.reached, from.reached + MAX_POINTS); id += 1) {
    const row = readable(() => point.get(id));
    if (row) found.set(id, row);
  }
  return [...found.entries()].sort(([a], [b]) => a - b).map(([, row]) => row);
}

function scan<Row extends object>(
  db: JournalDatabase,
  table: string,
  key: keyof Row & string,
  order: 'ASC' | 'DESC',
  low: number,
  high: number,
): Scan<Row> {
  const result: Scan<Row> = { rows: [], complete: false, reached: order === 'ASC' ? low : high };
  readable(() => {
    const statement = db.prepare<[number, number], Row>(
      `SELECT * FROM ${table} WHERE ${key} BETWEEN ? AND ? ORDER BY ${key} ${order}`,
    );
    for (const row of statement.iterate(low, high)) {
      result.rows.push(row);
      result.reached = Number(row[key]);
    }
    result.complete = true;
  });
  return result;
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
