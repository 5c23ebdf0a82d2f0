import { HymioError } from '@hymio/protocol';
import { WorkerCalls } from '../threads/worker-calls.js';
import type { PrintJob } from './pdf-document.js';

/** Who prints one document often prints another at once; then the thread and its memory are given back, ms. */
const IDLE_MS = 60_000;

/**
 * Makes PDF files, one after another in a thread of its own: pages and presses do not wait for it. Neither the thread nor
 * the compiler in it exists before the first document, or a minute after the last one.
 */
export class PdfPrinter {
  readonly #worker: WorkerCalls<PrintJob>;

  /** `fonts`: files to set text in, regular weight first; default: those that come with the gateway. */
  constructor(fonts?: readonly string[]) {
    this.#worker = new WorkerCalls({
      script: new URL('./pdf-worker.js', import.meta.url),
      workerData: fonts ?? null,
      // What is large in it is Typst's and not on this heap.
      resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 },
      idleMs: IDLE_MS,
      ended: noPrinter,
    });
  }

  /**
   * A file conforming to PDF/UA-1. Errors: HymioError `pdf-font-unreadable`, `pdf-not-set`, and `pdf-unavailable` where
   * the compiler cannot be loaded on this machine or died.
   */
  async print(job: PrintJob): Promise<Uint8Array> {
    return (await this.#worker.call(job)) as Uint8Array;
  }

  /** Waits for the documents under way. */
  async stop(): Promise<void> {
    await this.#worker.close();
  }
}

function noPrinter(cause: unknown): HymioError {
  return new HymioError(
    'pdf-unavailable',
    `PDF files cannot be made here: ${cause instanceof Error ? cause.message : 'the thread that makes them ended'}.`,
    'Take another format, such as html; install the gateway again on this machine, with its optional packages.',
    { cause },
  );
}
