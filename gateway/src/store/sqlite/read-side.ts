import { HymioError } from '@hymio/protocol';
import { WorkerCalls } from '../../threads/worker-calls.js';
import type { ReadCall, ReadMethod } from './read-call.js';
import { SqliteReader } from './sqlite-reader.js';

/** Reads, wherever they run. */
export interface ReadSide {
  call<M extends ReadMethod>(method: M, ...args: Parameters<SqliteReader[M]>): Promise<ReturnType<SqliteReader[M]>>;
  close(): Promise<void>;
}

/** Reads in the calling thread: for commands that do nothing else meanwhile. */
export class InThreadReads implements ReadSide {
  private readonly reader: SqliteReader;

  constructor(file: string) {
    this.reader = new SqliteReader(file);
  }

  async call<M extends ReadMethod>(
    method: M,
    ...args: Parameters<SqliteReader[M]>
  ): Promise<ReturnType<SqliteReader[M]>> {
    const run = this.reader[method] as (...values: Parameters<SqliteReader[M]>) => ReturnType<SqliteReader[M]>;
    return run.apply(this.reader, args);
  }

  async close(): Promise<void> {
    this.reader.close();
  }
}

/** Reads in a worker thread, so that a heavy report never holds up ingest. */
export class WorkerReads implements ReadSide {
  private readonly calls: WorkerCalls<ReadCall>;

  /** `idleMs`: the thread ends once it had nothing to do for so long; it stays where left out. */
  constructor(file: string, idleMs?: number) {
    this.calls = new WorkerCalls({
      script: new URL('./read-worker.js', import.meta.url),
      workerData: file,
      // What is read is answered and forgotten: room for 48 MB of it, as is usual, would only fill in every thread.
      resourceLimits: { maxYoungGenerationSizeMb: 6 },
      ...(idleMs !== undefined && { idleMs }),
      ended: (cause) =>
        new HymioError('store-read-failed', 'The reading thread of the store ended.', 'Try again.', { cause }),
    });
  }

  /** Calls that are not answered yet. */
  get waitingCount(): number {
    return this.calls.waitingCount;
  }

  /** Whether the thread has begun. */
  get isRunning(): boolean {
    return this.calls.isRunning;
  }

  call<M extends ReadMethod>(method: M, ...args: Parameters<SqliteReader[M]>): Promise<ReturnType<SqliteReader[M]>> {
    return this.calls.call({ method, args }) as Promise<ReturnType<SqliteReader[M]>>;
  }

  /** Waits for the calls under way. */
  async close(): Promise<void> {
    await this.calls.close();
  }
}
