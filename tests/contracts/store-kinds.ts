import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type MemoryDisk,
  MemoryStore,
  openSqliteStore,
  restoreMemoryStore,
  restoreStore,
  type SqliteStoreOptions,
  type Store,
} from '@hymio/gateway';

/** A store with what surrounds it, as the contract needs it. */
export interface StoreBench {
  readonly store: Store;
  /** Where a backup of that name goes. */
  backupFile(name: string): string;
  /** Puts a backup in the store's place; `store` is then the restored one. */
  restore(file: string): Promise<void>;
  end(): Promise<void>;
}

export interface StoreKind {
  name: string;
  begin(now: () => number): Promise<StoreBench>;
}

function sqlite(reads: NonNullable<SqliteStoreOptions['reads']>): StoreKind {
  return {
    name: `SqliteStore, reads ${reads}`,
    async begin(now) {
      const folder = await mkdtemp(join(tmpdir(), 'hymio-store-'));
      const data = join(folder, 'data');
      let store = await openSqliteStore({ folder: data, reads, now });
      return {
        get store() {
          return store;
        },
        backupFile: (name) => join(folder, name),
        async restore(from) {
          await store.close();
          await restoreStore({ folder: data, from, now: now() });
          store = await openSqliteStore({ folder: data, reads, now });
        },
        async end() {
          await store.close();
          await rm(folder, { recursive: true, force: true });
        },
      };
    },
  };
}

const memory: StoreKind = {
  name: 'MemoryStore',
  async begin(now) {
    const disk: MemoryDisk = new Map();
    let store = new MemoryStore({ disk, now });
    return {
      get store() {
        return store;
      },
      backupFile: (name) => name,
      async restore(from) {
        store = restoreMemoryStore({ disk, from, now });
      },
      end: () => store.close(),
    };
  },
};

export const STORE_KINDS: readonly StoreKind[] = [memory, sqlite('in-thread'), sqlite('worker')];
