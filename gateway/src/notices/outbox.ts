import type { Cancel, Clock, Random } from '@hymio/protocol';
import type { NoticeState } from '../alerts/alert.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import { backoffMs, type DeliveryOutcome, nextAttempt } from './next-attempt.js';

/** Waiting notices that are looked at together. */
const MOST_AT_ONCE = 500;
/** Whatever happens, the store is asked again after so long, ms. */
const LOOK_AGAIN_MS = 60_000;
/** How long the end waits for what is being sent, ms. */
const PATIENCE_MS = 10_000;

/** Something on its way to somebody. */
export interface Outgoing {
  id: number;
  state: NoticeState;
}

export interface OutboxParts<Item extends Outgoing> {
  store: {
    /** By the time at which they are due, whether it has come or not; without those of some lanes. */
    waiting(limit: number, exceptLanes: readonly string[]): Promise<Item[]>;
    record(id: number, state: NoticeState): Promise<void>;
  };
  /** Delivers one. Must not reject for what the other end does. */
  deliver: (item: Item, stop: AbortSignal) => Promise<DeliveryOutcome>;
  lane: (item: Item) => string;
  /** What the log says: of what kind it is, and which one. */
  kind: 'notice' | 'report-mail';
  about: (item: Item) => Record<string, string | number | undefined>;
  /** See `nextAttempt`; default: eight refusals over three days. */
  refusalPausesMs?: readonly number[];
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
export class Outbox<Item extends Outgoing> {
  readonly #parts: OutboxParts<Item>;
  readonly #lanes = new Map<string, Lane>();
  readonly #unrecorded = new Map<number, NoticeState>();
  readonly #work = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #timer: Cancel | undefined;
  #looking: 'no' | 'yes' | 'again' = 'no';

  constructor(parts: OutboxParts<Item>) {
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
      const due = new Map<string, Item[]>();
      const waiting = [...this.#lanes].filter(([, lane]) => lane.state === 'sending' || lane.pausedUntil > now);
      for (const [, lane] of waiting) if (lane.state === 'idle') nextAt = Math.min(nextAt, lane.pausedUntil);
      const except = waiting.map(([name]) => name);
      for (const item of await store.waiting(MOST_AT_ONCE, except)) {
        const lane = this.#parts.lane(item);
        if (dueAt(item) > now) nextAt = Math.min(nextAt, dueAt(item));
        else due.set(lane, [...(due.get(lane) ?? []), item]);
      }
      for (const [lane, items] of due) this.#track(this.#drain(this.#lane(lane), items));
    } catch (error) {
      log.error('what waits to be sent could not be read; tried again', errorFields(error));
    }
    const again = (this.#looking as 'yes' | 'again') === 'again';
    this.#looking = 'no';
    if (again) this.wake();
    else this.#wakeAt(nextAt);
  }

  async #drain(lane: Lane, items: readonly Item[]): Promise<void> {
    lane.state = 'sending';
    try {
      for (const item of items) {
        if (this.#stop.signal.aborted) return;
        if (this.#unrecorded.has(item.id)) continue;
        const outcome = await this.#attempt(item);
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

  async #attempt(item: Item): Promise<DeliveryOutcome> {
    const { deliver, clock, random, log, kind, about, refusalPausesMs } = this.#parts;
    const outcome = await deliver(item, this.#stop.signal).catch((error: unknown): DeliveryOutcome => {
      log.error(`${kind} could not be made`, { ...errorFields(error), ...about(item) });
      return { kind: 'failed', reason: 'internal' };
    });
    // What the end of the gateway has cut off was no attempt.
    if (this.#stop.signal.aborted && outcome.kind !== 'delivered') return outcome;
    if (item.state.kind !== 'waiting') return outcome;
    const state = nextAttempt(item.state, outcome, clock.now(), random, refusalPausesMs);
    if (outcome.kind !== 'delivered') this.#tell(item, state, outcome.reason);
    this.#unrecorded.set(item.id, state);
    await this.#recordLate().catch((error: unknown) => {
      log.error('delivery could not be recorded; tried again', { ...errorFields(error), ...about(item) });
    });
    return outcome;
  }

  #tell(item: Item, state: NoticeState, reason: string): void {
    const { log, kind, about, lane } = this.#parts;
    const gone = state.kind === 'given-up';
    log.warn(gone ? `${kind} given up` : `${kind} not delivered; tried again`, {
      code: gone ? `${kind}-given-up` : `${kind}-not-delivered`,
      ...about(item),
      lane: lane(item),
      reason,
    });
  }

  async #recordLate(): Promise<void> {
    for (const [id, state] of this.#unrecorded) {
      await this.#parts.store.record(id, state);
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

function dueAt({ state }: Outgoing): number {
  return state.kind === 'waiting' ? state.nextAt : Number.POSITIVE_INFINITY;
}
