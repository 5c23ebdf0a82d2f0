import type { AckMessage, EpochSpan } from '@hymio/protocol';
import type { Send } from './uplink-rig.js';

/** A gateway that follows the wire format, as short as it can be told; `poisoned` presses make it refuse a batch. */
export class GatewayModel {
  readonly marks = new Map<string, number>();
  readonly committed = new Map<string, number>();
  readonly lost = new Set<string>();
  refusals = 0;
  readonly #poisoned: ReadonlySet<string>;
  readonly #isNull: (epoch: string, seq: number) => boolean;

  constructor(isNull: (epoch: string, seq: number) => boolean, poisoned: ReadonlySet<string> = new Set()) {
    this.#isNull = isNull;
    this.#poisoned = poisoned;
  }

  /** The answer to a batch. */
  receive({ epoch, firstSeq, count, oldestSeq }: Send): AckMessage {
    const mark = this.marks.get(epoch) ?? 0;
    const seqs = Array.from({ length: count }, (_, index) => firstSeq + index);
    const name = (seq: number): string => `${epoch} ${seq}`;
    if (seqs.some((seq) => this.#poisoned.has(name(seq)) && !this.#isNull(epoch, seq))) {
      this.refusals += 1;
      return { epoch, upTo: mark, refused: 'malformed', firstSeq, count };
    }
    if (firstSeq > mark + 1 && oldestSeq <= mark + 1) return { epoch, upTo: mark, rewind: true };
    for (let seq = mark + 1; seq < firstSeq; seq += 1) this.lost.add(name(seq));
    for (const seq of seqs.filter((each) => each > mark)) {
      if (this.#isNull(epoch, seq)) this.lost.add(name(seq));
      else this.committed.set(name(seq), (this.committed.get(name(seq)) ?? 0) + 1);
    }
    const upTo = Math.max(mark, firstSeq + count - 1);
    this.marks.set(epoch, upTo);
    return { epoch, upTo };
  }

  /** The answers to a status that claims more than was committed. */
  hearStatus(spans: readonly EpochSpan[]): AckMessage[] {
    return spans
      .filter(({ epoch, ackedSeq }) => ackedSeq > (this.marks.get(epoch) ?? 0))
      .map(({ epoch }) => ({ epoch, upTo: this.marks.get(epoch) ?? 0, rewind: true }));
  }
}
