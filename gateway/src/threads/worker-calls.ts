import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { HymioError } from '@hymio/protocol';
import { fromPlainError, type PlainError } from './plain-error.js';

/** What the two threads send each other; `close` lets the worker end once it has answered what came before. */
export type WorkerRequest<Call> = { id: number; call: Call } | 'close';
export type WorkerAnswer = { id: number; ok: true; value: unknown } | { id: number; ok: false; error: PlainError };

export interface WorkerCallsOptions {
  /** The compiled file of the worker, which answers with `answerCalls`. */
  script: URL;
  workerData?: unknown;
  /** Of its JavaScript heap; default: as large as that of the process. */
  resourceLimits?: ResourceLimits;
  /** A thread that had nothing to do for so long ends, ms; the next call begins another. Default: it stays. */
  idleMs?: number;
  /** What a caller is told whose call the worker did not live to answer. */
  ended: (cause: unknown) => HymioError;
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/**
 * Calls answered by a worker thread, which the first one starts. A worker that dies, or ended since it had nothing to do, is
 * replaced by the next call; one that has nothing to do does not keep the process alive.
 */
export class WorkerCalls<Call> {
  readonly #options: WorkerCallsOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  /** Threads that were told to end and have not yet. */
  readonly #ending = new Set<Promise<void>>();
  #calls = 0;
  /** While it closes, the thread keeps the process alive until it has ended. */
  #closing = false;

  constructor(options: WorkerCallsOptions) {
    this.#options = options;
  }

  /** Calls that are not answered yet. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** Whether there is a thread: to ask it is quicker than to begin one. */
  get isRunning(): boolean {
    return this.#worker !== undefined;
  }

  /** Errors: what the worker throws; `ended` where it dies. */
  call(call: Call): Promise<unknown> {
    const worker = this.#running();
    const id = ++this.#calls;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.ref();
      worker.postMessage({ id, call } satisfies WorkerRequest<Call>);
    });
  }

  /** Waits for the calls under way. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (worker !== undefined) {
      this.#closing = true;
      this.#end(worker);
    }
    await Promise.all(this.#ending);
    this.#closing = false;
  }

  /** Has a thread end once it has answered what came before. */
  #end(worker: Worker): void {
    worker.ref();
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.#ending.add(ended);
    void ended.then(() => this.#ending.delete(ended));
    worker.postMessage('close' satisfies WorkerRequest<Call>);
  }

  #endIdle(): void {
    const worker = this.#worker;
    if (worker === undefined || this.#closing || this.#waiting.size > 0) return;
    // Whoever calls from now on gets another thread.
    this.#worker = undefined;
    this.#end(worker);
  }

  #running(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const { script, workerData, resourceLimits = {} } = this.#options;
    const worker = new Worker(script, { workerData, resourceLimits });
    let reason: unknown;
    worker.on('message', (answer: WorkerAnswer) => this.#settle(worker, answer));
    worker.on('error', (error) => {
      reason = error;
    });
    worker.on('exit', () => {
      // One that ended idle has left no call, and another may be in its place.
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#rejectAll(reason);
    });
    this.#worker = worker;
    return worker;
  }

  #settle(worker: Worker, answer: WorkerAnswer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    // A process with nothing else to do may end, worker or not.
    if (this.#waiting.size === 0 && !this.#closing) {
      worker.unref();
      this.#rest();
    }
    if (answer.ok) waiting?.resolve(answer.value);
    else waiting?.reject(fromPlainError(answer.error));
  }

  #rest(): void {
    const { idleMs } = this.#options;
    if (idleMs === undefined) return;
    this.#idleTimer ??= setTimeout(() => this.#endIdle(), idleMs).unref();
    this.#idleTimer.refresh();
  }

  #rejectAll(cause: unknown): void {
    if (this.#waiting.size === 0) return;
    const error = this.#options.ended(cause);
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
