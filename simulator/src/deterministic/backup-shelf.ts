import { type MemoryDecisions, type MemoryDisk, MemoryStore, restoreMemoryStore, type Store } from '@hymio/gateway';
import type { Committed } from './committed.js';
import type { Scheduler } from './scheduler.js';

interface Backup {
  file: string;
  /** How much had been committed then. */
  length: number;
  takenAt: number;
}

/** Copies of the store, and what the naive account said when each was made. */
export class BackupShelf {
  readonly disk: MemoryDisk = new Map();
  readonly #scheduler: Scheduler;
  readonly #committed: Committed;
  readonly #decisions: Partial<MemoryDecisions>;
  #backups: Backup[] = [];
  #made = 0;

  /** `decisions`: of every store that comes from here. */
  constructor(scheduler: Scheduler, committed: Committed, decisions: Partial<MemoryDecisions>) {
    this.#scheduler = scheduler;
    this.#committed = committed;
    this.#decisions = decisions;
  }

  /** The first store, with nothing in it. */
  empty(): Store {
    return new MemoryStore({ disk: this.disk, now: () => this.#scheduler.now(), decisions: this.#decisions });
  }

  /** Oldest first: when they were made. */
  get times(): readonly number[] {
    return this.#backups.map(({ takenAt }) => takenAt);
  }

  async take(store: Store): Promise<void> {
    this.#made += 1;
    const file = `backup-${this.#made}`;
    this.#backups.push({ file, length: this.#committed.length, takenAt: this.#scheduler.now() });
    await store.backup(file);
  }

  /** A store as it was; the backups made later are of a past that is no more. */
  restore(index: number): Store | undefined {
    const backup = this.#backups[index];
    if (backup === undefined) return undefined;
    this.#backups = this.#backups.slice(0, index + 1);
    this.#committed.goBack(backup.length);
    const now = (): number => this.#scheduler.now();
    return restoreMemoryStore({ disk: this.disk, from: backup.file, now, decisions: this.#decisions });
  }
}
