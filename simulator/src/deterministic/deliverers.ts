import type { PressesMessage } from '@hymio/protocol';
import type { MemoryDisk } from './card.js';
import type { Committed } from './committed.js';

interface Sent {
  /** How often the store had been restored then. */
  restores: number;
  cards: Set<MemoryDisk>;
}

/**
 * From which cards each press was sent when the gateway lacked it. Where a card was copied, one copy may deliver anew what
 * a restored store had lost: another copy, away meanwhile, hears of no rewind and counts from its own acknowledgement.
 */
export class Deliverers {
  readonly #committed: Committed;
  readonly #sent = new Map<string, Sent>();

  constructor(committed: Committed) {
    this.#committed = committed;
  }

  sends(card: MemoryDisk, payload: string): void {
    const { epoch, firstSeq, presses } = JSON.parse(payload) as PressesMessage;
    const { restores } = this.#committed;
    for (let seq = firstSeq; seq < firstSeq + presses.length; seq += 1) {
      if (this.#committed.covers(epoch, seq)) continue;
      const name = `${epoch} ${seq}`;
      const known = this.#sent.get(name);
      if (known?.restores === restores) known.cards.add(card);
      else this.#sent.set(name, { restores, cards: new Set([card]) });
    }
  }

  /** True where the gateway has the press, but never from this card since it last lacked it. */
  onlyOthers(card: MemoryDisk, epoch: string, seq: number): boolean {
    const known = this.#sent.get(`${epoch} ${seq}`);
    return known !== undefined && !known.cards.has(card);
  }
}
