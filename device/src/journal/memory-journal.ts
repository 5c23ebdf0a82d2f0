import { type EpochSpan, HymioError } from '@hymio/protocol';
import { type AckMoment, ackedBefore, afterRewind, clampedTo, withMoment } from './ack-history.js';
import { forgettable, type LatestTimes } from './forgettable.js';
import type { EpochFacts, Journal, JournalPress, PressToKeep } from './journal.js';
import { isKnownNumber, type KnownBoots, type PanelNumber, withNumber } from './known-numbers.js';

interface MemoryEpoch extends EpochFacts {
  /** The mark as it was last written down for itself. */
  acked: number;
  /** The mark that travelled with the newest press. */
  carriedAcked: number;
  oldestSeq: number;
  presses: (JournalPress | null)[];
}

/** What a disk would hold: survives the journal object, so that a reboot can be simulated. */
export interface MemoryDisk {
  epochs: MemoryEpoch[];
  aside: Map<string, string>;
  /** When what was acknowledged. */
  history: readonly AckMoment[];
  /** Presses kept of panels that number them. */
  numbers: KnownBoots;
  /** While set, every commit fails with this code. */
  failure?: 'journal-full' | 'journal-unwritable';
}

export function emptyDisk(): MemoryDisk {
  return { epochs: [], aside: new Map(), history: [], numbers: new Map() };
}

/** The journal without a disk, for simulation under a fake clock. An ack is lost on a crash, as in the real one. */
export class MemoryJournal implements Journal {
  readonly epoch: string;
  readonly #disk: MemoryDisk;
  readonly #acked = new Map<string, number>();
  readonly #current: MemoryEpoch;
  #history: readonly AckMoment[];

  constructor(disk: MemoryDisk, opening: { epoch: string; bootId: string; bootMs: number }) {
    this.#disk = disk;
    const marks = Object.fromEntries(disk.epochs.map((known) => [known.epoch, ackedOnDisk(known)]));
    this.#history = clampedTo(disk.history, marks);
    disk.history = this.#history;
    this.epoch = opening.epoch;
    for (const known of disk.epochs) this.#acked.set(known.epoch, ackedOnDisk(known));
    this.#current = {
      epoch: opening.epoch,
      bootId: opening.bootId,
      offsetMs: undefined,
      openedBootMs: Math.round(opening.bootMs),
      lastBootMs: Math.round(opening.bootMs),
      waitedMs: 0,
      acked: 0,
      carriedAcked: 0,
      oldestSeq: 1,
      presses: [],
    };
    disk.epochs.push(this.#current);
  }

  keep({ numbered, ...press }: PressToKeep): number {
    this.#assertWritable();
    const current = this.#current;
    const seq = current.presses.length + current.oldestSeq;
    const [at, bootMs] = [Math.round(press.at), Math.round(press.bootMs)];
    current.presses.push({ ...press, seq, at, bootMs });
    if (numbered !== undefined) this.#disk.numbers = withNumber(this.#disk.numbers, numbered);
    current.lastBootMs = Math.max(current.lastBootMs, bootMs);
    current.carriedAcked = this.#ackedOf(current);
    for (const known of this.#disk.epochs) if (known !== current) this.#writeMark(known);
    return seq;
  }

  knows(numbered: PanelNumber): boolean {
    return isKnownNumber(this.#disk.numbers, numbered);
  }

  spans(): EpochSpan[] {
    return this.#disk.epochs
      .filter((known) => known.presses.length > 0)
      .map((known) => {
        const lastSeq = lastSeqOf(known);
        return {
          epoch: known.epoch,
          oldestSeq: known.oldestSeq,
          lastSeq,
          ackedSeq: Math.min(this.#ackedOf(known), lastSeq),
        };
      });
  }

  facts(): EpochFacts[] {
    return this.#disk.epochs.map(({ epoch, bootId, offsetMs, openedBootMs, lastBootMs, waitedMs }) => ({
      epoch,
      bootId,
      offsetMs,
      openedBootMs,
      lastBootMs,
      waitedMs,
    }));
  }

