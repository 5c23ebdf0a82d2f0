import Database from 'better-sqlite3';

/** How a journal is laid out, read from a real one, and one of its rows. */
export interface RowLayout {
  pageBytes: number;
  /** CREATE TABLE of the presses. */
  table: string;
  row: readonly unknown[];
}

/** Reads the layout of a journal that holds at least one press. */
export function layoutOf(file: string): RowLayout {
  const db = new Database(file, { readonly: true });
  try {
    const table = db.prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'press'").pluck().get();
    const row = db.prepare<[], unknown[]>('SELECT * FROM press ORDER BY id DESC LIMIT 1').raw(true).get();
    if (table === undefined || row === undefined) throw new Error(`${file} holds no press`);
    return { pageBytes: Number(db.pragma('page_size', { simple: true })), table, row };
  } finally {
    db.close();
  }
}

/** Presses in a journal that nobody writes. */
export function countPresses(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare<[], number>('SELECT count(*) FROM press').pluck().get() ?? 0;
  } finally {
    db.close();
  }
}

/** The least that a durable press can be: one row inserted and committed, nothing else. WAL, synchronous=FULL. */
export class BareFile {
  readonly #db: Database.Database;
  readonly #insert;
  readonly #rest: readonly unknown[];
  #id: number;

  /** `pageBytes`: default that of the layout. */
  constructor(file: string, { table, row, pageBytes }: RowLayout, ownPageBytes = pageBytes) {
    this.#db = new Database(file);
    this.#db.pragma(`page_size = ${ownPageBytes}`);
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.exec(table);
    this.#insert = this.#db.prepare<unknown[]>(`INSERT INTO press VALUES (${row.map(() => '?').join()})`);
    const [id, ...rest] = row;
    this.#id = Number(id);
    this.#rest = rest;
  }

  insertAndCommit(): void {
    this.#id += 1;
    this.#insert.run(this.#id, ...this.#rest);
  }

  close(): void {
    this.#db.close();
  }
}
