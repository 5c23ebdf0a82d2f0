import { connectAsync, type MqttClient } from 'mqtt';
import * as z from 'zod';

const ackSchema = z.object({ epoch: z.string(), upTo: z.number(), rewind: z.boolean().optional() });

interface Waiting {
  isOver: (terminal: string) => boolean;
  resolve: () => void;
}

/** Hears what a gateway acknowledges to whom: what terminals may forget from then on. */
export class AckListener {
  readonly #acked = new Map<string, number>();
  readonly #waiting = new Set<Waiting>();
  #client: MqttClient | undefined;
  #ended: Promise<void> = Promise.resolve();

  /** The highest number acknowledged, by epoch. */
  get acked(): ReadonlyMap<string, number> {
    return this.#acked;
  }

  async listen(mqttPort: number): Promise<void> {
    const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { reconnectPeriod: 0 });
    // Its connection ends with the power of the gateway.
    client.on('error', () => undefined);
    client.on('message', (topic, payload) => this.#hear(topic, payload));
    this.#ended = new Promise((resolve) => client.once('close', resolve));
    await client.subscribeAsync('hymio/v1/+/ack', { qos: 1 });
    this.#client = client;
  }

  /** Resolves with the next ack to a terminal that acknowledges presses. */
  next(terminal: string): Promise<void> {
    return this.#when((heard) => heard === terminal);
  }

  /** Resolves once a press is acknowledged. */
  async acknowledged({ epoch, seq }: { epoch: string; seq: number }): Promise<void> {
    const isAcked = () => (this.#acked.get(epoch) ?? 0) >= seq;
    if (!isAcked()) await this.#when(isAcked);
  }

  /** Resolves once the gateway has ended the connection: nothing more is to be heard of it. */
  ended(): Promise<void> {
    return this.#ended;
  }

  async leave(): Promise<void> {
    await this.#client?.endAsync(true);
    this.#client = undefined;
  }

  #when(isOver: Waiting['isOver']): Promise<void> {
    return new Promise((resolve) => this.#waiting.add({ isOver, resolve }));
  }

  #hear(topic: string, payload: Buffer): void {
    const { epoch, upTo, rewind } = ackSchema.parse(JSON.parse(payload.toString()));
    if (rewind === true || upTo === 0) return;
    this.#acked.set(epoch, Math.max(upTo, this.#acked.get(epoch) ?? 0));
    const terminal = topic.split('/')[2] ?? '';
    for (const waiting of [...this.#waiting].filter(({ isOver }) => isOver(terminal))) {
      this.#waiting.delete(waiting);
      waiting.resolve();
    }
  }
}
