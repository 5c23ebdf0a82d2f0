// A thread of `WorkerCalls` that answers one call after the other with its own number, each after `waitMs` of the call.
import { setTimeout } from 'node:timers/promises';
import { parentPort, threadId } from 'node:worker_threads';

let before = Promise.resolve();
const answer = async (request) => {
  if (request === 'close') return parentPort.close();
  await setTimeout(request.call.waitMs);
  parentPort.postMessage({ id: request.id, ok: true, value: threadId });
};
parentPort.on('message', (request) => {
  before = before.then(() => answer(request));
});
