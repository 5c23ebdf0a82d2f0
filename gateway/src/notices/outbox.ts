import type { Cancel, Clock, Random } from '@hymio/protocol';
import { laneOf, type Notice, type NoticeState } from '../alerts/alert.js';
import type { AlertStore } from '../alerts/alert-store.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import { backoffMs, type DeliveryOutcome, nextAttempt } from './next-attempt.js';

/** Waiting notices that are looked at together. */
const MOST_AT_ONCE = 500;
/** Whatever happens, the store is asked again after so long, ms. */
const LOOK_AGAIN_MS = 60_000;
/** How long the end waits for what is being sent, ms. */
const PATIENCE_MS = 10_000;

export interface OutboxParts {
  store: Pick<AlertStore, 'waitingNotices' | 'recordNotice'>;
  /** Delivers one notice. Must not reject for what the other end does. */
  deliver: (notice: Notice, stop: AbortSignal) => Promise<DeliveryOutcome>;
  clock: Clock;
  random: Random;
  log: Log;
}

/** Where notices go: all mails by one server, each webhook by itself. One that is down holds up no other. */
interface Lane {
  state: 'idle' | 'sending';
  failures: number;
  pausedUntil: number;
}

/**
 * Delivers what waits, one after the other in every lane, again and again until it is delivered or given up. What is
 * sent and could not be recorded is recorded before anything is sent again; only the end of the process in between
 * makes a notice go out twice, with the same identity.
 */
export class Outbox {
  readonly #parts: OutboxParts;
  readonly #lanes = new Map<string, Lane>();
  readonly #unrecorded = new Map<number, NoticeState>();
  readonly #work = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #timer: Cancel | undefined;
  #looking: 'no' | 'yes' | 'again' = 'no';

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  start(): void {
    this.wake();
  }

  /** Looks for what is due; to be called when notices were added. */
  wake(): void {
    if (this.#stop.signal.aborted) return;
    if (this.#looking !== 'no') {
      this.#looking = 'again';
      return;
    }
    this.#looking = 'yes';
    this.#track(this.#look());
  }

  /** Sends nothing more, and waits a while for what is under way. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#timer?.();
    let patience: Cancel = () => undefined;
    const enough = new Promise<void>((resolve) => {
      patience = this.#parts.clock.after(PATIENCE_MS, resolve);
    });
    await Promise.race([Promise.all(this.#work), enough]);
    patience();
  }

  async #look(): Promise<void> {
    const { store, clock, log } = this.#parts;
    let nextAt = clock.now() + LOOK_AGAIN_MS;
    try {
      await this.#recordLate();
      const now = clock.now();
      const due = new Map<string, Notice[]>();
      const waiting = [...this.#lanes].filter(([, lane]) => lane.state === 'sending' || lane.pausedUntil > now);
      for (const [, lane] of waiting) if (lane.state === 'idle') nextAt = Math.min(nextAt, lane.pausedUntil);
      const except = waiting.map(([name]) => name);
      for (const notice of await store.waitingNotices(MOST_AT_ONCE, except)) {
        const lane = laneOf(notice.recipient);
        if (dueAt(notice) > now) nextAt = Math.min(nextAt, dueAt(notice));
        else due.set(lane, [...(due.get(lane) ?? []), notice]);
      }
      for (const [lane, notices] of due) this.#track(this.#drain(this.#lane(lane), notices));
    } catch (error) {
      log.error('notices could not be read; tried again', errorFields(error));
    }
    const again = (this.#looking as 'yes' | 'again') === 'again';
    this.#looking = 'no';
    if (again) this.wake();
    else this.#wakeAt(nextAt);
  }

  async #drain(lane: Lane, notices: readonly Notice[]): Promise<void> {
    lane.state = 'sending';
    try {
      for (const notice of notices) {
        if (this.#stop.signal.aborted) return;
        if (this.#unrecorded.has(notice.id)) continue;
        const outcome = await this.#attempt(notice);
        if (outcome.kind !== 'unreachable') lane.failures = 0;
        else {
          lane.failures += 1;
          lane.pausedUntil = this.#parts.clock.now() + backoffMs(lane.failures, this.#parts.random);
          return;
        }
      }
    } finally {
      lane.state = 'idle';
      this.wake();
    }
  }

  async #attempt(notice: Notice): Promise<DeliveryOutcome> {
    const { deliver, clock, random, log } = this.#parts;
    const outcome = await deliver(notice, this.#stop.signal).catch((error: unknown): DeliveryOutcome => {
      log.error('notice could not be made', { ...errorFields(error), notice: notice.id });
      return { kind: 'failed', reason: 'internal' };
    });
    // What the end of the gateway has cut off was no attempt.
    if (this.#stop.signal.aborted && outcome.kind !== 'delivered') return outcome;
    if (notice.state.kind !== 'waiting') return outcome;
    const state = nextAttempt(notice.state, outcome, clock.now(), random);
    if (outcome.kind !== 'delivered') {
      const gone = state.kind === 'given-up';
      log.warn(gone ? 'notice given up' : 'notice not delivered; tried again', {
        code: gone ? 'notice-given-up' : 'notice-not-delivered',
        notice: notice.id,
        alert: notice.alert,
        lane: laneOf(notice.recipient),
        reason: outcome.reason,
      });
    }
    this.#unrecorded.set(notice.id, state);
    await this.#recordLate().catch((error: unknown) => {
      log.error('delivery could not be recorded; tried again', { ...errorFields(error), notice: notice.id });
    });
    return outcome;
  }

  async #recordLate(): Promise<void> {
    for (const [id, state] of this.#unrecorded) {
      await this.#parts.store.recordNotice(id, state);
      this.#unrecorded.delete(id);
    }
  }

  #lane(name: string): Lane {
    let lane = this.#lanes.get(name);
    if (lane === undefined) {
      lane = { state: 'idle', failures: 0, pausedUntil: Number.NEGATIVE_INFINITY };
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #wakeAt(at: number): void {
    this.#timer?.();
    if (this.#stop.signal.aborted) return;
    const delayMs = Math.min(LOOK_AGAIN_MS, Math.max(50, at - this.#parts.clock.now()));
    this.#timer = this.#parts.clock.after(delayMs, () => this.wake());
  }

  #track(work: Promise<void>): void {
    this.#work.add(work);
    void work.finally(() => this.#work.delete(work));
  }
}

function dueAt({ state }: Notice): number {
  return state.kind === 'waiting' ? state.nextAt : Number.POSITIVE_INFINITY;
}
