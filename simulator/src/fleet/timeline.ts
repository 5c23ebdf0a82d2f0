import type { VisitorPress } from '../visitors/visitor-press.js';
import type { Fault } from './fault-plan.js';

export type TimelineEvent = { kind: 'press'; at: number; press: VisitorPress } | Fault;

/** What happens to one terminal, presses and faults, in order of true time. */
export class Timeline {
  readonly #presses: Iterator<VisitorPress, void>;
  readonly #faults: readonly Fault[];
  #press: VisitorPress | undefined;
  #nextFault = 0;

  constructor(presses: Iterable<VisitorPress>, faults: readonly Fault[]) {
    this.#presses = presses[Symbol.iterator]();
    this.#faults = faults;
    this.#press = this.#presses.next().value ?? undefined;
  }

  /** Takes the next event before `to` (UTC ms); undefined where there is none. */
  take(to: number): TimelineEvent | undefined {
    const fault = this.#faults[this.#nextFault];
    const press = this.#press;
    if (fault !== undefined && fault.at < to && fault.at <= (press?.at ?? Number.POSITIVE_INFINITY)) {
      this.#nextFault += 1;
      return fault;
    }
    if (press === undefined || press.at >= to) return undefined;
    this.#press = this.#presses.next().value ?? undefined;
    return { kind: 'press', at: press.at, press };
  }
}
