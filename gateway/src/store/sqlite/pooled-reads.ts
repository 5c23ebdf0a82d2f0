import type { ReadMethod } from './read-call.js';
import { type ReadSide, WorkerReads } from './read-side.js';
import type { SqliteReader } from './sqlite-reader.js';

/** A long report in one thread does not hold up the pages, which read in the other. */
const THREADS = 2;
/** A thread that has been at one call for so long may be at it for long, ms: what comes then goes to the other one. */
const LONG_MS = 40;
/** The same until the first one has answered once, ms: another would not be ready sooner. */
const LONG_AT_START_MS = 500;
/** Calls that the first thread has before the other one is asked, where there is one: the board asks for two at a time. */
const FEW_CALLS = 2;
/** A thread costs some 12 MB: all but the first end once they had nothing to do for so long, ms. */
const IDLE_MS = 5_000;

interface Thread {
  reads: WorkerReads;
  /** When it began with the call that it is at, by `performance.now()`. */
  since: number;
}

/** Reads in several worker threads. The first begins with the first call, another when those before are at a long one. */
export class PooledReads implements ReadSide {
  readonly #threads: readonly [Thread, ...Thread[]];
  #longMs = LONG_AT_START_MS;

  constructor(file: string) {
    const others = Array.from({ length: THREADS - 1 }, () => newThread(file, IDLE_MS));
    this.#threads = [newThread(file), ...others];
  }

  async call<M extends ReadMethod>(
    method: M,
    ...args: Parameters<SqliteReader[M]>
  ): Promise<ReturnType<SqliteReader[M]>> {
    const thread = this.#choose();
    if (thread.reads.waitingCount === 0) thread.since = performance.now();
    try {
      return await thread.reads.call(method, ...args);
    } finally {
      thread.since = performance.now();
      this.#longMs = LONG_MS;
    }
  }

  /** Waits for the calls under way. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ reads }) => reads.close()));
  }

  #choose(): Thread {
    const [first] = this.#threads;
    const begun = this.#threads.filter((thread) => thread === first || thread.reads.isRunning);
    const quick = begun.filter((thread) => !this.#isAtLong(thread));
    if (quick.includes(first) && first.reads.waitingCount < FEW_CALLS) return first;
    if (quick.length > 0) return idlest(quick);
    return this.#threads.find((thread) => !begun.includes(thread)) ?? idlest(this.#threads);
  }

  #isAtLong({ reads, since }: Thread): boolean {
    return reads.waitingCount > 0 && performance.now() - since >= this.#longMs;
  }
}

function newThread(file: string, idleMs?: number): Thread {
  return { reads: new WorkerReads(file, idleMs), since: 0 };
}

function idlest(threads: readonly Thread[]): Thread {
  return threads.reduce((best, one) => (one.reads.waitingCount < best.reads.waitingCount ? one : best));
}
