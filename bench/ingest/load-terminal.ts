import { randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import {
  type AckMessage,
  ackMessageSchema,
  type PressEntry,
  type StatusMessage,
  type TopicKind,
  terminalClientId,
  terminalTopic,
} from '@hymio/protocol';
import {
  CONNACK,
  connectFrame,
  PacketReader,
  PUBLISH,
  pubackFrame,
  publishFrame,
  readPublication,
  SUBACK,
  subscribeFrame,
} from './mqtt-frames.js';

const RESEND_MS = 3_000;
const KEEP_ALIVE_SECONDS = 600;
/** Between the presses of a backlog: a busy place. */
const BACKLOG_GAP_MS = 30_000;
/** So far back that no run comes up to the present: what lies ahead of it is another matter for a gateway. */
const BACKLOG_DAYS = 365;

/** A terminal that always has more to send: one batch in flight, the next follows the ack. */
export class LoadTerminal {
  readonly #id: string;
  readonly #batch: number;
  readonly #epoch = randomUUID();
  readonly #reader = new PacketReader();
  readonly #startedAt: number;
  #socket: Socket | undefined;
  #acked = 0;
  #packetId = 1;
  #timer: NodeJS.Timeout | undefined;
  #paused: (() => void) | undefined;
  #onReady: () => void = () => undefined;
  /** Batches sent again because no ack came. */
  resent = 0;

  /** `batch`: presses of each message. */
  constructor(index: number, batch: number, id = `load-${index}`) {
    this.#id = id;
    this.#batch = batch;
    // Not all at the same second, as terminals are not.
    this.#startedAt = Date.now() - BACKLOG_DAYS * 86_400_000 + index * 137;
  }

  /** Presses acknowledged so far. */
  get acked(): number {
    return this.#acked;
  }

  /** Resolves once it is subscribed to its acks. `tls`: with this certificate (PEM). */
  connect(port: number, tls?: { ca: string; key: string; cert: string }): Promise<void> {
    const address = { port, host: '127.0.0.1' };
    const socket = tls ? connectTls({ ...address, ...tls }) : connect({ ...address, noDelay: true });
    socket.setNoDelay(true);
    this.#socket = socket;
    socket.once(tls ? 'secureConnect' : 'connect', () =>
      socket.write(connectFrame(terminalClientId(this.#id), KEEP_ALIVE_SECONDS)),
    );
    socket.on('data', (bytes) => {
      for (const packet of this.#reader.add(bytes)) {
        if (packet.type === CONNACK) socket.write(subscribeFrame(1, terminalTopic(this.#id, 'ack')));
        if (packet.type === SUBACK) this.#onReady();
        if (packet.type === PUBLISH) this.#hear(socket, readPublication(packet));
      }
    });
    return new Promise((resolve, reject) => {
      this.#onReady = resolve;
      socket.once('error', reject);
      socket.once('close', () => reject(new Error(`${this.#id}: the broker closed the connection`)));
    });
  }

  start(): void {
    this.#paused = undefined;
    this.#send();
  }

  /** Sends one batch; resolves with its acknowledgement. */
  async sendOne(): Promise<void> {
    this.start();
    await this.pause();
  }

  /** Says that it is there and well. */
  tellStatus(): void {
    const status: StatusMessage = {
      sentAt: Date.now(),
      firmware: 'bench',
      epoch: this.#epoch,
      epochs: [],
      pending: 0,
      clock: 'synced',
      uptimeMs: 60_000,
      faults: [],
      hardware: { model: 'bench', cpuTemperatureCelsius: 51.2, freeDiskBytes: 12e9, freeMemoryBytes: 4e8 },
    };
    this.#publish('availability', 'online');
    this.#publish('status', JSON.stringify(status));
  }

  /** Sends nothing more; resolves once what is in flight is acknowledged. */
  pause(): Promise<void> {
    return new Promise((resolve) => {
      this.#paused = resolve;
    });
  }

  #hear(socket: Socket, { packetId, payload }: { packetId: number | undefined; payload: Buffer }): void {
    if (packetId !== undefined) socket.write(pubackFrame(packetId));
    const ack: AckMessage = JSON.parse(payload.toString());
    if (ack.epoch !== this.#epoch || ack.refused !== undefined || ack.rewind) {
      throw new Error(`${this.#id}: unexpected ack ${JSON.stringify(ackMessageSchema.parse(ack))}`);
    }
    if (ack.upTo <= this.#acked) return;
    this.#acked = ack.upTo;
    clearTimeout(this.#timer);
    if (this.#paused === undefined) this.#send();
    else this.#paused();
  }

  #publish(kind: TopicKind, payload: string): void {
    this.#packetId = (this.#packetId % 65_535) + 1;
    this.#socket?.write(publishFrame(this.#packetId, terminalTopic(this.#id, kind), payload));
  }

  #send(): void {
    this.#publish('presses', this.#payload());
    this.#timer = setTimeout(() => {
      this.resent += 1;
      this.#send();
    }, RESEND_MS);
  }

  #payload(): string {
    const firstSeq = this.#acked + 1;
    const presses: PressEntry[] = [];
    for (let seq = firstSeq; seq < firstSeq + this.#batch; seq += 1) {
      // Single presses are made now; batches are a backlog.
      const at = this.#batch === 1 ? Date.now() : this.#startedAt + seq * BACKLOG_GAP_MS;
      presses.push({ at, rating: ([3, 2, 3, 0, 1] as const)[seq % 5] ?? 3, clock: 'synced' });
    }
    return JSON.stringify({ epoch: this.#epoch, firstSeq, oldestSeq: firstSeq, presses });
  }
}
