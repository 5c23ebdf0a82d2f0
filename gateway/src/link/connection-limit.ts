import type { Server, Socket } from 'node:net';
import type { Log } from '../log/log.js';
import { LogLimit } from './log-limit.js';

/** CONNACK with return code 3, server unavailable (MQTT 3.1.1, 3.2.2.3). */
const UNAVAILABLE = Buffer.from([0x20, 2, 0, 3]);
/** Who is refused is told so when it introduces itself; who does not within this is closed, ms. */
const REFUSAL_PATIENCE_MS = 1_000;
/** So many are told at once; beyond that they are closed without a word. */
const MOST_TOLD = 100;
const LOG_INTERVAL_MS = 60_000;

/** How many connections a broker takes at once, terminals and all others together; those beyond are refused and counted. */
export class ConnectionLimit {
  readonly #most: number;
  readonly #log: Log;
  readonly #taken = new Set<Socket>();
  readonly #told = new Set<Socket>();
  readonly #complaints = new LogLimit(LOG_INTERVAL_MS);
  #refused = 0;

  constructor(most: number, log: Log) {
    this.#most = most;
    this.#log = log;
  }

  /** Connections that stand. */
  get count(): number {
    return this.#taken.size;
  }

  /** Connections refused since the start. */
  get refused(): number {
    return this.#refused;
  }

  /** Bounds also those that a listener has, and that are not here yet: in the middle of a handshake. */
  watch(listener: Server): void {
    listener.maxConnections = this.#most + MOST_TOLD;
    listener.on('drop', () => this.#count());
  }

  /** Takes a connection until it closes; false, and it is ended, where there are too many. */
  take(socket: Socket): boolean {
    if (this.#taken.size >= this.#most) {
      this.#refuse(socket);
      return false;
    }
    this.#taken.add(socket);
    socket.once('close', () => this.#taken.delete(socket));
    return true;
  }

  /** Ends all, the refused ones too. */
  endAll(): void {
    for (const socket of [...this.#taken, ...this.#told]) socket.destroy();
  }

  #refuse(socket: Socket): void {
    this.#count();
    if (this.#told.size >= MOST_TOLD) {
      socket.destroy();
      return;
    }
    this.#told.add(socket);
    const impatience = setTimeout(() => socket.destroy(), REFUSAL_PATIENCE_MS);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(impatience);
      this.#told.delete(socket);
    });
    // A close before what came is read could overtake the answer.
    socket.once('data', () => socket.end(UNAVAILABLE));
  }

  #count(): void {
    this.#refused += 1;
    // Not by address: those who are refused are many.
    if (this.#complaints.allows('', performance.now()))
      this.#log.warn('too many connections to the broker', { code: 'too-many-connections', most: this.#most });
  }
}
