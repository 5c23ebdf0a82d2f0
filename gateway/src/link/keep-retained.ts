import { Readable } from 'node:stream';
import type { Aedes } from 'aedes';
import { RetainedMessages } from './retained-messages.js';

/** What the broker asks of its memory about retained messages. */
interface RetainedMemory {
  storeRetained(message: Parameters<RetainedMessages['store']>[0]): Promise<void>;
  createRetainedStream(filter: string): Readable;
  createRetainedStreamCombi(filters: readonly string[]): Readable;
}

/**
 * Has a broker that listens to nobody yet keep retained messages in ours: its own memory compares each subscription with
 * every topic, and the sessions of ten thousand terminals then take a minute and a half of processor time.
 */
export function keepRetained(broker: Aedes): void {
  const retained = new RetainedMessages();
  const stream = (filters: readonly string[]): Readable => Readable.from(retained.matching(filters));
  const memory: RetainedMemory = {
    storeRetained: async (message) => retained.store(message),
    createRetainedStream: (filter) => stream([filter]),
    createRetainedStreamCombi: stream,
  };
  Object.assign((broker as unknown as { persistence: RetainedMemory }).persistence, memory);
}
