/** A chunk is six entries and the number of the next chunk in two halves. */
const ENTRIES = 6;
const CHUNK = 8;
const SLAB_BITS = 10;
const CHUNKS_PER_SLAB = 1 << SLAB_BITS;
/** Chunks of a chain that are looked at for the entry of a key before it gets another one. */
const LOOKED_AT = 2;
const ENTRY_BITS = 16;
const HALF_BITS = 16;
const HALF = (1 << HALF_BITS) - 1;

/** A chain without a count. */
export const NO_CHAIN = 0;

/**
 * Many small sets of counts by key, packed: an entry of two bytes is a key and a count, entries lie in chunks that are
 * linked to chains, and all chunks in a few arrays. Ten thousand places with some presses each cost their entries, where
 * an array for each would cost more than it holds. A chain is known by its number, which each change may change.
 */
export class CountChains {
  readonly #countBits: number;
  /** The most that one entry counts; a key may have several. */
  readonly #most: number;
  readonly #slabs: Uint16Array[] = [];
  /** Chunks that nobody uses, a chain as well. */
  #free = NO_CHAIN;
  #made = 1;

  /** Keys are 0 … `keys` − 1; at most 32,768. */
  constructor(keys: number) {
    const keyBits = Math.ceil(Math.log2(keys));
    if (keyBits >= ENTRY_BITS) throw new RangeError(`${keys} keys are too many`);
    this.#countBits = ENTRY_BITS - keyBits;
    this.#most = 2 ** this.#countBits - 1;
  }

  /** Counts so many more of a key, and returns the chain. */
  add(chain: number, key: number, count: number): number {
    let changed = chain;
    for (let rest = count; rest > 0; rest -= this.#most) {
      changed = this.#addEntry(changed, key, Math.min(rest, this.#most));
    }
    return changed;
  }

  /** Leaves in a chain only what `stays`, and returns it. A key may be asked for several times, with a part of its count each. */
  filter(chain: number, stays: (key: number, count: number) => boolean): number {
    let first = chain;
    let used = this.#usedOf(first);
    for (let chunk = chain; chunk !== NO_CHAIN; ) {
      const next = this.#next(chunk);
      const slab = this.#slabOf(chunk);
      const base = baseOf(chunk);
      for (let place = base; place < base + ENTRIES; ) {
        const entry = slab[place] ?? 0;
        if (entry === 0) break;
        if (stays(entry >> this.#countBits, entry & this.#most)) {
          place += 1;
          continue;
        }
        // The last entry of the first chunk takes its place: no other chunk has room.
        used -= 1;
        this.#move(first, used, slab, place);
        if (used > 0) continue;
        first = this.#release(first);
        used = this.#usedOf(first);
      }
      chunk = next;
    }
    return first;
  }

  #addEntry(chain: number, key: number, count: number): number {
    // What was added last is nearly always in front, and is what is added to next.
    let chunk = chain;
    for (let looked = 0; looked < LOOKED_AT && chunk !== NO_CHAIN; looked += 1) {
      const slab = this.#slabOf(chunk);
      const base = baseOf(chunk);
      for (let place = base; place < base + ENTRIES; place += 1) {
        const entry = slab[place] ?? 0;
        if (entry === 0) break;
        if (entry >> this.#countBits !== key || (entry & this.#most) + count > this.#most) continue;
        slab[place] = entry + count;
        return chain;
      }
      chunk = this.#next(chunk);
    }
    return this.#addInFront(chain, (key << this.#countBits) | count);
  }

  /** Only the first chunk of a chain has room. */
  #addInFront(chain: number, entry: number): number {
    // Who needs more memory is most likely who took it: a key has many entries where many keys come in turn.
    const first = !this.#hasRoom(chain) && this.#isFull() ? this.#pack(chain) : chain;
    if (this.#hasRoom(first)) {
      this.#slabOf(first)[baseOf(first) + this.#usedOf(first)] = entry;
      return first;
    }
    const chunk = this.#take();
    this.#slabOf(chunk)[baseOf(chunk)] = entry;
    this.#link(chunk, first);
    return chunk;
  }

  #hasRoom(chunk: number): boolean {
    return chunk !== NO_CHAIN && this.#usedOf(chunk) < ENTRIES;
  }

  /** Whether one chunk more takes another array. */
  #isFull(): boolean {
    return this.#free === NO_CHAIN && this.#made >> SLAB_BITS >= this.#slabs.length;
  }

  /** The same counts in as few entries as there can be, in chunks that it had; what was in front stays there. */
  #pack(chain: number): number {
    const counts = new Map<number, number>();
    this.filter(chain, (key, count) => {
      counts.set(key, (counts.get(key) ?? 0) + count);
      return false;
    });
    let packed = NO_CHAIN;
    for (const [key, count] of [...counts].reverse()) packed = this.add(packed, key, count);
    return packed;
  }

  /** Entries of a chunk: those without room behind them. */
  #usedOf(chunk: number): number {
    if (chunk === NO_CHAIN) return 0;
    const slab = this.#slabOf(chunk);
    const base = baseOf(chunk);
    let used = 0;
    while (used < ENTRIES && slab[base + used] !== 0) used += 1;
    return used;
  }

  /** Moves an entry of a chunk; to its own place: it is gone. */
  #move(chunk: number, index: number, into: Uint16Array, place: number): void {
    const slab = this.#slabOf(chunk);
    const from = baseOf(chunk) + index;
    into[place] = slab[from] ?? 0;
    slab[from] = 0;
  }

  #take(): number {
    const chunk = this.#free;
    if (chunk !== NO_CHAIN) {
      this.#free = this.#next(chunk);
      return chunk;
    }
    const made = this.#made;
    this.#made += 1;
    if (made >> SLAB_BITS >= this.#slabs.length) {
      this.#slabs.push(new Uint16Array(CHUNKS_PER_SLAB * CHUNK));
    }
    return made;
  }

  /** A chunk without entries is free; returns the one behind it. */
  #release(chunk: number): number {
    const next = this.#next(chunk);
    this.#link(chunk, this.#free);
    this.#free = chunk;
    return next;
  }

  #next(chunk: number): number {
    const slab = this.#slabOf(chunk);
    const base = baseOf(chunk) + ENTRIES;
    return (slab[base] ?? 0) + (slab[base + 1] ?? 0) * (HALF + 1);
  }

  #link(chunk: number, next: number): void {
    const slab = this.#slabOf(chunk);
    const base = baseOf(chunk) + ENTRIES;
    slab[base] = next & HALF;
    slab[base + 1] = next >>> HALF_BITS;
  }

  #slabOf(chunk: number): Uint16Array {
    const slab = this.#slabs[chunk >> SLAB_BITS];
    if (slab === undefined) throw new Error(`there is no chunk ${chunk}`);
    return slab;
  }
}

function baseOf(chunk: number): number {
  return (chunk & (CHUNKS_PER_SLAB - 1)) * CHUNK;
}
