/** How often each transition of each state machine was taken, as `uplink: idle, changed → in-flight, sends`. */
export type ReachedCounts = Record<string, number>;

/** Counts transitions over one run. */
export class Reached {
  readonly #counts: ReachedCounts = {};

  note(machine: string, transition: string): void {
    const name = `${machine}: ${transition}`;
    this.#counts[name] = (this.#counts[name] ?? 0) + 1;
  }

  counts(): ReachedCounts {
    return this.#counts;
  }
}
