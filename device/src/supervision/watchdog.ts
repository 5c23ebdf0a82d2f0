import type { Cancel, Clock } from '@hymio/protocol';
import type { Log } from '../log/log.js';
import { describeProgress, type ProgressFacts, whatHinders } from './progress.js';
import { NO_SUPERVISOR, type Supervisor } from './supervisor.js';

/** While a panel opens for the first time. */
const START_POLL_MS = 250;
/** Where no watchdog asks for more, ms. */
const QUIET_LOOK_MS = 20_000;

export interface WatchdogParts {
  supervisor: Supervisor;
  clock: Clock;
  log: Log;
  facts: () => ProgressFacts;
}

type WatchdogState = { kind: 'stopped' } | { kind: 'starting' | 'watching'; cancel: Cancel };

/** Tells the supervisor that the firmware is up, and goes on telling it only while journal and panel make progress. */
export class Watchdog {
  readonly #parts: WatchdogParts;
  #state: WatchdogState = { kind: 'stopped' };
  #told = '';
  #hindrance: string | undefined;

  constructor(parts: WatchdogParts) {
    this.#parts = parts;
  }

  /** To be called once presses are taken. Does nothing where nobody watches. */
  start(): void {
    if (this.#parts.supervisor !== NO_SUPERVISOR) this.#look();
  }

  /** Says that the end has begun; resolves once that was said. */
  stop(): Promise<void> {
    if (this.#state.kind === 'stopped') return Promise.resolve();
    this.#state.cancel();
    this.#state = { kind: 'stopped' };
    return this.#parts.supervisor.stopping();
  }

  #look(): void {
    const { supervisor, clock, facts } = this.#parts;
    const now = facts();
    const starting = this.#state.kind !== 'watching' && now.panel.kind === 'opening';
    const hindrance = whatHinders(now);
    this.#note(hindrance);
    if (!starting) {
      this.#tell(describeProgress(now));
      if (hindrance === undefined) supervisor.alive();
    }
    const delayMs = starting ? START_POLL_MS : (supervisor.feedEveryMs ?? QUIET_LOOK_MS);
    this.#state = { kind: starting ? 'starting' : 'watching', cancel: clock.after(delayMs, () => this.#look()) };
  }

  /** A first fault of the panel counts as up: else the start would time out again and again where none is plugged in. */
  #tell(text: string): void {
    if (text === this.#told) return;
    if (this.#told === '') this.#parts.supervisor.ready(text);
    else this.#parts.supervisor.status(text);
    this.#told = text;
  }

  #note(hindrance: string | undefined): void {
    const { log } = this.#parts;
    if (hindrance !== undefined && this.#hindrance === undefined) log.error('no progress', { detail: hindrance });
    if (hindrance === undefined && this.#hindrance !== undefined) log.info('progress again');
    this.#hindrance = hindrance;
  }
}
