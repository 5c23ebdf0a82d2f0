import type { StatusArrival } from '../store/store.js';

/** A status and its place among all that came. */
interface Numbered {
  arrival: StatusArrival;
  nth: number;
}

/**
 * Which statuses are on their way to the store, and the newest of each terminal that was not taken. To a terminal an ack
 * proves that the status before it was seen and that nothing it claims is wanted again, so that what is old may be
 * deleted: until a status that was not taken, or a newer one, is taken, the terminal hears no acks.
 */
export class StatusBook {
  readonly #waiting = new Map<string, Numbered[]>();
  readonly #missed = new Map<string, Numbered>();
  #count = 0;

  /** It waits to be committed. */
  waits(arrival: StatusArrival): void {
    const waiting = this.#waiting.get(arrival.terminal);
    const numbered = { arrival, nth: ++this.#count };
    if (waiting === undefined) this.#waiting.set(arrival.terminal, [numbered]);
    else waiting.push(numbered);
  }

  taken(arrival: StatusArrival): void {
    const { nth } = this.#ends(arrival);
    const missed = this.#missed.get(arrival.terminal);
    if (missed !== undefined && missed.nth <= nth) this.#missed.delete(arrival.terminal);
  }

  /** It was given up, whether it waited or not. */
  missed(arrival: StatusArrival): void {
    const ended = this.#ends(arrival);
    const before = this.#missed.get(arrival.terminal);
    if (before === undefined || before.nth < ended.nth) this.#missed.set(arrival.terminal, ended);
  }

  /** False while a status was missed. */
  mayAck(terminal: string): boolean {
    return !this.#missed.has(terminal);
  }

  /** Whether one of the terminal waits: what is answered at once must not be answered before it. */
  isWaiting(terminal: string): boolean {
    return this.#waiting.has(terminal);
  }

  /** The one that was missed, unless one waits already: that may be newer. */
  toTryAgain(terminal: string): StatusArrival | undefined {
    return this.isWaiting(terminal) ? undefined : this.#missed.get(terminal)?.arrival;
  }

  #ends(arrival: StatusArrival): Numbered {
    const waiting = this.#waiting.get(arrival.terminal) ?? [];
    const index = waiting.findIndex((each) => each.arrival === arrival);
    const [ended] = index === -1 ? [] : waiting.splice(index, 1);
    if (waiting.length === 0) this.#waiting.delete(arrival.terminal);
    return ended ?? { arrival, nth: ++this.#count };
  }
}
