import type { Publication, Transport, TransportListener } from '@hymio/device';
import { pressesMessageSchema } from '@hymio/protocol';

/** A network that is not there. */
export class NoTransport implements Transport {
  start(): void {
    // Never connects.
  }

  publish(): void {
    throw new Error('published without a connection');
  }

  async stop(): Promise<void> {
    // Nothing to close.
  }
}

/** A gateway at the other end that acknowledges every batch at once. */
export class AckingTransport implements Transport {
  /** Batches acknowledged. */
  batches = 0;
  /** Highest seq acknowledged. */
  upTo = 0;
  #listener: TransportListener | undefined;

  start(listener: TransportListener): void {
    this.#listener = listener;
    setImmediate(() => listener.connected());
  }

  publish({ kind, payload }: Publication): void {
    if (kind !== 'presses') return;
    const { epoch, firstSeq, presses } = pressesMessageSchema.parse(JSON.parse(payload));
    this.upTo = firstSeq + presses.length - 1;
    this.batches += 1;
    const ack = Buffer.from(JSON.stringify({ epoch, upTo: this.upTo }));
    setImmediate(() => this.#listener?.message('ack', ack));
  }

  async stop(): Promise<void> {
    this.#listener = undefined;
  }
}
