import { type Arrival, Ingest, LiveEvents, MemoryStore, type Outcome, type Store } from '@hymio/gateway';
import type { AckMessage, Clock } from '@hymio/protocol';

export const RECEIVED_AT = Date.parse('2026-11-20T12:00:00Z');

/** A commit that waits for the test to let it go on. */
export interface HeldCommit {
  arrivals: readonly Arrival[];
  /** Carries it out. */
  pass(): void;
  /** Lets it fail. */
  fail(error: Error): void;
}

/** Ingest over a MemoryStore whose commits the test holds, with a fake link and a clock that only the test moves. */
export class IngestRig {
  readonly store = new MemoryStore({ now: () => RECEIVED_AT });
  readonly live = new LiveEvents();
  readonly acks: ({ terminal: string } & AckMessage)[] = [];
  readonly logged: { level: string; event: string; fields: Record<string, unknown> }[] = [];
  readonly commits: HeldCommit[] = [];
  readonly ingest: Ingest;
  /** While true every commit is carried out at once. */
  flowing = false;
  #monotonicMs = 0;
  #timers: { at: number; run: () => void }[] = [];
  #onCommit: (() => void) | undefined;

  constructor() {
    const clock: Clock = {
      now: () => RECEIVED_AT,
      monotonic: () => this.#monotonicMs,
      after: (delayMs, run) => {
        const timer = { at: this.#monotonicMs + delayMs, run };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((each) => each !== timer);
        };
      },
    };
    const store: Pick<Store, 'commit' | 'terminal'> = {
      commit: (arrivals) => this.#hold(arrivals),
      terminal: (id, at) => this.store.terminal(id, at),
    };
    const link = {
      ack: (terminal: string, payload: string) =>
        void this.acks.push({ terminal, ...(JSON.parse(payload) as AckMessage) }),
    };
    const log = (level: string) => (event: string, fields: object | undefined) =>
      void this.logged.push({ level, event, fields: { ...fields } });
    this.ingest = new Ingest({
      store,
      link,
      live: this.live,
      clock,
      log: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    });
  }

  send(terminal: string, payload: object | string, retained = false): void {
    const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
    this.ingest.receive(terminal, 'presses', Buffer.from(text), retained);
  }

  tell(terminal: string, status: object): void {
    this.ingest.receive(terminal, 'status', Buffer.from(JSON.stringify(status)), false);
  }

  /** The next commit that ingest asks for. */
  async commit(): Promise<HeldCommit> {
    while (this.commits.length === 0) {
      await new Promise<void>((resolve) => {
        this.#onCommit = resolve;
      });
    }
    return this.commits.shift() as HeldCommit;
  }

  /** Everything that can happen without the test's doing has happened. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  advance(ms: number): void {
    this.#monotonicMs += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#monotonicMs);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { run } of due) run();
  }

  #hold(arrivals: readonly Arrival[]): Promise<Outcome[]> {
    if (this.flowing) return this.store.commit(arrivals);
    return new Promise((resolve, reject) => {
      this.commits.push({
        arrivals,
        pass: () => void this.store.commit(arrivals).then(resolve, reject),
        fail: reject,
      });
      this.#onCommit?.();
    });
  }
}
