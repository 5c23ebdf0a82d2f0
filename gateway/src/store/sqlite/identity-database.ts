import type { IdentityStore } from '../identity-store.js';
import { type Db, openInMemory } from './database.js';
import { IdentityWriter, readCertificates, readCode, readOpenCode } from './identity-rows.js';
import { migrate } from './schema.js';
import { SqliteIdentityStore } from './sqlite-identity-store.js';

/** What a store keeps of the identity of terminals, in a database in memory: for simulation. */
export class IdentityDatabase {
  readonly store: IdentityStore;
  readonly #db: Db;

  /** `image`: a copy to begin with; default: empty. */
  constructor(image?: Buffer) {
    const db = openInMemory(image);
    if (image === undefined) migrate(db);
    this.#db = db;
    this.store = new SqliteIdentityStore({
      write: (work) => db.transaction(() => work(new IdentityWriter(db))).immediate(),
      reads: {
        code: async (hash) => readCode(db, hash),
        openCode: async (terminal, now) => readOpenCode(db, terminal, now),
        certificates: async (terminal) => readCertificates(db, terminal),
      },
    });
  }

  /** A copy of it as it is now. */
  image(): Buffer {
    return this.#db.serialize();
  }

  close(): void {
    this.#db.close();
  }
}
