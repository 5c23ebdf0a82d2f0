/**
 * Work of production code that takes real time, such as signing, in between what is simulated: virtual time stands still
 * until it is done, so that a run stays the same however fast the computer is.
 */
export class RealWork {
  #running = 0;

  get idle(): boolean {
    return this.#running <= 0;
  }

  /** To be called where code goes on: at its start, and when what it waited for has come. */
  goesOn(): void {
    this.#running += 1;
  }

  /** To be called where code ends, or waits for what is simulated. */
  rests(): void {
    this.#running -= 1;
  }

  /** Does something of which all that is simulated says that it rests. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.goesOn();
    try {
      return await work();
    } finally {
      this.rests();
    }
  }
}
