import type { DeliveryOutcome } from '@hymio/gateway';
import type { Verdict } from '../verdict.js';

/** How the other end answers; `hangs` as `up`, and the answer comes late. */
export type ReceiverMood = 'up' | 'down' | 'busy' | 'refuses' | 'hangs';

/** One message, as the other end sees it. */
export interface Message {
  /** Its identity, the same at every attempt. */
  delivery: string;
  /** What it says to whom, as `2026-W47 organisation recipient 3`; two messages of one meaning are one too many. */
  meaning: string;
}

interface Taken {
  meaning: string;
  /** Of the gateway's process that sent it. */
  life: number;
}

/** Everybody's mailbox: what arrived, and whether anything arrived twice that need not have. */
export class MailRoom {
  readonly #verdict: Verdict;
  readonly #taken = new Map<string, Taken>();
  readonly #meanings = new Map<string, string>();
  mood: ReceiverMood = 'up';
  /** Messages that came once more, because the gateway died before it could note that they were taken. */
  again = 0;

  constructor(verdict: Verdict) {
    this.#verdict = verdict;
  }

  get count(): number {
    return this.#taken.size;
  }

  has(delivery: string): boolean {
    return this.#taken.has(delivery);
  }

  /** A message arrives from the `life`-th process of the gateway. */
  offer({ delivery, meaning }: Message, life: number): DeliveryOutcome {
    if (this.mood === 'down') return { kind: 'unreachable', reason: 'nobody answers' };
    if (this.mood === 'busy') return { kind: 'failed', reason: '450 not now' };
    if (this.mood === 'refuses') return { kind: 'refused', reason: '550 no such person' };
    const before = this.#taken.get(delivery);
    if (before !== undefined) {
      // Only a process that died in between may not have known.
      this.#verdict.check(before.life !== life, 'sent-twice', () => `${meaning} as ${delivery}`);
      this.again += 1;
    }
    const other = this.#meanings.get(meaning);
    const same = other === undefined || other === delivery;
    this.#verdict.check(same, 'two-messages-for-one', () => `${meaning} as ${other} and ${delivery}`);
    this.#meanings.set(meaning, delivery);
    this.#taken.set(delivery, { meaning, life });
    return { kind: 'delivered' };
  }
}
