import { type AckMessage, type Cancel, type Clock, explainError, HymioError } from '@hymio/protocol';
import type { GatewayLink, IngestTopic } from '../link/gateway-link.js';
import type { LiveEvents } from '../live/live-events.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Arrival, Outcome, Store } from '../store/store.js';
import { type IngestObserver, NO_INGEST_OBSERVER } from './ingest-observer.js';
import { type Refusal, readMessage } from './read-message.js';
import { RefusalBook } from './refusal-book.js';
import { StatusBook } from './status-book.js';

/** Most arrivals of one transaction: bounds its length, and with it the wait of the next ones. */
const MAX_GROUP = 1_000;
/** A terminal has one batch in flight; who sends more without waiting is not listened to for the moment. */
const MAX_QUEUED_PER_TERMINAL = 20;
/** Pause after a commit that failed: the terminals send again by themselves. */
const RETRY_MS = 1_000;

export interface IngestParts {
  store: Pick<Store, 'commit' | 'terminal'>;
  link: Pick<GatewayLink, 'ack'>;
  live: LiveEvents;
  clock: Clock;
  log: Log;
  observer?: IngestObserver;
  /** Lets what has been delivered already join the first group; default: one turn of the event loop. */
  gather?: () => Promise<void>;
}

/** A message to be committed. */
interface Waiting {
  arrival: Arrival;
  /** When it was received, ms of a clock that does not jump. */
  takenAt: number;
}

type IngestState =
  | { kind: 'idle' }
  | { kind: 'committing' }
  | { kind: 'pausing'; cancel: Cancel }
  | { kind: 'stopped' };

/**
 * Takes what terminals send, commits it in groups, and acknowledges after the COMMIT. While one group is committed the
 * next one gathers. What a failed commit loses is not acknowledged, so it comes again.
 */
export class Ingest {
  readonly #parts: IngestParts;
  readonly refusals: RefusalBook;
  readonly #observer: IngestObserver;
  #queue: Waiting[] = [];
  readonly #queued = new Map<string, number>();
  readonly #statuses = new StatusBook();
  #state: IngestState = { kind: 'idle' };
  #settled: Promise<void> = Promise.resolve();

  constructor(parts: IngestParts) {
    this.#parts = parts;
    this.#observer = parts.observer ?? NO_INGEST_OBSERVER;
    this.refusals = new RefusalBook(parts.log);
  }

  receive(terminal: string, topic: IngestTopic, payload: Uint8Array, retained: boolean): void {
    if (this.#state.kind === 'stopped') return;
    // A retained batch is nobody's: presses are never sent retained.
    if (topic === 'presses' && retained) return;
    // An empty payload is how a retained topic is cleared.
    if (payload.length === 0 && topic !== 'presses') return;
    const read = readMessage(terminal, topic, payload, retained, Math.round(this.#parts.clock.now()));
    if (read.kind === 'refused') this.#refuse(terminal, topic, read);
    else this.#enqueue(read);
  }

  /** Commits what is queued and ends. */
  async stop(): Promise<void> {
    await this.#settled;
    // Also where it was the last commit that failed: nothing may reach for the store after this.
    if (this.#state.kind === 'pausing') this.#state.cancel();
    this.#state = { kind: 'stopped' };
  }

  #enqueue(arrival: Arrival): void {
    const waiting = this.#queued.get(arrival.terminal) ?? 0;
    if (waiting >= MAX_QUEUED_PER_TERMINAL) {
      if (arrival.kind === 'status') this.#statuses.missed(arrival);
      this.refusals.note(
        arrival.terminal,
        'overload',
        `${waiting} messages wait already`,
        this.#parts.clock.monotonic(),
      );
      return;
    }
    const missed = arrival.kind === 'presses' ? this.#statuses.toTryAgain(arrival.terminal) : undefined;
    if (missed !== undefined) this.#push(missed);
    this.#push(arrival);
    if (this.#state.kind === 'idle') {
      this.#state = { kind: 'committing' };
      this.#settled = this.#work();
    }
  }

  #push(arrival: Arrival): void {
    this.#queue.push({ arrival, takenAt: this.#parts.clock.monotonic() });
    this.#queued.set(arrival.terminal, (this.#queued.get(arrival.terminal) ?? 0) + 1);
    if (arrival.kind === 'status') this.#statuses.waits(arrival);
  }

  async #work(): Promise<void> {
    await (this.#parts.gather ?? nextTurn)();
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, MAX_GROUP);
      for (const { arrival } of group) this.#unqueue(arrival.terminal);
      const untaken = await this.#commit(group);
      if (untaken.length > 0) {
        this.#putBack(untaken);
        this.#pause();
        return;
      }
    }
    this.#state = { kind: 'idle' };
  }

