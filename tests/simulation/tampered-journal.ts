import type { EpochFacts, Journal, JournalPress, NewPress } from '@hymio/device';
import type { EpochSpan } from '@hymio/protocol';

/** A journal that does as the one within it, for a subclass to break. */
export class TamperedJournal implements Journal {
  protected readonly journal: Journal;

  constructor(journal: Journal) {
    this.journal = journal;
  }

  get epoch(): string {
    return this.journal.epoch;
  }

  keep(press: NewPress): number {
    return this.journal.keep(press);
  }

  spans(): EpochSpan[] {
    return this.journal.spans();
  }

  facts(): EpochFacts[] {
    return this.journal.facts();
  }

  read(epoch: string, firstSeq: number, count: number): (JournalPress | null)[] {
    return this.journal.read(epoch, firstSeq, count);
  }

  acknowledge(epoch: string, upTo: number): void {
    this.journal.acknowledge(epoch, upTo);
  }

  setAside(epoch: string, seq: number, reason: string): void {
    this.journal.setAside(epoch, seq, reason);
  }

  setAsideCount(): number {
    return this.journal.setAsideCount();
  }

  noteOffset(offsetMs: number): void {
    this.journal.noteOffset(offsetMs);
  }

  noteWaited(waitedMs: number): void {
    this.journal.noteWaited(waitedMs);
  }

  noteAcknowledged(now: number): void {
    this.journal.noteAcknowledged(now);
  }

  forget(before: number): number {
    return this.journal.forget(before);
  }

  flush(): void {
    this.journal.flush();
  }

  close(): void {
    this.journal.close();
  }
}
