import { keepStatements } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROWS = 'SELECT 1 AS one, 2 AS two UNION ALL SELECT 3, 4';

describe('statements that a connection keeps', () => {
  let db: Database.Database;
  beforeEach(() => {
    db = new Database(':memory:');
    keepStatements(db);
  });
  afterEach(() => db.close());

  it('are the same for the same words', () => {
    expect(db.prepare(ROWS)).toBe(db.prepare(ROWS));
    expect(db.prepare(ROWS).raw()).toBe(db.prepare(ROWS).raw());
  });

  it('give rows as each who asked wants them, whoever asks the same meanwhile', () => {
    const raw = db.prepare(ROWS).raw();
    const plain = db.prepare(ROWS);
    const first = db.prepare(ROWS).pluck();
    expect(raw.all()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(plain.all()).toEqual([
      { one: 1, two: 2 },
      { one: 3, two: 4 },
    ]);
    expect(first.all()).toEqual([1, 3]);
    expect(raw.get()).toEqual([1, 2]);
    expect(raw.raw(false).get()).toEqual({ one: 1, two: 2 });
  });

  it('are others while one is read through', () => {
    const seen: unknown[] = [];
    for (const row of db.prepare(ROWS).raw().iterate()) seen.push([row, db.prepare(ROWS).raw().all().length]);
    expect(seen).toEqual([
      [[1, 2], 2],
      [[3, 4], 2],
    ]);
  });

  it('take nothing that would stay with them', () => {
    expect(() => db.prepare('SELECT ? AS given').bind(1)).toThrow('kept for others');
    expect(() => db.prepare(ROWS).safeIntegers()).toThrow('kept for others');
  });
});
