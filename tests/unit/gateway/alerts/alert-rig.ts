import { rm } from 'node:fs/promises';
import {
  type Alert,
  AlertEngine,
  type AlertEngineParts,
  type AlertRule,
  LiveEvents,
  openSqliteStore,
  type RegistryFile,
  registryFileSchema,
  type SqliteStore,
  type WatchedTerminal,
} from '@hymio/gateway';
import type { Clock, Rating, WirePress } from '@hymio/protocol';
import { memoryFolder } from '../../../support/memory-folder.js';

const BY = { who: 'Aino', at: 0 };

export const S = 1_000;
export const MINUTE = 60 * S;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Friday 2026-11-20, 14:00 in Helsinki. */
export const T = Date.UTC(2026, 10, 20, 12);

const REGISTRY: RegistryFile = registryFileSchema.parse({
  groups: [{ id: 'city', name: { fi: 'Kaupunki' } }],
  servicePoints: [
    { id: 'kallio', group: 'city', name: { fi: 'Kallio' }, repeatWindowMs: 5_000 },
    { id: 'malmi', group: 'city', name: { fi: 'Malmi' }, repeatWindowMs: 0 },
  ],
  terminals: [{ id: 'kallio-1' }, { id: 'malmi-1' }],
  assignments: [
    { terminal: 'kallio-1', servicePoint: 'kallio', from: '2026-01-01T00:00:00Z' },
    { terminal: 'malmi-1', servicePoint: 'malmi', from: '2026-01-01T00:00:00Z' },
  ],
});

export const mailTo = (address: string) => ({ kind: 'email', address, language: 'fi' }) as const;

/** The engine over a store in SQLite, with a clock that only the test moves. */
export class AlertRig {
  readonly live = new LiveEvents();
  readonly changed: number[] = [];
  readonly logged: string[] = [];
  terminals: WatchedTerminal[] = [];
  listening = true;
  now = T;
  /** By how much the clock was set forward; what passes is measured without. */
  #setBy = 0;
  store!: SqliteStore;
  engine!: AlertEngine;
  readonly #folder = memoryFolder('hymio-alerts-');
  readonly #seqs = new Map<string, number>();
  #timers: { at: number; run: () => void }[] = [];
  #deliveries = 0;

  static async start(): Promise<AlertRig> {
    const rig = new AlertRig();
    rig.store = await openSqliteStore({ folder: rig.#folder, reads: 'in-thread', now: () => rig.now });
    await rig.store.importRegistry(REGISTRY);
    rig.live.subscribe((event) => {
      if (event.kind === 'alert') rig.changed.push(event.alert);
    });
    await rig.startEngine();
    return rig;
  }

  /** Another engine over the same store, as after a restart. */
  async startEngine(more: Partial<AlertEngineParts> = {}): Promise<void> {
    this.engine = new AlertEngine({
      store: this.store.alerts,
      registry: () => this.store.registry(),
      terminals: async () => this.terminals,
      presence: (from, to) => this.store.presence(from, to),
      listening: () => this.listening,
      live: this.live,
      clock: this.clock(),
      zone: 'Europe/Helsinki',
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (event, fields) => void this.logged.push(`${event} ${JSON.stringify(fields)}`),
      },
      newDelivery: () => `delivery-${++this.#deliveries}`,
      noticed: () => undefined,
      ...more,
    });
    await this.engine.start();
    await this.quiet();
  }

  async restart(): Promise<void> {
    await this.engine.stop();
    this.#timers = [];
    await this.startEngine();
  }

  async end(): Promise<void> {
    await this.engine.stop();
    await this.store.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  clock(): Clock {
    return {
      now: () => this.now,
      monotonic: () => this.now - this.#setBy,
      after: (delayMs, run) => {
        const timer = { at: this.now + delayMs, run };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((each) => each !== timer);
        };
      },
    };
  }

  /** Everything that was begun has ended. A change of nothing waits for its turn behind all of it. */
  async quiet(): Promise<void> {
    await this.engine.saveRecipients({ kind: 'service-point', id: 'malmi' }, [], BY);
  }

  /** The gateway's clock is put right by so much; nothing passes. */
  setClock(byMs: number): void {
    this.now += byMs;
    this.#setBy += byMs;
    for (const timer of this.#timers) timer.at += byMs;
  }

  /** Lets time pass timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      const next = this.#timers.reduce<{ at: number; run: () => void } | undefined>(
        (first, timer) => (timer.at <= end && (first === undefined || timer.at < first.at) ? timer : first),
        undefined,
      );
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.now = Math.max(this.now, next.at);
      next.run();
      await this.quiet();
    }
    this.now = end;
  }

  /** Presses of a terminal, 10 s apart up to `at`, committed and told as ingest does. */
  async press(ratings: readonly Rating[], at = this.now, terminal = 'kallio-1', gapMs = 10 * S): Promise<void> {
    const presses = ratings.map((rating, index): WirePress => {
      return { at: at - (ratings.length - 1 - index) * gapMs, rating, clock: 'synced' };
    });
    const firstSeq = (this.#seqs.get(terminal) ?? 0) + 1;
    this.#seqs.set(terminal, firstSeq + presses.length - 1);
    const epoch = `00000000-0000-4000-8000-${terminal === 'kallio-1' ? '000000000001' : '000000000002'}`;
    const message = { epoch, firstSeq, oldestSeq: 1, presses };
    const outcomes = await this.store.commit([{ kind: 'presses', terminal, receivedAt: this.now, message }]);
    for (const press of outcomes[0]?.presses ?? []) this.live.publish({ kind: 'press', press });
  }

  async alerts(): Promise<Alert[]> {
    return (await this.store.alerts.alerts({ state: 'all', limit: 100 })).reverse();
  }

  /** `unhappy-now kallio open`, oldest first. */
  async story(): Promise<string[]> {
    return (await this.alerts()).map(({ rule, subject, state }) => {
      const what = subject.kind === 'terminal' ? subject.terminal : subject.servicePoint;
      return `${rule.name} ${what} ${state.kind === 'closed' ? state.how.kind : state.kind}`;
    });
  }

  /** `opened boss@example.org`, in order. */
  async notices(): Promise<string[]> {
    const notices = await this.store.alerts.waitingNotices(1_000);
    return notices
      .sort((a, b) => a.id - b.id)
      .map(({ event, recipient }) => `${event} ${recipient.kind === 'email' ? recipient.address : recipient.webhook}`);
  }
}

export function ruleOf(name: string, condition: AlertRule['condition'], more: Partial<AlertRule> = {}): AlertRule {
  return { scope: { kind: 'organisation' }, name, condition, enabled: true, tellWhenOver: false, ...more };
}

/** A store of which some methods are others. */
export function withOther<T extends object>(store: T, others: Partial<T>): T {
  return new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(name in others ? others : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