  /** Returns what is left where the store cannot take anything now. */
  async #commit(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    const { store, clock } = this.#parts;
    const begunAt = clock.monotonic();
    let outcomes: Outcome[];
    try {
      outcomes = await store.commit(group.map(({ arrival }) => arrival));
    } catch (error) {
      return this.#onFailure(group, error);
    }
    this.#observer.committed(group.length, clock.monotonic() - begunAt);
    const committedAt = clock.now();
    for (const [index, outcome] of outcomes.entries()) {
      const waiting = group[index];
      if (waiting === undefined) continue;
      const { arrival, takenAt } = waiting;
      this.#tell(arrival, outcome);
      this.#observer.answered({ arrival, outcome, answerMs: clock.monotonic() - takenAt, committedAt });
    }
    return [];
  }

  async #onFailure(group: readonly Waiting[], error: unknown): Promise<readonly Waiting[]> {
    const { log, clock } = this.#parts;
    this.#observer.commitFailed(error instanceof HymioError ? error.code : 'internal');
    if (error instanceof HymioError) {
      log.error('commit failed; the terminals send again', errorFields(error));
      return group;
    }
    if (group.length > 1) return this.#commitOneByOne(group, error);
    const culprit = group[0]?.arrival;
    if (culprit?.kind === 'status') this.#statuses.missed(culprit);
    if (culprit) this.refusals.note(culprit.terminal, 'internal', explainError(error), clock.monotonic());
    log.error('arrival could not be committed', { terminal: culprit?.terminal, ...errorFields(error) });
    return [];
  }

  /** An arrival that the store stumbles over must not hold up the others. */
  async #commitOneByOne(group: readonly Waiting[], cause: unknown): Promise<readonly Waiting[]> {
    this.#parts.log.error('group commit failed; trying its parts', errorFields(cause));
    for (const [index, waiting] of group.entries()) {
      const untaken = await this.#commit([waiting]);
      if (untaken.length > 0) return group.slice(index);
    }
    return [];
  }

  /** Presses come again by themselves; what a terminal says of itself it says once. */
  #putBack(untaken: readonly Waiting[]): void {
    const said = untaken.filter(({ arrival }) => arrival.kind !== 'presses');
    for (const { terminal } of said.map(({ arrival }) => arrival))
      this.#queued.set(terminal, (this.#queued.get(terminal) ?? 0) + 1);
    this.#queue.unshift(...said);
  }

  #tell(arrival: Arrival, outcome: Outcome): void {
    const { live } = this.#parts;
    if (arrival.kind === 'status') this.#statuses.taken(arrival);
    for (const ack of outcome.acks) {
      this.#ack(arrival.terminal, ack);
      if (ack.refused !== undefined) {
        this.refusals.note(arrival.terminal, ack.refused, `epoch ${ack.epoch}`, this.#parts.clock.monotonic());
      }
    }
    for (const press of outcome.presses) live.publish({ kind: 'press', press });
    if (arrival.kind !== 'presses' || outcome.lost.length > 0)
      live.publish({ kind: 'terminal', terminal: arrival.terminal });
  }

  #refuse(terminal: string, topic: IngestTopic, refusal: Refusal): void {
    this.refusals.note(terminal, 'malformed', `${topic}: ${refusal.reason}`, this.#parts.clock.monotonic());
    const { head } = refusal;
    if (head === undefined) return;
    const missed = this.#statuses.toTryAgain(terminal);
    if (missed !== undefined) this.#enqueue(missed);
    this.#markOf(terminal, head.epoch).then(
      (upTo) => {
        // Otherwise it comes again, and is answered then.
        if (!this.#statuses.isWaiting(terminal)) this.#ack(terminal, { ...head, upTo, refused: 'malformed' });
      },
      (error: unknown) => this.#parts.log.warn('refusal not told', { terminal, ...errorFields(error) }),
    );
  }

  async #markOf(terminal: string, epoch: string): Promise<number> {
    const detail = await this.#parts.store.terminal(terminal, this.#parts.clock.now());
    return detail?.epochs.find((each) => each.epoch === epoch)?.mark ?? 0;
  }

  #ack(terminal: string, ack: AckMessage): void {
    if (this.#statuses.mayAck(terminal)) this.#parts.link.ack(terminal, JSON.stringify(ack));
  }

  #pause(): void {
    const cancel = this.#parts.clock.after(RETRY_MS, () => {
      if (this.#queue.length === 0) {
        this.#state = { kind: 'idle' };
        return;
      }
      this.#state = { kind: 'committing' };
      this.#settled = this.#work();
    });
    this.#state = { kind: 'pausing', cancel };
  }

  #unqueue(terminal: string): void {
    const left = (this.#queued.get(terminal) ?? 1) - 1;
    if (left > 0) this.#queued.set(terminal, left);
    else this.#queued.delete(terminal);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
