import { applyPresence, Ingest, LiveEvents, markRepeats, type Store } from '@hymio/gateway';
import type { AckMessage, Clock, Random } from '@hymio/protocol';
import { drawBetween } from '../random/draw.js';
import { BackupShelf } from './backup-shelf.js';
import { type Broker, KEEP_ALIVE_MS } from './broker.js';
import { BrokerLink } from './broker-link.js';
import type { Committed } from './committed.js';
import type { Route } from './connection.js';
import { gatewayLog } from './gateway-log.js';
import type { Plan } from './plan.js';
import type { Reached } from './reached.js';
import type { Scheduler } from './scheduler.js';
import { processTimer, SimulatedProcess } from './simulated-process.js';
import { SlowStore } from './slow-store.js';
import type { Receiver, Tampering } from './tampering.js';
import type { Trace } from './trace.js';
import type { Verdict } from './verdict.js';

export interface GatewayHostParts {
  plan: Plan;
  scheduler: Scheduler;
  random: Random;
  trace: Trace;
  verdict: Verdict;
  broker: Broker;
  committed: Committed;
  tampering: Tampering;
  reached: Reached;
}

interface Running {
  process: SimulatedProcess;
  ingest: Receiver;
  link: BrokerLink;
}
type HostState = { kind: 'down' } | ({ kind: 'up' } & Running);

/** The gateway's machine: the real ingest on a store in memory, which outlives the process. */
export class GatewayHost {
  readonly #parts: GatewayHostParts;
  readonly backups: BackupShelf;
  readonly route: Route;
  #store: Store;
  #state: HostState = { kind: 'down' };
  readonly #nextFailures: Error[] = [];
  /** While set, no COMMIT succeeds. */
  failure: Error | undefined;

  constructor(parts: GatewayHostParts) {
    this.#parts = parts;
    const { plan, random } = parts;
    this.route = {
      delayMs: () => drawBetween(random, 0, plan.delayMs),
      unplugged: false,
      upBlocked: false,
      downBlocked: false,
    };
    const { tampering } = parts;
    // What the store in a file decides by; the books at the end of a run reckon plainly.
    this.backups = new BackupShelf(parts.scheduler, parts.committed, {
      markRepeats: tampering.markRepeats?.(markRepeats) ?? markRepeats,
      applyPresence: tampering.applyPresence?.(applyPresence) ?? applyPresence,
    });
    this.#store = this.backups.empty();
  }

  get store(): Store {
    return this.#store;
  }

  get up(): boolean {
    return this.#state.kind === 'up';
  }

  start(): void {
    if (this.#state.kind === 'up') return;
    const { plan, broker, trace } = this.#parts;
    const process = new SimulatedProcess(() => this.#died());
    const running = this.#assemble(process);
    this.#state = { kind: 'up', ...running };
    if (plan.broker === 'embedded') broker.start();
    trace.note('gateway starts');
    process.run(() => {
      void running.link.start({
        message: (terminal, kind, payload, retained) => {
          if (kind !== 'answer') running.ingest.receive(terminal, kind, payload, retained);
        },
      });
    });
    this.#parts.scheduler.promisesWait();
  }

  kill(): void {
    if (this.#state.kind === 'up') this.#state.process.kill();
  }

  /** Dies at the n-th effect from now, wherever that is. */
  dieAfter(points: number): void {
    if (this.#state.kind === 'up') this.#state.process.dieAfter(points);
  }

  /** Ends in good order: no more messages, then what is queued is committed. */
  stop(onStopped: () => void): void {
    const state = this.#state;
    if (state.kind === 'down') return;
    const { trace, scheduler } = this.#parts;
    trace.note('gateway stops');
    void (async () => {
      await state.link.stop();
      await state.ingest.stop();
      if (this.#state !== state) return;
      this.#state = { kind: 'down' };
      onStopped();
    })();
    scheduler.promisesWait();
  }

  /** The next COMMIT fails with this. */
  failOnce(error: Error): void {
    this.#nextFailures.push(error);
  }

  takeBackup(): void {
    const { scheduler, verdict } = this.#parts;
    this.backups.take(this.#store).catch((error: unknown) => verdict.fail('backup-failed', String(error)));
    scheduler.promisesWait();
  }

  /** Puts a backup in the place of the store; the gateway must be down. */
  restore(index: number): void {
    if (this.#state.kind === 'down') this.#store = this.backups.restore(index) ?? this.#store;
  }

  #assemble(process: SimulatedProcess): Running {
    const { plan, scheduler, random, broker, verdict, committed, tampering } = this.#parts;
    const clock: Clock = {
      now: () => scheduler.now(),
      monotonic: () => scheduler.now(),
      after: processTimer(scheduler, process),
    };
    const slow = new SlowStore({
      store: tampering.store?.(this.#store) ?? this.#store,
      scheduler,
      random,
      process,
      commitMs: plan.commitMs,
      failure: () => this.failure ?? this.#nextFailures.shift(),
      onCommit: (arrivals, outcomes) => {
        this.#noteCommit(arrivals.length, outcomes);
        committed.add(arrivals, outcomes);
      },
      onThrow: (error) => verdict.fail('store-threw', describe(error)),
    });
    const link = new BrokerLink({
      broker,
      route: plan.broker === 'external' ? this.route : undefined,
      clock,
      random,
      process,
      onAck: (terminal, payload) => this.#checkAck(terminal, payload),
    });
    const ingest = new Ingest({
      store: slow,
      link: tampering.link?.(link) ?? link,
      live: new LiveEvents(),
      clock,
      log: gatewayLog(process, this.#parts, verdict),
      gather: () =>
        new Promise((resolve) => {
          scheduler.after(0, () => {
            resolve();
            scheduler.promisesWait();
          });
        }),
    });
    return { process, ingest: tampering.ingest?.(ingest, link) ?? ingest, link };
  }

  #checkAck(terminal: string, payload: string): void {
    const ack = JSON.parse(payload) as AckMessage;
    const extra = ack.refused ? ` refused ${ack.refused}` : ack.rewind ? ' rewind' : '';
    this.#parts.trace.note(`ack ${terminal} ${ack.epoch.slice(0, 8)} ${ack.upTo}${extra}`);
    this.#parts.committed.checkAck(terminal, ack);
  }

  #noteCommit(count: number, outcomes: readonly { presses: readonly unknown[]; lost: readonly unknown[] }[]): void {
    const presses = outcomes.reduce((sum, outcome) => sum + outcome.presses.length, 0);
    const lost = outcomes.reduce((sum, outcome) => sum + outcome.lost.length, 0);
    this.#parts.trace.note(`commit of ${count}: ${presses} presses, ${lost} lost ranges`);
  }

  #died(): void {
    const state = this.#state;
    if (state.kind === 'down') return;
    const { trace, plan, broker, random, scheduler } = this.#parts;
    this.#state = { kind: 'down' };
    trace.note('gateway dies');
    state.link.die(drawBetween(random, 0, KEEP_ALIVE_MS));
    if (plan.broker === 'embedded') broker.stop(false);
    scheduler.after(drawBetween(random, 500, 30_000), () => this.start());
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
