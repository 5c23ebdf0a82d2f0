import type { ReadMethod } from './read-call.js';
import { type ReadSide, WorkerReads } from './read-side.js';
import type { SqliteReader } from './sqlite-reader.js';

/** A long report in one thread does not hold up the pages, which read in the other. */
const THREADS = 2;

/** Reads in several worker threads, each call in the one that has least to do. A thread begins when it is needed. */
export class PooledReads implements ReadSide {
  readonly #threads: readonly WorkerReads[];

  constructor(file: string) {
    this.#threads = Array.from({ length: THREADS }, () => new WorkerReads(file));
  }

  call<M extends ReadMethod>(method: M, ...args: Parameters<SqliteReader[M]>): Promise<ReturnType<SqliteReader[M]>> {
    const [first, ...others] = this.#threads;
    if (first === undefined) throw new Error('a pool has threads');
    const idlest = others.reduce((best, thread) => (thread.waitingCount < best.waitingCount ? thread : best), first);
    return idlest.call(method, ...args);
  }

  /** Waits for the calls under way. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }
}
