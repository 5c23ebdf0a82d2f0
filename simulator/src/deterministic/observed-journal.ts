import type { EpochFacts, Journal, JournalPress, NewPress } from '@hymio/device';
import type { EpochSpan } from '@hymio/protocol';
import type { SimulatedProcess } from './simulated-process.js';

export interface JournalObserver {
  /** A press has just been committed to the journal. */
  kept(epoch: string, seq: number, press: NewPress): void;
  /** Presses have just been deleted as acknowledged and old. */
  forgot(before: readonly EpochSpan[], after: readonly EpochSpan[]): void;
}

/** A journal that tells the ledger, and may be the last thing that its process does, before or after each write. */
export class ObservedJournal implements Journal {
  readonly #journal: Journal;
  readonly #process: SimulatedProcess;
  readonly #observer: JournalObserver;

  constructor(journal: Journal, process: SimulatedProcess, observer: JournalObserver) {
    this.#journal = journal;
    this.#process = process;
    this.#observer = observer;
  }

  get epoch(): string {
    return this.#journal.epoch;
  }

  keep(press: NewPress): number {
    return this.#write(() => {
      const seq = this.#journal.keep(press);
      this.#observer.kept(this.#journal.epoch, seq, press);
      return seq;
    });
  }

  spans(): EpochSpan[] {
    return this.#journal.spans();
  }

  facts(): EpochFacts[] {
    return this.#journal.facts();
  }

  read(epoch: string, firstSeq: number, count: number): (JournalPress | null)[] {
    return this.#journal.read(epoch, firstSeq, count);
  }

  acknowledge(epoch: string, upTo: number): void {
    this.#write(() => this.#journal.acknowledge(epoch, upTo));
  }

  setAside(epoch: string, seq: number, reason: string): void {
    this.#write(() => this.#journal.setAside(epoch, seq, reason));
  }

  setAsideCount(): number {
    return this.#journal.setAsideCount();
  }

  noteOffset(offsetMs: number): void {
    this.#write(() => this.#journal.noteOffset(offsetMs));
  }

  noteWaited(waitedMs: number): void {
    this.#write(() => this.#journal.noteWaited(waitedMs));
  }

  noteAcknowledged(now: number): void {
    this.#write(() => this.#journal.noteAcknowledged(now));
  }

  forget(before: number): number {
    return this.#write(() => {
      const held = this.#journal.spans();
      const forgotten = this.#journal.forget(before);
      if (forgotten > 0) this.#observer.forgot(held, this.#journal.spans());
      return forgotten;
    });
  }

  flush(): void {
    this.#write(() => this.#journal.flush());
  }

  close(): void {
    this.#write(() => this.#journal.close());
  }

  #write<T>(act: () => T): T {
    this.#process.point();
    const result = act();
    this.#process.point();
    return result;
  }
}
