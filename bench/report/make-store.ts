import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore, type StatusArrival } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { benchRegistry } from '../harness/bench-registry.js';

const STORE_FILE = 'store.sqlite';
const BUCKET_MS = 900_000;
const BLOCK_MS = 24 * BUCKET_MS;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Monday, 1970-01-05. */
const FIRST_MONDAY = 4 * DAY_MS;
/** Opening time in UTC, so that it lies within 08–16 in Helsinki in summer and winter. */
const OPEN_FROM_MS = 6 * 3_600_000;
const OPEN_BUCKETS = 32;
/** Of the buckets of an opening day, those in which a terminal has presses. */
const BUSY_BUCKETS = 20;

/** A store of rollups, as years of service leave it behind. */
export interface BigStore {
  folder: string;
  file: string;
  rollups: number;
  /** The week after the last one that is full, UTC ms. */
  end: number;
}

function benchTerminal(index: number): string {
  return `bench-${index}`;
}

/** Finds the store in the folder for temporary files, or makes it there: about a minute for 26 million rows. */
export async function bigStore(terminals: number, years: number, say: (line: string) => void): Promise<BigStore> {
  const end = Math.floor((Date.now() - FIRST_MONDAY) / WEEK_MS) * WEEK_MS + FIRST_MONDAY;
  const schema = await schemaHash();
  const month = new Date(end).toISOString().slice(0, 10);
  const folder = join(tmpdir(), `hymio-bench-store-${schema}-${terminals}x${years}-${month}`);
  const file = join(folder, STORE_FILE);
  if (!existsSync(folder)) {
    say(`making a store of ${terminals} terminals and ${years} years in ${folder} (kept for the next run)`);
    const unfinished = `${folder}.${process.pid}`;
    try {
      await prepare(unfinished, terminals, end - years * 365.25 * DAY_MS, end);
      fill(join(unfinished, STORE_FILE), years, end);
      renameSync(unfinished, folder);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return { folder, file, rollups: countRollups(file), end };
}

/** Tells one layout of the store's tables from another. */
async function schemaHash(): Promise<string> {
  const folder = join(tmpdir(), `hymio-bench-empty-${randomUUID()}`);
  try {
    await (await openSqliteStore({ folder, reads: 'in-thread' })).close();
    const db = new Database(join(folder, STORE_FILE), { readonly: true });
    const sql = db
      .prepare<[], string>('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name')
      .pluck()
      .all();
    db.close();
    return createHash('sha256').update(sql.join('\n')).digest('hex').slice(0, 8);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countRollups(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM rollups').pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

/** Registry and one status of each terminal, through the store itself. */
async function prepare(folder: string, terminals: number, from: number, end: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const store = await openSqliteStore({ folder, reads: 'in-thread' });
  try {
    await store.importRegistry(benchRegistry(terminals, new Date(from).toISOString(), benchTerminal));
    await store.commit(Array.from({ length: terminals }, (_, index) => status(benchTerminal(index), end)));
  } finally {
    await store.close();
  }
}

function status(terminal: string, at: number): StatusArrival {
  const epoch = randomUUID();
  const epochs = [{ epoch, oldestSeq: 1, lastSeq: 1, ackedSeq: 0 }];
  const said = { sentAt: at, firmware: 'bench', epoch, epochs, pending: 1, clock: 'synced', uptimeMs: 0 } as const;
  const message = { ...said, faults: [], hardware: {} };
  return { kind: 'status', terminal, receivedAt: at, retained: false, message };
}

/** Rollups and presence of all opening days before `end`, in the order of their keys. */
function fill(file: string, years: number, end: number): void {
  const db = new Database(file);
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    const weeks = Math.round((years * 365.25) / 7);
    db.exec(`CREATE TEMP TABLE day AS WITH RECURSIVE day(start, number) AS (
      SELECT ${end - weeks * WEEK_MS}, 0 UNION ALL SELECT start + ${DAY_MS}, number + 1 FROM day WHERE start + ${DAY_MS} < ${end})
      SELECT start FROM day WHERE number % 7 < 5`);
    db.exec(`CREATE TEMP TABLE bucket AS WITH RECURSIVE slot(slot) AS (
      SELECT 0 UNION ALL SELECT slot + 1 FROM slot WHERE slot + 1 < ${OPEN_BUCKETS})
      SELECT start + ${OPEN_FROM_MS} + slot * ${BUCKET_MS} AS start FROM day CROSS JOIN slot ORDER BY 1`);
    // 26 million times the trigger would take minutes; the blocks are added up afterwards, as a migration does it.
    const triggers = db
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'rollups'",
      )
      .all();
    for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
    db.exec(`INSERT INTO rollups SELECT start, terminal, service_point, n % 2, n % 3 / 2, 1 + n % 2, 1 + n % 4, n % 5 / 4, 0, 0
      FROM (SELECT b.start, a.terminal, a.service_point, b.start / ${BUCKET_MS} * 7 + a.terminal * 13 AS n
            FROM bucket b CROSS JOIN (SELECT terminal, service_point FROM assignments ORDER BY terminal) a)
      WHERE n % ${OPEN_BUCKETS} < ${BUSY_BUCKETS}`);
    db.exec(`INSERT INTO rollup_blocks SELECT start - start % ${BLOCK_MS}, service_point, terminal, sum(c0), sum(c1), sum(c2),
      sum(c3), sum(repeats), sum(estimated), sum(excluded) FROM rollups GROUP BY 1, 2, 3`);
    for (const { sql } of triggers) db.exec(sql);
    db.exec('INSERT OR IGNORE INTO rollup_places SELECT service_point, terminal FROM assignments');
    db.exec(`INSERT OR IGNORE INTO presence SELECT t.key, d.start + ${OPEN_FROM_MS}, d.start + ${OPEN_FROM_MS} + ${OPEN_BUCKETS * BUCKET_MS}
      FROM terminals t CROSS JOIN day d`);
    db.pragma('journal_mode = WAL');
  } finally {
    db.close();
  }
}
