import type { Cancel } from '@hymio/protocol';

interface Entry {
  atMs: number;
  order: number;
  run: (() => void) | undefined;
}

/** Virtual time: runs events in order of (time, order of scheduling), never two at once and never by the real clock. */
export class Scheduler {
  readonly #heap: Entry[] = [];
  #now: number;
  #order = 0;
  #events = 0;
  #promisesWaiting = false;
  readonly #idle: () => boolean;

  /** `startMs`: true time at the beginning, UTC ms. `idle`: false while something is under way that takes real time. */
  constructor(startMs: number, idle: () => boolean = () => true) {
    this.#now = startMs;
    this.#idle = idle;
  }

  /** True time, UTC ms. */
  now(): number {
    return this.#now;
  }

  /** How many events ran. */
  get events(): number {
    return this.#events;
  }

  after(delayMs: number, run: () => void): Cancel {
    return this.at(this.#now + Math.max(0, Math.ceil(delayMs)), run);
  }

  at(atMs: number, run: () => void): Cancel {
    const entry: Entry = { atMs: Math.max(atMs, this.#now), order: this.#order, run };
    this.#order += 1;
    push(this.#heap, entry);
    return () => {
      entry.run = undefined;
    };
  }

  /** To be said by whoever resolves a promise: all that follows from it runs before the next event. */
  promisesWait(): void {
    this.#promisesWaiting = true;
  }

  /** Runs events up to and including `untilMs`; stops early where `halted` says so after an event. */
  async runUntil(untilMs: number, halted: () => boolean): Promise<void> {
    while (!halted()) {
      if (this.#promisesWaiting) {
        this.#promisesWaiting = false;
        do await everyPromise();
        while (!this.#idle());
        continue;
      }
      const next = this.#heap[0];
      if (next === undefined || next.atMs > untilMs) {
        this.#now = untilMs;
        return;
      }
      pop(this.#heap);
      if (next.run === undefined) continue;
      this.#now = next.atMs;
      this.#events += 1;
      next.run();
    }
  }
}

/** One turn of the real event loop: every chain of promises runs to its end before it. */
function everyPromise(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function before(a: Entry, b: Entry): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] as Entry;
    if (!before(entry, above)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
    if (!before(heap[child] as Entry, last)) break;
    heap[index] = heap[child] as Entry;
    index = child;
  }
  heap[index] = last;
}
