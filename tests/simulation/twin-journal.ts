import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Journal, type JournalPress, type NewPress, ResilientJournal } from '@hymio/device';
import type { EpochSpan } from '@hymio/protocol';
import type { JournalOpening } from '@hymio/simulator';
import { memoryFolder } from '../support/memory-folder.js';
import { TamperedJournal } from './tampered-journal.js';

/** Where the files of simulated machines lie while a seed runs. */
export class TwinDisks {
  readonly #root = memoryFolder('hymio-twins-');
  readonly #open = new Map<string, ResilientJournal>();
  /** What the two journals did not agree on. */
  readonly differences: string[] = [];
  compared = 0;

  /** A journal that is kept twice: as the simulation keeps it, and in a real file. The one before it crashed. */
  twin(journal: Journal, { machine, terminal, epoch, bootId, bootMs }: JournalOpening): Journal {
    this.#open.get(machine)?.crash();
    const file = new ResilientJournal(
      { folder: join(this.#root, machine), terminal, now: () => 0, opening: () => ({ epoch, bootId, bootMs }) },
      ({ code, detail }) => this.differences.push(`${machine}: ${code} ${detail}`),
    );
    this.#open.set(machine, file);
    const twin = new TwinJournal(journal, file, (what) => this.#compare(machine, what));
    twin.compare('open');
    return twin;
  }

  remove(): void {
    for (const journal of this.#open.values()) journal.crash();
    rmSync(this.#root, { recursive: true, force: true });
  }

  #compare(machine: string, { what, simulated, real }: { what: string; simulated: unknown; real: unknown }): void {
    this.compared += 1;
    const [one, other] = [JSON.stringify(simulated), JSON.stringify(real)];
    if (one !== other) this.differences.push(`${machine}: ${what}: simulated ${one}, in the file ${other}`);
  }
}

class TwinJournal extends TamperedJournal {
  readonly #file: Journal;
  readonly #tell: (difference: { what: string; simulated: unknown; real: unknown }) => void;

  constructor(
    journal: Journal,
    file: Journal,
    tell: (difference: { what: string; simulated: unknown; real: unknown }) => void,
  ) {
    super(journal);
    this.#file = file;
    this.#tell = tell;
  }

  /** Spans, facts and what is set aside. */
  compare(what: string): void {
    this.#tell({ what: `spans after ${what}`, simulated: this.journal.spans(), real: this.#file.spans() });
    this.#tell({ what: `facts after ${what}`, simulated: this.journal.facts(), real: this.#file.facts() });
    const [simulated, real] = [this.journal.setAsideCount(), this.#file.setAsideCount()];
    this.#tell({ what: `set aside after ${what}`, simulated, real });
  }

  override keep(press: NewPress): number {
    return this.#both('keep', (journal) => journal.keep(press));
  }

  override spans(): EpochSpan[] {
    return this.journal.spans();
  }

  override read(epoch: string, firstSeq: number, count: number): (JournalPress | null)[] {
    return this.#both('read', (journal) => journal.read(epoch, firstSeq, count));
  }

  override acknowledge(epoch: string, upTo: number): void {
    this.#both('acknowledge', (journal) => journal.acknowledge(epoch, upTo));
  }

  override setAside(epoch: string, seq: number, reason: string): void {
    this.#both('setAside', (journal) => journal.setAside(epoch, seq, reason));
  }

  override noteOffset(offsetMs: number): void {
    this.#both('noteOffset', (journal) => journal.noteOffset(offsetMs));
  }

  override noteWaited(waitedMs: number): void {
    this.#both('noteWaited', (journal) => journal.noteWaited(waitedMs));
  }

  override noteAcknowledged(now: number): void {
    this.#both('noteAcknowledged', (journal) => journal.noteAcknowledged(now));
  }

  override forget(before: number): number {
    return this.#both('forget', (journal) => journal.forget(before));
  }

  override flush(): void {
    this.#both('flush', (journal) => journal.flush());
  }

  /** The file itself stays open until the next opening: that only the flush counts is what a crash proves. */
  override close(): void {
    this.#both('close', (journal) => journal.flush());
  }

  #both<T>(what: string, act: (journal: Journal) => T): T {
    const simulated = act(this.journal);
    this.#tell({ what, simulated, real: act(this.#file) });
    this.compare(what);
    return simulated;
  }
}
