import { type Cancel, type Clock, HymioError } from '@hymio/protocol';
import { quietUntil } from '../calendar/quiet-until.js';
import type { Actor } from '../exclusions/exclusion.js';
import type { LiveEvents } from '../live/live-events.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Registry } from '../registry/registry.js';
import type { PresenceSpan } from '../store/store.js';
import type { Alert, AlertNumbers } from './alert.js';
import { AlertBook } from './alert-book.js';
import type { AlertRule, AlertScope, Recipient } from './alert-rule.js';
import type { AlertStore } from './alert-store.js';
import { AlertWatch, numbersOfTerminal, type WatchedTerminal } from './alert-watch.js';
import { PressMemory } from './press-memory.js';
import { RuleBook } from './rule-book.js';
import type { stepAlert } from './step-alert.js';
import { SuspectMemory } from './suspect-memory.js';

/** Presses close together are judged once, ms. */
const GATHER_MS = 200;
/** How often everything is looked at: what time alone changes sends no event. */
const LOOK_EVERY_MS = 10_000;
/** Changes of the registry close together are taken up once, ms. */
const RELOAD_AFTER_MS = 1_000;

export interface AlertEngineParts {
  store: AlertStore;
  registry: () => Promise<Registry>;
  /** How the terminals are at `now`, UTC ms; gone through once. */
  terminals: (now: number) => Promise<Iterable<WatchedTerminal>>;
  presence: (from: number, to: number) => Promise<readonly PresenceSpan[]>;
  /** Whether terminals can be heard. */
  listening: () => boolean;
  live: LiveEvents;
  clock: Clock;
  /** IANA zone of quiet hours and opening hours. */
  zone: string;
  log: Log;
  /** A new UUID. */
  newDelivery: () => string;
  /** There are notices to deliver. */
  noticed: () => void;
  lookEveryMs?: number;
  /** Decides about the life of alerts; default: `stepAlert`. */
  step?: typeof stepAlert;
}

type Running = { watch: AlertWatch; pressesKnown: boolean };

/** Watches presses and terminals, and opens and closes alerts. What it does to alerts happens one after the other. */
export class AlertEngine {
  readonly #parts: AlertEngineParts;
  readonly #memory = new PressMemory();
  readonly #suspects: SuspectMemory;
  readonly #book: AlertBook;
  readonly #dirty = new Set<string>();
  readonly #timers = new Map<'look' | 'gather' | 'reload', Cancel>();
  #running: Running | undefined;
  #tasks: Promise<void> = Promise.resolve();
  #unsubscribe: (() => void) | undefined;
  #listeningSince: number | undefined;

