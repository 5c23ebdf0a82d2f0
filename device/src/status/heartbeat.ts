import {
  type Cancel,
  type ClockState,
  type EpochSpan,
  explainError,
  type Hardware,
  HymioError,
  MAX_HEARTBEAT_INTERVAL_MS,
  MIN_HEARTBEAT_INTERVAL_MS,
  SETTING_NAMES,
  type StatusMessage,
} from '@hymio/protocol';
import type { DeviceClock } from '../clock/device-clock.js';
import { resolveTime } from '../clock/resolve-time.js';
import type { Journal } from '../journal/journal.js';
import type { Transport } from '../transport/transport.js';
import { Claims } from './claims.js';
import type { FaultList } from './fault-list.js';
import { listedSpans } from './listed-spans.js';

/** Changes are told at most this often. */
const CHANGE_GAP_MS = 5_000;
/** Acknowledged presses are kept this long, so that a gateway restored from a backup gets them again. */
export const KEEP_ACKNOWLEDGED_MS = 7 * 24 * 3_600_000;
/** The gateway has this long to answer a status with a rewind before anything is deleted. */
const FORGET_QUIET_MS = 60_000;

export interface HeartbeatParts {
  clock: DeviceClock;
  journal: Journal;
  transport: Transport;
  faults: FaultList;
  hardware: () => Hardware;
  clockState: () => ClockState;
  config: () => Pick<StatusMessage, 'configVersion' | 'configRefused'>;
  lastPressAt: () => number | undefined;
  /** Interval of the regular status, ms. */
  intervalMs: () => number;
  firmware: string;
  builtAt: number;
}

type HeartbeatState =
  | { kind: 'offline' }
  | {
      kind: 'online';
      since: number;
      sentAt: number;
      claims: Claims;
      cancelTick: Cancel;
      cancelChange: Cancel | undefined;
    };

/** Sends `status` at every connect, regularly, and soon after a change; deletes old acknowledged presses in between. */
export class Heartbeat {
  readonly #parts: HeartbeatParts;
  readonly #startedAt: number;
  #state: HeartbeatState = { kind: 'offline' };
  #turn = 0;

  constructor(parts: HeartbeatParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.monotonic();
  }

  connected(): void {
    this.disconnected();
    const now = this.#parts.clock.monotonic();
    const claims = new Claims();
    const cancelTick = (): void => undefined;
    this.#state = { kind: 'online', since: now, sentAt: now, claims, cancelTick, cancelChange: undefined };
    this.#send();
  }

  disconnected(): void {
    if (this.#state.kind === 'online') {
      this.#state.cancelTick();
      this.#state.cancelChange?.();
    }
    this.#state = { kind: 'offline' };
  }

  /** An ack came: the gateway has seen every status before it. */
  answered(): void {
    if (this.#state.kind === 'online') this.#state.claims.answered();
  }

  /** Faults, clock state or config changed. */
  changed(): void {
    const state = this.#state;
    if (state.kind === 'offline' || state.cancelChange) return;
    const { clock } = this.#parts;
    const delayMs = Math.max(0, state.sentAt + CHANGE_GAP_MS - clock.monotonic());
    state.cancelChange = clock.after(delayMs, () => this.#send());
  }

  /** The status as it would be sent now. */
  status(): StatusMessage {
    const { clock, journal, faults, hardware, clockState, config, lastPressAt, firmware, intervalMs } = this.#parts;
    const spans = journal.spans();
    const oldestPendingAt = this.#oldestPendingAt(spans);
    const last = lastPressAt();
    return {
      sentAt: Math.round(clock.now()),
      firmware,
      epoch: journal.epoch,
      epochs: listedSpans(spans, this.#turn),
      pending: spans.reduce((sum, span) => sum + pendingOf(span), 0),
      ...(oldestPendingAt === undefined ? {} : { oldestPendingAt }),
      ...(last === undefined ? {} : { lastPressAt: Math.round(last) }),
      clock: clockState(),
      uptimeMs: Math.max(0, Math.round(clock.monotonic() - this.#startedAt)),
      heartbeatIntervalMs: toldInterval(intervalMs()),
      faults: faults.list(),
      ...config(),
      knownSettings: [...SETTING_NAMES],
      hardware: hardware(),
    };
  }

  #tick(): void {
    const state = this.#state;
    if (state.kind === 'offline') return;
    const now = this.#parts.clock.monotonic();
    const quietMs = Math.min(FORGET_QUIET_MS, this.#parts.intervalMs());
    if (now - state.since >= FORGET_QUIET_MS && now - state.sentAt >= quietMs) this.#forget(state.claims);
    this.#send();
  }

  /** Only here: connected for a minute, and every status of it could be answered. */
  #forget(claims: Claims): void {
    const { journal, clock, faults, clockState } = this.#parts;
    if (clockState() !== 'synced') return;
    try {
      journal.noteAcknowledged(clock.now());
      if (claims.allHeard(journal.spans())) journal.forget(clock.now() - KEEP_ACKNOWLEDGED_MS);
      faults.clear('journal-forget-failed');
    } catch (error) {
      faults.raise('journal-forget-failed', error instanceof Error ? error.message : String(error));
    }
  }

  #send(): void {
    const state = this.#state;
    if (state.kind === 'offline') return;
    const { clock, journal, transport, intervalMs } = this.#parts;
    state.cancelTick();
    state.cancelChange?.();
    try {
      transport.publish({ kind: 'status', payload: JSON.stringify(this.status()) });
      state.claims.told(listedSpans(journal.spans(), this.#turn));
      this.#turn += 1;
    } catch (error) {
      // A journal that cannot be read must not stop the heart: the next beat tells.
      if (!(error instanceof HymioError)) throw error;
      this.#parts.faults.raise(error.code, explainError(error));
    }
    const cancelTick = clock.after(intervalMs(), () => this.#tick());
    this.#state = { ...state, sentAt: clock.monotonic(), cancelTick, cancelChange: undefined };
    // More epochs than one status can list are told in several.
    if (!state.claims.allTold(journal.spans())) this.changed();
  }

  #oldestPendingAt(spans: readonly EpochSpan[]): number | undefined {
    const { journal, builtAt } = this.#parts;
    const span = spans.find((each) => pendingOf(each) > 0);
    if (span === undefined) return undefined;
    const [press] = journal.read(span.epoch, Math.max(span.ackedSeq + 1, span.oldestSeq), 1);
    return press ? Math.round(resolveTime(press, span.epoch, journal.facts(), builtAt).at) : undefined;
  }
}

function toldInterval(intervalMs: number): number {
  return Math.round(Math.min(MAX_HEARTBEAT_INTERVAL_MS, Math.max(MIN_HEARTBEAT_INTERVAL_MS, intervalMs)));
}

function pendingOf(span: EpochSpan): number {
  return span.lastSeq - Math.max(span.ackedSeq, span.oldestSeq - 1);
}
