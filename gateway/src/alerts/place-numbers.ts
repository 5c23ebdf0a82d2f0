/** Small numbers for ids, so that what is kept of many lies in arrays. A number that is free again goes to the next id. */
export class PlaceNumbers {
  readonly #numbers = new Map<string, number>();
  readonly #free: number[] = [];

  /** The number of an id, which has one from now on. */
  of(id: string): number {
    const known = this.#numbers.get(id);
    if (known !== undefined) return known;
    // So many have one: as long as none is free, the next is their count.
    const number = this.#free.pop() ?? this.#numbers.size;
    this.#numbers.set(id, number);
    return number;
  }

  /** Undefined: it has none. */
  find(id: string): number | undefined {
    return this.#numbers.get(id);
  }

  release(id: string): void {
    const number = this.#numbers.get(id);
    if (number === undefined) return;
    this.#numbers.delete(id);
    this.#free.push(number);
  }
}