  read(epoch: string, firstSeq: number, count: number): (JournalPress | null)[] {
    const known = this.#known(epoch);
    return Array.from({ length: count }, (_, index) => {
      const seq = firstSeq + index;
      return this.#disk.aside.has(`${epoch} ${seq}`) ? null : (known.presses[seq - known.oldestSeq] ?? null);
    });
  }

  acknowledge(epoch: string, upTo: number): void {
    this.#acked.set(epoch, Math.min(upTo, lastSeqOf(this.#known(epoch))));
    this.#history = afterRewind(this.#history, epoch, upTo);
    if (this.#history !== this.#disk.history) this.flush();
  }

  setAside(epoch: string, seq: number, reason: string): void {
    this.#assertWritable();
    this.#disk.aside.set(`${epoch} ${seq}`, reason);
  }

  setAsideCount(): number {
    return this.#disk.aside.size;
  }

  noteOffset(offsetMs: number): void {
    this.#assertWritable();
    this.#current.offsetMs = Math.round(offsetMs);
    this.#writeMark(this.#current);
  }

  noteWaited(waitedMs: number): void {
    this.#assertWritable();
    this.#current.waitedMs = Math.round(waitedMs);
    this.#writeMark(this.#current);
  }

  noteAcknowledged(now: number): void {
    this.#assertWritable();
    const marks = Object.fromEntries(this.spans().map(({ epoch, ackedSeq }) => [epoch, ackedSeq]));
    this.#history = withMoment(this.#history, now, marks) ?? this.#history;
    if (this.#history !== this.#disk.history) this.flush();
  }

  forget(before: number): number {
    this.#assertWritable();
    let forgotten = 0;
    for (const known of this.#disk.epochs) {
      const latest = forgettable(this.facts(), known.epoch);
      const last = Math.min(this.#ackedOf(known), ackedBefore(this.#history, known.epoch, before));
      while (known.oldestSeq <= last) {
        const head = known.presses[0];
        if (head === undefined || (head !== null && latestTime(head, latest) >= before)) break;
        this.#disk.aside.delete(`${known.epoch} ${known.oldestSeq}`);
        known.presses.shift();
        known.oldestSeq += 1;
        this.#writeMark(known);
        forgotten += 1;
      }
    }
    const firstHolding = this.#disk.epochs.findIndex((known) => known.presses.length > 0 || known === this.#current);
    this.#disk.epochs.splice(0, forgotten > 0 ? Math.max(0, firstHolding - 1) : 0);
    return forgotten;
  }

  flush(): void {
    this.#assertWritable();
    for (const known of this.#disk.epochs) this.#writeMark(known);
    this.#disk.history = this.#history;
  }

  close(): void {
    this.flush();
  }

  #writeMark(known: MemoryEpoch): void {
    known.acked = this.#ackedOf(known);
  }

  #ackedOf(known: MemoryEpoch): number {
    return this.#acked.get(known.epoch) ?? known.acked;
  }

  #known(epoch: string): MemoryEpoch {
    const known = this.#disk.epochs.find((candidate) => candidate.epoch === epoch);
    if (known === undefined) throw new RangeError(`the journal has no epoch ${epoch}`);
    return known;
  }

  #assertWritable(): void {
    const failure = this.#disk.failure;
    if (failure) throw new HymioError(failure, 'The simulated disk cannot be written.', 'End the simulated fault.');
  }
}

function latestTime(press: JournalPress, { offsetMs, latestMs }: LatestTimes): number {
  if (press.synced) return press.at;
  return offsetMs === null ? latestMs : press.bootMs + offsetMs;
}

/** As in the file: a mark that went back may be forgotten by a crash, and the gateway then says it again. */
function ackedOnDisk({ acked, carriedAcked, presses }: MemoryEpoch): number {
  const tip = presses.at(-1);
  return tip === undefined || tip === null ? acked : Math.max(acked, carriedAcked);
}

function lastSeqOf(known: MemoryEpoch): number {
  return known.oldestSeq + known.presses.length - 1;
}
