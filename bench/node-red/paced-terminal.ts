import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { type AckMessage, type PressEntry, terminalClientId, terminalTopic } from '@hymio/protocol';
import {
  CONNACK,
  connectFrame,
  PacketReader,
  PUBACK,
  PUBLISH,
  pubackFrame,
  publishFrame,
  readPublication,
  SUBACK,
  subscribeFrame,
} from '../ingest/mqtt-frames.js';

const KEEP_ALIVE_SECONDS = 600;
const RESEND_MS = 2_000;

/** What tells a terminal that a press has arrived: the broker's PUBACK, or an acknowledgement from who stores it. */
export type DeliveredBy = 'puback' | 'ack';

/** A terminal whose visitors press now and then; one message in flight, the presses that wait follow. */
export class PacedTerminal {
  readonly id: string;
  readonly #by: DeliveredBy;
  readonly #epoch = randomUUID();
  readonly #reader = new PacketReader();
  readonly #pressedAt: number[] = [];
  #socket: Socket | undefined;
  #delivered = 0;
  #packetId = 1;
  #inFlight: { upTo: number; resend: NodeJS.Timeout } | undefined;

  constructor(id: string, by: DeliveredBy) {
    this.id = id;
    this.#by = by;
  }

  /** Presses that are told to have arrived. */
  get delivered(): number {
    return this.#delivered;
  }

  get pressed(): number {
    return this.#pressedAt.length;
  }

  /** Resolves once it is connected, and subscribed where it waits for acknowledgements. */
  connect(port: number): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => socket.write(connectFrame(terminalClientId(this.id), KEEP_ALIVE_SECONDS)));
      socket.on('data', (bytes) => {
        for (const packet of this.#reader.add(bytes)) {
          if (packet.type === CONNACK) socket.write(subscribeFrame(1, terminalTopic(this.id, 'ack')));
          if (packet.type === SUBACK) resolve();
          if (packet.type === PUBACK && this.#by === 'puback') this.#arrived(this.#inFlight?.upTo ?? 0);
          if (packet.type === PUBLISH) {
            const { packetId, payload } = readPublication(packet);
            if (packetId !== undefined) socket.write(pubackFrame(packetId));
            const ack = JSON.parse(payload.toString()) as AckMessage;
            if (this.#by === 'ack' && ack.epoch === this.#epoch) this.#arrived(ack.upTo);
          }
        }
      });
    });
  }

  press(): void {
    this.#pressedAt.push(Date.now());
    if (this.#inFlight === undefined) this.#send();
  }

  #arrived(upTo: number): void {
    if (this.#inFlight === undefined || upTo < this.#inFlight.upTo) return;
    clearTimeout(this.#inFlight.resend);
    this.#inFlight = undefined;
    this.#delivered = upTo;
    if (this.pressed > this.#delivered) this.#send();
  }

  #send(): void {
    const firstSeq = this.#delivered + 1;
    const presses = this.#pressedAt
      .slice(this.#delivered)
      .map((at): PressEntry => ({ at, rating: 3, clock: 'synced' }));
    const payload = JSON.stringify({ epoch: this.#epoch, firstSeq, oldestSeq: firstSeq, presses });
    this.#packetId = (this.#packetId % 65_535) + 1;
    this.#socket?.write(publishFrame(this.#packetId, terminalTopic(this.id, 'presses'), payload));
    const resend = setTimeout(() => this.#send(), RESEND_MS);
    clearTimeout(this.#inFlight?.resend);
    this.#inFlight = { upTo: this.#delivered + presses.length, resend };
  }
}
