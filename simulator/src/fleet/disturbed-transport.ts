import type { Publication, Transport, TransportListener } from '@hymio/device';
import type { Clock, Random } from '@hymio/protocol';
import { drawBetween, drawChance } from '../random/draw.js';

/** How often a message fares badly, as shares 0 … 1. */
export interface Disturbance {
  /** A batch or an ack arrives twice. */
  duplicate: number;
  /** A batch arrives once more, long after it was answered. */
  late: number;
  /** An ack never arrives. */
  ackLost: number;
}

export const UNDISTURBED: Disturbance = { duplicate: 0, late: 0, ackLost: 0 };

/** Late means up to so many milliseconds. */
const LATE_MS = 10_000;

/** A network that delivers some messages twice, some late and some acks never. */
export class DisturbedTransport implements Transport {
  readonly #inner: Transport;
  readonly #disturbance: Disturbance;
  readonly #random: Random;
  readonly #clock: Clock;

  constructor(inner: Transport, disturbance: Disturbance, random: Random, clock: Clock) {
    this.#inner = inner;
    this.#disturbance = disturbance;
    this.#random = random;
    this.#clock = clock;
  }

  start(listener: TransportListener): void {
    this.#inner.start({
      connected: () => listener.connected(),
      disconnected: () => listener.disconnected(),
      fault: (code, detail) => listener.fault(code, detail),
      message: (kind, payload) => {
        if (kind === 'ack' && drawChance(this.#random, this.#disturbance.ackLost)) return;
        listener.message(kind, payload);
        if (drawChance(this.#random, this.#disturbance.duplicate)) listener.message(kind, payload);
      },
    });
  }

  publish(publication: Publication): void {
    this.#inner.publish(publication);
    if (publication.kind !== 'presses') return;
    if (drawChance(this.#random, this.#disturbance.duplicate)) this.#inner.publish(publication);
    if (drawChance(this.#random, this.#disturbance.late)) {
      this.#clock.after(drawBetween(this.#random, 0, LATE_MS), () => this.#inner.publish(publication));
    }
  }

  stop(): Promise<void> {
    return this.#inner.stop();
  }
}
