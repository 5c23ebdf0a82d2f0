import { Worker } from 'node:worker_threads';
import { HymioError } from '@hymio/protocol';
import { fromPlainError, type ReadAnswer, type ReadMethod } from './read-call.js';
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

interface Waiting {
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

/** Reads in a worker thread, so that a heavy report never holds up ingest. A worker that dies is replaced. */
export class WorkerReads implements ReadSide {
  private readonly file: string;
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private calls = 0;
  /** While it closes, the thread keeps the process alive until it has ended. */
  private closing = false;

  constructor(file: string) {
    this.file = file;
  }

  /** Calls that are not answered yet. */
  get waitingCount(): number {
    return this.waiting.size;
  }

  call<M extends ReadMethod>(method: M, ...args: Parameters<SqliteReader[M]>): Promise<ReturnType<SqliteReader[M]>> {
    const worker = this.running();
    const id = ++this.calls;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, method, args });
    });
  }

  /** Waits for the calls under way. */
  async close(): Promise<void> {
    const { worker } = this;
    if (worker === undefined) return;
    this.closing = true;
    worker.ref();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close');
    await ended;
    this.closing = false;
  }

  private running(): Worker {
    if (this.worker !== undefined) return this.worker;
    const worker = new Worker(new URL('./read-worker.js', import.meta.url), { workerData: this.file });
    let reason: unknown;
    worker.on('message', (answer: ReadAnswer) => this.settle(worker, answer));
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', () => {
      this.worker = undefined;
      this.rejectAll(reason);
    });
    this.worker = worker;
    return worker;
  }

  private settle(worker: Worker, answer: ReadAnswer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    // A process with nothing else to do may end, reader or not.
    if (this.waiting.size === 0 && !this.closing) worker.unref();
    if (answer.ok) waiting?.resolve(answer.value as never);
    else waiting?.reject(fromPlainError(answer.error));
  }

  private rejectAll(cause: unknown): void {
    const error = new HymioError('store-read-failed', 'The reading thread of the store ended.', 'Try again.', {
      cause,
    });
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
