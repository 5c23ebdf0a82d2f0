import type { NewPress } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import type { Verdict } from './verdict.js';

/** A press as the outside knows it: what was pushed, and when in truth. */
export interface LedgerPress {
  terminal: string;
  epoch: string;
  seq: number;
  rating: Rating;
  /** UTC ms. */
  trueAt: number;
  /** What the machine's wall clock said, UTC ms. */
  wallAt: number;
  synced: boolean;
  /** The machine's clock never claims to be synchronised while it is wrong. */
  truthful: boolean;
  /** A poisoned press reaches the gateway in a form that must be refused. */
  poisoned: boolean;
  thanked: boolean;
  /** On some card it cannot be read any more: it may be sent as lost, though another card holds it. */
  unreadable: boolean;
  /** It was on a card that was destroyed, replaced or had lied. */
  cardLost: boolean;
  /**
   * Deleted by its terminal as acknowledged and old; `unaware`: only from cards of which another copy had delivered it
   * anew, see `Deliverers`.
   */
  forgotten: 'not' | 'unaware' | 'aware';
}

/** Every press that was ever committed to a journal, kept apart from all production code. */
export class Ledger {
  readonly #verdict: Verdict;
  readonly #epochs = new Map<string, Map<number, LedgerPress>>();
  #count = 0;
  #poisoned = 0;

  constructor(verdict: Verdict) {
    this.#verdict = verdict;
  }

  get count(): number {
    return this.#count;
  }

  /** A journal has committed a press. */
  committed(
    terminal: string,
    epoch: string,
    seq: number,
    press: NewPress,
    truth: Pick<LedgerPress, 'trueAt' | 'truthful'>,
  ): void {
    const book = this.#epochs.get(epoch) ?? new Map<number, LedgerPress>();
    this.#epochs.set(epoch, book);
    if (book.has(seq)) this.#verdict.fail('identity-used-twice', `${terminal} ${epoch} ${seq} was kept before`);
    const { rating, at, synced } = press;
    const entry: Omit<LedgerPress, keyof typeof truth> = {
      terminal,
      epoch,
      seq,
      rating,
      wallAt: Math.round(at),
      synced,
      poisoned: false,
      thanked: false,
      unreadable: false,
      cardLost: false,
      forgotten: 'not',
    };
    book.set(seq, { ...entry, ...truth });
    this.#count += 1;
  }

  poison(epoch: string, seq: number): void {
    const press = this.find(epoch, seq);
    if (press === undefined) return;
    press.poisoned = true;
    this.#poisoned += 1;
  }

  get hasPoison(): boolean {
    return this.#poisoned > 0;
  }

  unreadable(epoch: string, seq: number): void {
    const press = this.find(epoch, seq);
    if (press !== undefined) press.unreadable = true;
  }

  cardLost(epoch: string, seq: number): void {
    const press = this.find(epoch, seq);
    if (press !== undefined) press.cardLost = true;
  }

  forgotten(epoch: string, seq: number, how: 'unaware' | 'aware'): void {
    const press = this.find(epoch, seq);
    if (press !== undefined && press.forgotten !== 'aware') press.forgotten = how;
  }

  find(epoch: string, seq: number): LedgerPress | undefined {
    return this.#epochs.get(epoch)?.get(seq);
  }

  *presses(): Generator<LedgerPress> {
    for (const book of this.#epochs.values()) yield* book.values();
  }

  /** Epochs in order of their first press. */
  epochs(): string[] {
    return [...this.#epochs.keys()];
  }
}
