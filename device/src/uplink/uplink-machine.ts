import { type AckMessage, type EpochSpan, MAX_BATCH, type Random } from '@hymio/protocol';
import { backoffMs } from './backoff.js';

/** Wait for an ack: first within two seconds, at last every five minutes. */
const RESEND_BASE_MS = 1_000;
const RESEND_CAP_MS = 5 * 60_000;
/** A batch this often unanswered while the gateway is otherwise heard is sent in halves. */
const UNANSWERED_LIMIT = 3;
const NULL_REFUSAL_LIMIT = 5;
/** Refusals that concern a whole epoch: taking presses out one by one could not help. */
const EPOCH_REFUSALS: ReadonlySet<string> = new Set(['epoch-of-another-terminal', 'gap-too-large']);

export interface InFlight {
  kind: 'in-flight';
  epoch: string;
  firstSeq: number;
  count: number;
  /** Sends without any word of the gateway since: the backoff's exponent. */
  attempt: number;
  /** Times it went unanswered although the gateway was heard meanwhile. */
  unanswered: number;
  heard: boolean;
  /** The single press of this batch was set aside and goes as null. */
  asNull: boolean;
  /** Refusals of that null, which no gateway should send. */
  nullRefusals: number;
}
export type UplinkPhase = { kind: 'offline' } | { kind: 'idle' } | InFlight;

export interface UplinkState {
  phase: UplinkPhase;
  /** Entries of the next batch at most: 500, halved by refusals, doubled by success. */
  limit: number;
  /** Epochs that the gateway refuses as a whole, until the next connection. */
  blocked: readonly string[];
}

export type UplinkEvent =
  | { type: 'connected' }
  | { type: 'disconnected' }
  /** A press was kept, or one that waited for its time can go now. */
  | { type: 'changed' }
  | { type: 'ack'; ack: AckMessage }
  /** Any other message of the gateway. */
  | { type: 'heard' }
  | { type: 'timeout' };

export type UplinkEffect =
  | { type: 'send'; epoch: string; firstSeq: number; count: number; oldestSeq: number }
  | { type: 'acknowledge'; epoch: string; upTo: number }
  | { type: 'set-aside'; epoch: string; seq: number; reason: string }
  | { type: 'block'; epoch: string; reason: string }
  | { type: 'arm'; delayMs: number }
  | { type: 'disarm' };

/** What the machine sees of the terminal when it decides. */
export interface UplinkView {
  /** Oldest first. */
  spans: readonly EpochSpan[];
  /** May presses of this epoch go now, or do they wait for the clock? */
  ready: (epoch: string) => boolean;
  random: Random;
}

export interface UplinkStep {
  state: UplinkState;
  effects: UplinkEffect[];
}

export const INITIAL_UPLINK: UplinkState = { phase: { kind: 'offline' }, limit: MAX_BATCH, blocked: [] };

/** One step of the uplink: a pure function. Effects are carried out in order; `arm` replaces the timer before. */
export function stepUplink(state: UplinkState, event: UplinkEvent, view: UplinkView): UplinkStep {
  switch (event.type) {
    case 'connected':
      return sendNext({ ...settled(state), blocked: [] }, view, []);
    case 'disconnected':
      return { state: { ...state, phase: { kind: 'offline' } }, effects: [{ type: 'disarm' }] };
    case 'changed':
      return state.phase.kind === 'idle' || isOver(state.phase, view)
        ? sendNext(settled(state), view, [])
        : { state, effects: [] };
    case 'heard':
      return hear(state, view);
    case 'ack':
      return answer(state, event.ack, view);
    case 'timeout':
      return onTimeout(state, view);
  }
}

/** Any word of the gateway starts the backoff again, the wait that is running included. */
function hear(state: UplinkState, view: UplinkView): UplinkStep {
  const { phase } = state;
  if (phase.kind !== 'in-flight') return { state, effects: [] };
  const effects = phase.attempt > 0 ? [arm(0, view)] : [];
  return { state: { ...state, phase: { ...phase, heard: true, attempt: 0 } }, effects };
}

/** Nothing is to be waited for: acknowledged already, or the journal was replaced and no longer has these presses. */
function isOver(phase: UplinkPhase, view: UplinkView): boolean {
  if (phase.kind !== 'in-flight') return false;
  const span = view.spans.find((candidate) => candidate.epoch === phase.epoch);
  return span === undefined || span.ackedSeq >= phase.firstSeq || span.lastSeq < phase.firstSeq + phase.count - 1;
}

function answer(state: UplinkState, ack: AckMessage, view: UplinkView): UplinkStep {
  const over = isOver(state.phase, view);
  const heard = hear(over ? settled(state) : state, view);
  const step = onAck(heard.state, ack, view, heard.effects);
  return over && step.effects.length === 0 ? sendNext(step.state, view, []) : step;
}

