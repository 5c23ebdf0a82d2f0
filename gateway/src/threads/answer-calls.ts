import { parentPort } from 'node:worker_threads';
import { toPlainError } from './plain-error.js';
import type { WorkerAnswer, WorkerRequest } from './worker-calls.js';

/** What a worker does: answers calls one after another, in the order in which they come. */
export interface WorkerSide<Call> {
  answer(call: Call): unknown;
  /** Called before the thread ends. */
  close?(): void;
}

/** Answers the calls of a `WorkerCalls`. */
export function answerCalls<Call>({ answer, close }: WorkerSide<Call>): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker only');
  let before: Promise<void> = Promise.resolve();
  const handle = async (request: WorkerRequest<Call>): Promise<void> => {
    if (request !== 'close') return port.postMessage(await answerOne(answer, request));
    close?.();
    port.close();
  };
  port.on('message', (request: WorkerRequest<Call>) => {
    before = before.then(() => handle(request));
  });
}

async function answerOne<Call>(
  answer: (call: Call) => unknown,
  { id, call }: Exclude<WorkerRequest<Call>, 'close'>,
): Promise<WorkerAnswer> {
  try {
    return { id, ok: true, value: await answer(call) };
  } catch (error) {
    return { id, ok: false, error: toPlainError(error) };
  }
}
