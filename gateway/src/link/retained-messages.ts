import { hasWildcard, topicMatches } from './topic-listeners.js';

/** A message that a broker keeps for who subscribes later. */
export interface RetainedMessage {
  cmd: 'publish';
  topic: string;
  payload: Buffer;
  qos: 0 | 1 | 2;
  retain: true;
}

interface Kept {
  /**
   * One character a byte: beside a short payload a buffer of its own takes several times its size, and the one it came
   * in holds other packets as well.
   */
  bytes: string;
  qos: 0 | 1 | 2;
}

/**
 * What the embedded broker keeps of each topic, in memory. A filter without a wildcard is one look into a map: each of
 * ten thousand terminals that connects asks for what is kept on its three.
 */
export class RetainedMessages {
  readonly #kept = new Map<string, Kept>();

  /** Keeps it instead of what was kept on its topic; one without payload clears the topic (MQTT 3.1.1, 3.3.1.3). */
  store({ topic, payload, qos }: { topic: string; payload: string | Uint8Array; qos: 0 | 1 | 2 }): void {
    if (payload.length === 0) this.#kept.delete(topic);
    else this.#kept.set(topic, { bytes: Buffer.from(payload as Uint8Array).toString('latin1'), qos });
  }

  /** What is kept on topics that one of the filters means, read as it is asked for. */
  *matching(filters: readonly string[]): Generator<RetainedMessage, void> {
    for (const filter of filters) {
      if (hasWildcard(filter)) yield* this.#search(filter);
      else {
        const kept = this.#kept.get(filter);
        if (kept !== undefined) yield messageOf(filter, kept);
      }
    }
  }

  *#search(filter: string): Generator<RetainedMessage, void> {
    for (const [topic, kept] of this.#kept) if (topicMatches(filter, topic)) yield messageOf(topic, kept);
  }
}

function messageOf(topic: string, { bytes, qos }: Kept): RetainedMessage {
  return { cmd: 'publish', topic, payload: Buffer.from(bytes, 'latin1'), qos, retain: true };
}
