import { connectAsync, type MqttClient } from 'mqtt';
import * as z from 'zod';

const ackSchema = z.object({ epoch: z.string(), upTo: z.number(), rewind: z.boolean().optional() });

/** Hears what a gateway acknowledges to whom: what terminals may forget from then on. */
export class AckListener {
  readonly #acked = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();
  #client: MqttClient | undefined;

  /** The highest number acknowledged, by epoch. */
  get acked(): ReadonlyMap<string, number> {
    return this.#acked;
  }

  async listen(mqttPort: number): Promise<void> {
    const client = await connectAsync(`mqtt://127.0.0.1:${mqttPort}`, { reconnectPeriod: 0 });
    // Its connection ends with the power of the gateway.
    client.on('error', () => undefined);
    client.on('message', (topic, payload) => this.#hear(topic, payload));
    await client.subscribeAsync('hymio/v1/+/ack', { qos: 1 });
    this.#client = client;
  }

  /** Resolves with the next ack to a terminal that acknowledges presses. */
  next(terminal: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(terminal, resolve));
  }

  async leave(): Promise<void> {
    await this.#client?.endAsync(true);
    this.#client = undefined;
  }

  #hear(topic: string, payload: Buffer): void {
    const { epoch, upTo, rewind } = ackSchema.parse(JSON.parse(payload.toString()));
    if (rewind === true || upTo === 0) return;
    this.#acked.set(epoch, Math.max(upTo, this.#acked.get(epoch) ?? 0));
    const terminal = topic.split('/')[2] ?? '';
    this.#waiting.get(terminal)?.();
    this.#waiting.delete(terminal);
  }
}
