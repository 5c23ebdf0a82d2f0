/** One life of a firmware: from when it takes presses to its end. */
export interface Life {
  terminal: string;
  /** True time, UTC ms. */
  from: number;
  /** Absent: it still lives. */
  to?: number;
}

/** When firmware lived in truth, kept apart from all production code. */
export class Lives {
  /** By epoch: each life has one of its own. */
  readonly #lives = new Map<string, Life>();
  /** The epoch of what lives now, by machine. */
  readonly #living = new Map<string, string>();

  /** `machine` tells two with one id apart; `at`: true time, UTC ms. */
  begins(machine: string, terminal: string, epoch: string, at: number): void {
    this.#lives.set(epoch, { terminal, from: at });
    this.#living.set(machine, epoch);
  }

  ends(machine: string, at: number): void {
    const life = this.#lives.get(this.#living.get(machine) ?? '');
    if (life !== undefined) life.to = at;
    this.#living.delete(machine);
  }

  of(epoch: string): Life | undefined {
    return this.#lives.get(epoch);
  }

  /** Stretches between the first life of a terminal and its last in which none of its machines was alive. */
  outages(terminal: string): { from: number; to: number }[] {
    const lives = [...this.#lives.values()].filter((life) => life.terminal === terminal);
    lives.sort((a, b) => a.from - b.from);
    const outages: { from: number; to: number }[] = [];
    let aliveTo = lives[0]?.from ?? 0;
    for (const { from, to = Number.POSITIVE_INFINITY } of lives) {
      if (from > aliveTo) outages.push({ from: aliveTo, to: from });
      aliveTo = Math.max(aliveTo, to);
    }
    return outages;
  }
}