function onAck(before: UplinkState, ack: AckMessage, view: UplinkView, heard: readonly UplinkEffect[]): UplinkStep {
  const { phase } = before;
  const span = view.spans.find((candidate) => candidate.epoch === ack.epoch);
  if (span === undefined) return { state: before, effects: [...heard] };
  if (ack.refused !== undefined) return onRefusal(before, ack, ack.refused, view, heard);
  const upTo = Math.min(ack.upTo, span.lastSeq);
  if (upTo <= span.ackedSeq && !ack.rewind) return { state: before, effects: [...heard] };
  // The gateway takes this epoch after all: what blocked it were late answers to something sent before.
  const state = { ...before, blocked: before.blocked.filter((epoch) => epoch !== ack.epoch) };
  const effects: UplinkEffect[] = [...heard, { type: 'acknowledge', epoch: ack.epoch, upTo }];
  const after = { ...view, spans: withAcked(view.spans, ack.epoch, upTo) };
  if (phase.kind !== 'in-flight') {
    return phase.kind === 'idle' ? sendNext(state, after, effects) : { state, effects };
  }
  if (phase.epoch !== ack.epoch) return { state, effects };
  if (ack.rewind) return sendNext(settled(state), after, effects);
  // Every higher mark moves on: what it covers of the batch in flight need not be waited for.
  return sendNext({ ...settled(state), limit: Math.min(MAX_BATCH, state.limit * 2) }, after, effects);
}

function onRefusal(
  state: UplinkState,
  ack: AckMessage,
  code: string,
  view: UplinkView,
  heard: readonly UplinkEffect[],
): UplinkStep {
  const { phase } = state;
  if (phase.kind !== 'in-flight' || phase.epoch !== ack.epoch) return { state, effects: [...heard] };
  // The answer to an earlier send of something else must not cost this batch a press.
  const other = (ack.firstSeq ?? phase.firstSeq) !== phase.firstSeq || (ack.count ?? phase.count) !== phase.count;
  if (other) return { state, effects: [...heard] };
  if (EPOCH_REFUSALS.has(code)) return block(state, phase, code, view, heard);
  if (phase.count > 1) return sendNext(halved(state, phase), view, heard);
  if (phase.asNull) return onNullRefused(state, phase, code, view, heard);
  const aside = { type: 'set-aside', epoch: phase.epoch, seq: phase.firstSeq, reason: code } as const;
  const effects: UplinkEffect[] = [...heard, aside];
  return send(state, { ...phase, asNull: true, heard: false, unanswered: 0 }, view, effects);
}

/** Late answers to the press itself are harmless; a null that is refused again and again blocks only its epoch. */
function onNullRefused(
  state: UplinkState,
  phase: InFlight,
  code: string,
  view: UplinkView,
  heard: readonly UplinkEffect[],
): UplinkStep {
  const nullRefusals = phase.nullRefusals + 1;
  if (nullRefusals >= NULL_REFUSAL_LIMIT) return block(state, phase, code, view, heard);
  return { state: { ...state, phase: { ...phase, nullRefusals } }, effects: [...heard] };
}

function block(
  state: UplinkState,
  phase: InFlight,
  reason: string,
  view: UplinkView,
  heard: readonly UplinkEffect[],
): UplinkStep {
  const blocked = [...state.blocked, phase.epoch];
  return sendNext({ ...settled(state), blocked }, view, [...heard, { type: 'block', epoch: phase.epoch, reason }]);
}

function onTimeout(state: UplinkState, view: UplinkView): UplinkStep {
  const { phase } = state;
  if (phase.kind !== 'in-flight') return { state, effects: [] };
  if (isOver(phase, view)) return sendNext(settled(state), view, []);
  const unanswered = phase.unanswered + (phase.heard ? 1 : 0);
  if (unanswered >= UNANSWERED_LIMIT && phase.count > 1) return sendNext(halved(state, phase), view, []);
  return send(state, { ...phase, attempt: phase.attempt + 1, unanswered, heard: false }, view, []);
}

function halved(state: UplinkState, phase: InFlight): UplinkState {
  return { ...settled(state), limit: Math.max(1, Math.floor(phase.count / 2)) };
}

function settled(state: UplinkState): UplinkState {
  return { ...state, phase: { kind: 'idle' } };
}

/** The oldest unacknowledged press first, in a batch of one epoch; idle where nothing can go. */
function sendNext(state: UplinkState, view: UplinkView, effects: readonly UplinkEffect[]): UplinkStep {
  const span = view.spans.find((each) => each.ackedSeq < each.lastSeq && !state.blocked.includes(each.epoch));
  if (span === undefined || !view.ready(span.epoch)) {
    return { state: settled(state), effects: [...effects, { type: 'disarm' }] };
  }
  const firstSeq = Math.max(span.ackedSeq + 1, span.oldestSeq);
  const count = Math.min(state.limit, span.lastSeq - firstSeq + 1);
  const phase: InFlight = {
    kind: 'in-flight',
    epoch: span.epoch,
    firstSeq,
    count,
    attempt: 0,
    unanswered: 0,
    heard: false,
    asNull: false,
    nullRefusals: 0,
  };
  return send(state, phase, view, effects);
}

function send(state: UplinkState, phase: InFlight, view: UplinkView, effects: readonly UplinkEffect[]): UplinkStep {
  const { epoch, firstSeq, count } = phase;
  const oldestSeq = view.spans.find((span) => span.epoch === epoch)?.oldestSeq ?? firstSeq;
  return {
    state: { ...state, phase },
    effects: [...effects, { type: 'send', epoch, firstSeq, count, oldestSeq }, arm(phase.attempt, view)],
  };
}

function arm(attempt: number, view: UplinkView): UplinkEffect {
  return { type: 'arm', delayMs: backoffMs(attempt, RESEND_BASE_MS, RESEND_CAP_MS, view.random) };
}

function withAcked(spans: readonly EpochSpan[], epoch: string, ackedSeq: number): EpochSpan[] {
  return spans.map((span) => (span.epoch === epoch ? { ...span, ackedSeq } : span));
}
