import type { Cancel, Clock } from '@hymio/protocol';
import type { Store } from '../store/store.js';
import { assessTerminals } from '../terminals/assess-terminals.js';
import { type TerminalView, viewTerminal } from '../terminals/terminal-view.js';
import type { LiveEvents } from './live-events.js';

/** Changes close together are read from the store once. */
const GATHER_MS = 500;
/** How often silence, which sends no event, is looked for. */
const RECHECK_MS = 15_000;

export type TerminalChangeListener = (terminal: TerminalView) => void;

/** Tells listeners when the state of a terminal has changed, also by falling silent. Idle while no one listens. */
export class TerminalWatch {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #zone: string;
  readonly #events: LiveEvents;
  readonly #onError: (error: unknown) => void;
  readonly #listeners = new Set<TerminalChangeListener>();
  #known: Map<string, string> | undefined;
  #unsubscribe: (() => void) | undefined;
  #timer: { cancel: Cancel; dueIn: number } | undefined;
  #reading = false;
  #again = false;

  constructor(parts: {
    store: Store;
    clock: Clock;
    zone: string;
    events: LiveEvents;
    onError: (error: unknown) => void;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#zone = parts.zone;
    this.#events = parts.events;
    this.#onError = parts.onError;
  }

  /** Listens until the returned function is called; only to changes from now on. */
  subscribe(listener: TerminalChangeListener): () => void {
    const own: TerminalChangeListener = (terminal) => listener(terminal);
    this.#listeners.add(own);
    if (this.#unsubscribe === undefined) {
      this.#unsubscribe = this.#events.subscribe((event) => {
        if (event.kind === 'terminal') this.#schedule(GATHER_MS);
      });
      this.#schedule(0);
    }
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  /** Stops listening; a later `subscribe` begins anew. */
  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#known = undefined;
    this.#listeners.clear();
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== undefined && this.#timer.dueIn <= delayMs) return;
    this.#timer?.cancel();
    const cancel = this.#clock.after(delayMs, () => {
      this.#timer = undefined;
      this.#read().catch(this.#onError);
    });
    this.#timer = { cancel, dueIn: delayMs };
  }

  async #read(): Promise<void> {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      const now = this.#clock.now();
      const [registry, terminals] = await Promise.all([this.#store.registry(), this.#store.terminals(now)]);
      const stateOf = assessTerminals(registry, { now, zone: this.#zone });
      if (this.#unsubscribe === undefined) return;
      this.#compare(terminals.map((terminal) => viewTerminal(terminal, stateOf(terminal))));
    } finally {
      this.#reading = false;
      if (this.#unsubscribe !== undefined) this.#schedule(this.#again ? GATHER_MS : RECHECK_MS);
      this.#again = false;
    }
  }

  #compare(terminals: readonly TerminalView[]): void {
    const before = this.#known;
    this.#known = new Map(terminals.map((terminal) => [terminal.id, essence(terminal)]));
    if (before === undefined) return;
    for (const terminal of terminals) {
      if (before.get(terminal.id) === this.#known.get(terminal.id)) continue;
      for (const listener of this.#listeners) listener(terminal);
    }
  }
}

/** What counts as a change: not each heartbeat. */
function essence({ state, servicePoint, name, lostPresses, missingPresses, pending }: TerminalView): string {
  const since = state.kind === 'working' ? null : state.since;
  const faults = state.faults.map((fault) => fault.code);
  return JSON.stringify([
    state.kind,
    since,
    faults,
    servicePoint,
    name,
    lostPresses,
    missingPresses,
    (pending ?? 0) > 0,
  ]);
}