  constructor(parts: AlertEngineParts) {
    this.#parts = parts;
    this.#suspects = new SuspectMemory(() => parts.clock.monotonic());
    this.#book = new AlertBook({
      store: parts.store,
      recipients: (rule, servicePoint) => this.#watch().rules.recipients(rule, servicePoint),
      notBefore: (rule, at) => quietUntil(rule.quietHours, at, parts.zone),
      newDelivery: parts.newDelivery,
      ...(parts.step === undefined ? {} : { step: parts.step }),
      changed: (alert, noticed) => {
        parts.live.publish({ kind: 'alert', alert });
        if (noticed) parts.noticed();
      },
    });
  }

  /** Reads rules and open alerts; presses of the past are read behind it. Errors: the store's. */
  async start(): Promise<void> {
    await this.#book.load();
    await this.#loadRules();
    this.#noteListening(this.#parts.clock.now());
    this.#unsubscribe = this.#parts.live.subscribe((event) => {
      if (event.kind === 'press') {
        this.#memory.add(event.press);
        this.#suspects.add(event.press);
        if (event.press.servicePoint === undefined || event.press.repeat || event.press.excluded) return;
        this.#dirty.add(event.press.servicePoint);
        this.#after('gather', GATHER_MS, () => this.#lookAtDirty());
      } else if (event.kind === 'registry') this.#after('reload', RELOAD_AFTER_MS, () => this.#reload());
    });
    void this.#enqueue(() => this.#readPresses());
    this.#lookLater();
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#cancelTimers();
    await this.#tasks;
    // A look that was under way has planned the next one.
    this.#cancelTimers();
    this.#running = undefined;
  }

  /** Errors: HymioError `alert-closed`, the store's. */
  acknowledge(id: number, by: string): Promise<void> {
    return this.#byHand(id, { kind: 'acknowledge' }, { by });
  }

  /** Errors: HymioError `alert-closed`, the store's. */
  close(id: number, by: string, why: string): Promise<void> {
    return this.#byHand(id, { kind: 'dismiss' }, { by, why });
  }

  /** Errors: the store's. */
  async comment(id: number, by: string, text: string): Promise<void> {
    await this.#parts.store.comment(id, { at: this.#parts.clock.now(), kind: 'comment', by, text });
    this.#parts.live.publish({ kind: 'alert', alert: id });
  }

  async saveRule(rule: AlertRule, by: Actor): Promise<void> {
    await this.#parts.store.saveRule(rule, by);
    await this.#enqueueOrThrow(() => this.#reload());
  }

  /** What is farther away, or the default, holds again. */
  async removeRule(rule: Pick<AlertRule, 'scope' | 'name'>, by: Actor): Promise<void> {
    await this.#parts.store.removeRule(rule, by);
    await this.#enqueueOrThrow(() => this.#reload());
  }

  async saveRecipients(scope: AlertScope, recipients: readonly Recipient[], by: Actor): Promise<void> {
    await this.#parts.store.saveRecipients(scope, recipients, by);
    await this.#enqueueOrThrow(() => this.#orReload(() => this.#loadRules()));
  }

  /** How many are open: nobody has them in hand. */
  get openCount(): number {
    return this.#book.openCount;
  }

  /** What the rule of an alert counts or sees now; undefined where that is not known. Errors: those of `terminals`. */
  async numbersNow({ rule, subject }: Alert): Promise<AlertNumbers | undefined> {
    if (this.#running === undefined) return undefined;
    const { watch, pressesKnown } = this.#running;
    const { condition } = rule;
    const now = this.#parts.clock.now();
    if (subject.kind === 'terminal') {
      if (condition.kind === 'suspect-presses') return watch.suspectsOf(subject.terminal, condition.windowMs, now);
      for (const seen of await this.#parts.terminals(now)) {
        if (seen.id === subject.terminal) return numbersOfTerminal(seen);
      }
      return undefined;
    }
    if (!pressesKnown) return undefined;
    if ('windowMs' in condition && !watch.rules.windows.has(condition.windowMs)) return undefined;
    return watch.numbersOf(rule, subject.servicePoint, now);
  }

  async #byHand(
    id: number,
    input: { kind: 'acknowledge' } | { kind: 'dismiss' },
    words: { by: string; why?: string },
  ): Promise<void> {
    await this.#enqueueOrThrow(async () => {
      if (await this.#book.byHand(id, input, this.#parts.clock.now(), words)) return;
      throw new HymioError('alert-closed', `Alert ${id} is not open.`, 'A comment can still be added.');
    });
  }

  #cancelTimers(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #lookLater(): void {
    this.#after('look', this.#parts.lookEveryMs ?? LOOK_EVERY_MS, async () => {
      try {
        await this.#lookAtAll();
      } finally {
        this.#lookLater();
      }
    });
  }

  async #lookAtDirty(): Promise<void> {
    const dirty = [...this.#dirty];
    this.#dirty.clear();
    if (this.#running?.pressesKnown) await this.#watch().lookAtPresses(dirty, this.#parts.clock.now());
  }

  #noteListening(now: number): void {
    if (!this.#parts.listening()) this.#listeningSince = undefined;
    else this.#listeningSince = Math.min(this.#listeningSince ?? now, now);
  }

  async #lookAtAll(): Promise<void> {
    const { clock, terminals } = this.#parts;
    const now = clock.now();
    this.#noteListening(now);
    await this.#watch().lookAtTerminals(await terminals(now), this.#listeningSince, now);
    if (this.#running?.pressesKnown) await this.#watch().lookAtPresses(undefined, now);
    else await this.#readPresses();
  }

  #reload(): Promise<void> {
    return this.#orReload(async () => {
      await this.#loadRules();
      await this.#readPresses();
      await this.#watch().withdrawPlaces(this.#parts.clock.now());
    });
  }

  /** What was changed comes into force whatever was in the way just then: where this fails all is taken up again. */
  async #orReload(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (error) {
      if (this.#running !== undefined) this.#after('reload', RELOAD_AFTER_MS, () => this.#reload());
      throw error;
    }
  }

  async #loadRules(): Promise<void> {
    const { store, registry, zone, presence } = this.#parts;
    const rules = new RuleBook(await registry(), await store.settings(), zone);
    const [memory, suspects, book] = [this.#memory, this.#suspects, this.#book];
    suspects.keep(rules.suspectWindows);
    const watch = new AlertWatch({ rules, memory, suspects, book, presence, zone });
    const { pressesKnown = false, watch: before } = this.#running ?? {};
    // A window that was not kept is empty until presses are read: nothing is judged by it.
    const kept = [...rules.windows].every((windowMs) => before?.rules.windows.has(windowMs));
    this.#running = { watch, pressesKnown: pressesKnown && kept };
  }

  async #readPresses(): Promise<void> {
    const { store, clock } = this.#parts;
    await this.#memory.rebuild(store, this.#watch().rules.windows, clock.now());
    if (this.#running !== undefined) this.#running.pressesKnown = true;
  }

  #watch(): AlertWatch {
    if (this.#running === undefined) throw new Error('the alert engine does not run');
    return this.#running.watch;
  }

  /** Runs a task once, in its turn, after a while; one of a kind waits at a time. */
  #after(kind: 'look' | 'gather' | 'reload', delayMs: number, task: () => Promise<void>): void {
    if (this.#timers.has(kind)) return;
    const cancel = this.#parts.clock.after(delayMs, () => {
      this.#timers.delete(kind);
      void this.#enqueue(task);
    });
    this.#timers.set(kind, cancel);
  }

  #enqueue(task: () => Promise<void>): Promise<void> {
    return this.#enqueueOrThrow(task).catch((error: unknown) => {
      this.#parts.log.error('alerts could not be judged; tried again', errorFields(error));
    });
  }

  #enqueueOrThrow(task: () => Promise<void>): Promise<void> {
    const done = this.#tasks.then(task);
    this.#tasks = done.catch(() => undefined);
    return done;
  }
}
