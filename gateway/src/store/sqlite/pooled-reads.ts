import type { ReadMethod } from './read-call.js';
import { type ReadSide, WorkerReads } from './read-side.js';
import type { SqliteReader } from './sqlite-reader.js';

/** A long report in one thread does not hold up the pages, which read in the other. */
const THREADS = 2;
/**
 * The oldest call waits this long for a thread that is busy before another is begun, ms: what is quick is soon done, and
 * whoever looks at pages while much is read has both threads from then on.
 */
const PATIENCE_MS = 20;
/** The same until the first one has answered once, ms: another would not be ready sooner. */
const PATIENCE_AT_START_MS = 500;
/** A thread costs some 12 MB: all but the first end once they had nothing to do for so long, ms; the board reads every ten seconds. */
const IDLE_MS = 5_000;

type Run = (thread: WorkerReads) => Promise<void>;

/** Reads in several worker threads, in order, one call each at a time. A thread begins when it is needed. */
export class PooledReads implements ReadSide {
  readonly #threads: readonly WorkerReads[];
  /** Calls that no thread has taken yet, oldest first. */
  readonly #queue: Run[] = [];
  readonly #underWay = new Set<Promise<void>>();
  #patience: NodeJS.Timeout | undefined;
  #patienceMs = PATIENCE_AT_START_MS;

  constructor(file: string) {
    this.#threads = Array.from({ length: THREADS }, (_, i) => new WorkerReads(file, i === 0 ? undefined : IDLE_MS));
  }

  call<M extends ReadMethod>(method: M, ...args: Parameters<SqliteReader[M]>): Promise<ReturnType<SqliteReader[M]>> {
    const answer = new Promise<ReturnType<SqliteReader[M]>>((resolve, reject) => {
      this.#queue.push(async (thread) => {
        try {
          resolve(await thread.call(method, ...args));
        } catch (error) {
          reject(error);
        }
      });
    });
    this.#dispatch();
    return answer;
  }

  /** Waits for the calls under way. */
  async close(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
    await Promise.all(this.#threads.map((thread) => thread.close()));
  }

  #dispatch(): void {
    const [first] = this.#threads;
    while (this.#queue.length > 0) {
      const free = this.#threads.find((thread) => isFree(thread) && (thread === first || thread.isRunning));
      if (free === undefined) break;
      this.#give(free);
    }
    if (this.#queue.length > 0) {
      this.#patience ??= setTimeout(() => this.#loseNoMoreTime(this.#queue[0]), this.#patienceMs);
    }
  }

  /** Begins another thread for the call that waits, unless it is answered meanwhile. */
  #loseNoMoreTime(waiting: Run | undefined): void {
    this.#patience = undefined;
    // Where it was this thread that was busy, the answer before it has come by now and is only not heard yet.
    setImmediate(() => {
      const other = this.#threads.find((thread) => isFree(thread));
      if (other !== undefined && waiting !== undefined && this.#queue[0] === waiting) this.#give(other);
      // What is behind it waits for a thread of its own, where there is one.
      this.#dispatch();
    });
  }

  #give(thread: WorkerReads): void {
    const run = this.#queue.shift();
    if (run === undefined) return;
    // From now on the next one waits.
    clearTimeout(this.#patience);
    this.#patience = undefined;
    const done = run(thread).finally(() => {
      this.#patienceMs = PATIENCE_MS;
      this.#underWay.delete(done);
      this.#dispatch();
    });
    this.#underWay.add(done);
  }
}

function isFree(thread: WorkerReads): boolean {
  return thread.waitingCount === 0;
}
