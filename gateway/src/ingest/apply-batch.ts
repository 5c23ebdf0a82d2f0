import { type AckMessage, MAX_GAP, type PressesMessage, type RefusalCode } from '@hymio/protocol';

/** What the store knows of an epoch: its mark (0: unknown) and the terminal that it came from. */
export interface EpochState {
  mark: number;
  owner?: string;
}

/** Presses from..to (inclusive) of one epoch. */
export interface SeqRange {
  from: number;
  to: number;
}

export interface BatchDecision {
  ack: AckMessage;
  /** The mark afterwards; unchanged by a refusal. */
  mark: number;
  /** To be recorded as lost, ascending; contiguous seqs are one range. */
  lost: SeqRange[];
  /** Index of the first entry to store; those from it on that are not null are stored. presses.length: none. */
  applyFrom: number;
  refused?: RefusalCode;
}

/**
 * What a batch means for an epoch, by the rule of the wire format ("Gateway, expected = mark + 1"): skip what is below,
 * rewind over a gap that can be filled, record as lost what can not.
 */
export function applyBatch(state: EpochState, terminal: string, message: PressesMessage): BatchDecision {
  const expected = state.mark + 1;
  const { firstSeq, oldestSeq } = message;
  if (state.owner !== undefined && state.owner !== terminal) return refuse(state, message, 'epoch-of-another-terminal');
  if (firstSeq <= expected) return take(message, expected, []);
  if (oldestSeq <= expected) return rewind(message, state.mark, []);
  if (oldestSeq - expected > MAX_GAP) return refuse(state, message, 'gap-too-large');
  const lost = [{ from: expected, to: oldestSeq - 1 }];
  return firstSeq <= oldestSeq ? take(message, oldestSeq, lost) : rewind(message, oldestSeq - 1, lost);
}

function refuse(state: EpochState, message: PressesMessage, refused: RefusalCode): BatchDecision {
  const { epoch, firstSeq, presses } = message;
  // The mark of another terminal's epoch is not this terminal's to know: it would take it for its own.
  const upTo = refused === 'epoch-of-another-terminal' ? 0 : state.mark;
  const ack: AckMessage = { epoch, upTo, refused, firstSeq, count: presses.length };
  return { ack, mark: state.mark, lost: [], applyFrom: presses.length, refused };
}

function rewind(message: PressesMessage, mark: number, lost: SeqRange[]): BatchDecision {
  return { ack: { epoch: message.epoch, upTo: mark, rewind: true }, mark, lost, applyFrom: message.presses.length };
}

function take(message: PressesMessage, expected: number, lost: SeqRange[]): BatchDecision {
  const { epoch, firstSeq, presses } = message;
  const applyFrom = Math.min(presses.length, expected - firstSeq);
  for (let index = applyFrom; index < presses.length; index++) {
    if (presses[index] === null) addLost(lost, firstSeq + index);
  }
  const mark = Math.max(expected - 1, firstSeq + presses.length - 1);
  return { ack: { epoch, upTo: mark }, mark, lost, applyFrom };
}

function addLost(lost: SeqRange[], seq: number): void {
  const last = lost.at(-1);
  if (last !== undefined && last.to === seq - 1) last.to = seq;
  else lost.push({ from: seq, to: seq });
}
