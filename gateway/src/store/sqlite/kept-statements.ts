import type Database from 'better-sqlite3';

/** Statements that a connection keeps ready. */
const KEPT_STATEMENTS = 100;
/** How a statement gives its rows; each excludes the others. `row`: as objects. */
const MODES = ['raw', 'pluck', 'expand'] as const;
type Mode = 'row' | (typeof MODES)[number];

/**
 * Makes `prepare` of a connection give the same statement again for the same words: a report asks some twenty small
 * questions, and to prepare them anew each time took longer than to answer them. A mode belongs to who asked for it: each
 * is a statement of its own, so that two who ask the same never change each other's rows.
 */
export function keepStatements(db: Database.Database): void {
  const prepare: (sql: string) => Database.Statement = db.prepare.bind(db);
  const kept = new Map<string, Database.Statement>();

  const take = (sql: string, mode: Mode): Database.Statement => {
    const key = `${mode} ${sql}`;
    const known = kept.get(key);
    // One that is being read through is not to be begun again.
    if (known?.busy === true) return made(sql, mode);
    const statement = known ?? made(sql, mode);
    kept.delete(key);
    kept.set(key, statement);
    for (const oldest of kept.keys()) {
      if (kept.size <= KEPT_STATEMENTS) break;
      kept.delete(oldest);
    }
    return statement;
  };
  const made = (sql: string, mode: Mode): Database.Statement => {
    const statement = prepare(sql);
    if (!statement.reader) return statement;
    if (mode !== 'row') statement[mode](true);
    for (const other of MODES) {
      Object.defineProperty(statement, other, { value: (on = true) => take(sql, on ? other : 'row') });
    }
    for (const lasting of ['bind', 'safeIntegers'] as const) {
      Object.defineProperty(statement, lasting, { value: () => refuse(lasting) });
    }
    return statement;
  };
  db.prepare = ((sql: string) => take(sql, 'row')) as Database.Database['prepare'];
}

function refuse(what: string): never {
  throw new Error(`${what} would stay with a statement that is kept for others`);
}
