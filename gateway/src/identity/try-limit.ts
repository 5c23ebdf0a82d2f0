/** How many failures are borne within a window, from one address and from all together. */
export interface TryLimits {
  perAddress: number;
  inAll: number;
  windowMs: number;
}

/** Failed tries of late; remembers no more than `inAll` of them. `now` is passed in: any clock in ms. */
export class TryLimit {
  readonly #limits: TryLimits;
  #failures: { address: string; at: number }[] = [];

  constructor(limits: TryLimits) {
    this.#limits = limits;
  }

  /**
   * Begins a try of somebody at this address, which counts as failed until the function given is called; undefined where
   * there were too many. So tries that are made at once count as well.
   */
  begin(address: string, now: number): (() => void) | undefined {
    const { perAddress, inAll, windowMs } = this.#limits;
    this.#failures = this.#failures.filter(({ at }) => now - at < windowMs);
    if (this.#failures.length >= inAll) return undefined;
    if (this.#failures.filter((failure) => failure.address === address).length >= perAddress) return undefined;
    const failure = { address, at: now };
    this.#failures.push(failure);
    return () => {
      this.#failures = this.#failures.filter((one) => one !== failure);
    };
  }
}
