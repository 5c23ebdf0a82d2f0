import type { Arrival, LostRange, Outcome, StoredPress } from '@hymio/gateway';
import type { AckMessage } from '@hymio/protocol';
import { checkStored } from './check-stored.js';
import type { Ledger } from './ledger.js';
import { nameArrival } from './name-arrival.js';
import type { Reached } from './reached.js';
import type { Verdict } from './verdict.js';
import { Working } from './working.js';

/** What the store has committed of one epoch, reckoned from what it said at each COMMIT. */
export interface CommittedEpoch {
  terminal: string;
  stored: Map<number, StoredPress>;
  lost: Set<number>;
  /** Every seq up to it is stored or lost. */
  mark: number;
  /** Highest lastSeq that a committed status reported. */
  reported: number;
}

/** One COMMIT. */
interface Commit {
  arrivals: readonly Arrival[];
  outcomes: readonly Outcome[];
}

/** The naive account of the store. It goes back with a restored backup, and checks every commit and every ack. */
export class Committed {
  readonly #ledger: Ledger;
  readonly #verdict: Verdict;
  readonly #reached: Reached;
  readonly #history: Commit[] = [];
  #epochs = new Map<string, CommittedEpoch>();
  #working = new Working();
  #restores = 0;

  constructor(ledger: Ledger, verdict: Verdict, reached: Reached) {
    this.#reached = reached;
    this.#ledger = ledger;
    this.#verdict = verdict;
  }

  /** Commits so far: names a state to go back to. */
  get length(): number {
    return this.#history.length;
  }

  /** How often the store has gone back. */
  get restores(): number {
    return this.#restores;
  }

  epoch(epoch: string): CommittedEpoch | undefined {
    return this.#epochs.get(epoch);
  }

  epochs(): ReadonlyMap<string, CommittedEpoch> {
    return this.#epochs;
  }

  /** True where the press is in the store, or recorded there as lost. */
  covers(epoch: string, seq: number): boolean {
    const known = this.#epochs.get(epoch);
    return known !== undefined && (known.stored.has(seq) || known.lost.has(seq));
  }

  /** Statuses of a terminal, in the order in which they were committed. */
  statuses(terminal: string): Extract<Arrival, { kind: 'status' }>[] {
    return this.#history
      .flatMap(({ arrivals, outcomes }) => arrivals.slice(0, outcomes.length))
      .filter((arrival): arrival is Extract<Arrival, { kind: 'status' }> => arrival.kind === 'status')
      .filter((arrival) => arrival.terminal === terminal);
  }

  add(arrivals: readonly Arrival[], outcomes: readonly Outcome[]): void {
    this.#history.push({ arrivals, outcomes });
    this.#apply({ arrivals, outcomes }, this.#reached);
  }

  /** The store was restored from a backup made after `length` commits. */
  goBack(length: number): void {
    this.#restores += 1;
    this.#history.length = length;
    this.#epochs = new Map();
    this.#working = new Working();
    for (const commit of this.#history) this.#apply(commit);
  }

  /** No ack may promise more than what is committed at this moment. */
  checkAck(terminal: string, ack: AckMessage): void {
    const mark = this.#epochs.get(ack.epoch)?.mark ?? 0;
    this.#verdict.check(
      ack.upTo <= mark,
      'ack-above-mark',
      () => `${terminal} was told ${ack.epoch} up to ${ack.upTo}; committed is ${mark}`,
    );
  }

  /** `reached`: where what happens is counted; absent: it happened before. */
  #apply({ arrivals, outcomes }: Commit, reached?: Reached): void {
    outcomes.forEach((outcome, index) => {
      const { presses, lost } = outcome;
      const arrival = arrivals[index];
      if (arrival === undefined) return;
      const mark = arrival.kind === 'presses' ? (this.#epochs.get(arrival.message.epoch)?.mark ?? 0) : 0;
      reached?.note('ingest', nameArrival(arrival, outcome, mark));
      if (arrival.kind === 'status') this.#working.hear(arrival, reached);
      for (const range of lost) this.#lose(range);
      for (const press of presses) this.#store(press, arrival);
      if (arrival.kind === 'status') this.#report(arrival.terminal, arrival.message.epochs);
    });
  }

  #report(terminal: string, spans: readonly { epoch: string; lastSeq: number }[]): void {
    for (const { epoch, lastSeq } of spans) {
      const known = this.#of(epoch, terminal);
      if (known.terminal === terminal) known.reported = Math.max(known.reported, lastSeq);
    }
  }

  #store(press: StoredPress, arrival: Arrival): void {
    const known = this.#of(press.epoch, press.terminal);
    const name = `${press.terminal} ${press.epoch} ${press.seq}`;
    this.#verdict.check(!known.stored.has(press.seq), 'stored-twice', () => name);
    this.#verdict.check(!known.lost.has(press.seq), 'stored-though-lost', () => name);
    checkStored(press, arrival, this.#ledger, this.#verdict);
    known.stored.set(press.seq, press);
    advance(known);
  }

  #lose({ terminal, epoch, from, to }: LostRange): void {
    const known = this.#of(epoch, terminal);
    for (let seq = from; seq <= to; seq += 1) {
      this.#verdict.check(!known.stored.has(seq), 'lost-though-stored', () => `${terminal} ${epoch} ${seq}`);
      this.#verdict.check(!known.lost.has(seq), 'lost-twice', () => `${terminal} ${epoch} ${seq}`);
      known.lost.add(seq);
    }
    advance(known);
  }

  #of(epoch: string, terminal: string): CommittedEpoch {
    const known = this.#epochs.get(epoch);
    if (known !== undefined) return known;
    const fresh = { terminal, stored: new Map(), lost: new Set<number>(), mark: 0, reported: 0 };
    this.#epochs.set(epoch, fresh);
    return fresh;
  }
}

function advance(known: CommittedEpoch): void {
  while (known.stored.has(known.mark + 1) || known.lost.has(known.mark + 1)) known.mark += 1;
}
