import { type ConfigMessage, explainError, HymioError, type StatusMessage } from '@hymio/protocol';
import type { Log } from '../log/log.js';
import type { FaultList } from '../status/fault-list.js';
import { decideConfig } from './decide-config.js';

/** Where the last good settings survive a reboot. */
export interface SettingsShelf {
  /** Undefined where there are none. Error: HymioError `settings-damaged`. */
  load(): ConfigMessage | undefined;
  save(settings: ConfigMessage): void;
}

/** What settings are settings of. */
export interface SettingsHost {
  /** Why it cannot do that; undefined: it can. */
  cannot(settings: ConfigMessage): string | undefined;
  /** From now on so. */
  apply(settings: ConfigMessage): void;
  /** Something that the status tells has changed. */
  changed(): void;
}

/**
 * The gateway's desired settings: applied as a whole when valid and new, kept for the next start, refused visibly
 * otherwise. They are kept before they are applied: a crash in between is a start with the new ones.
 */
export class RemoteConfig {
  readonly #shelf: SettingsShelf;
  readonly #faults: FaultList;
  readonly #log: Log;
  readonly #host: SettingsHost;
  #applied: ConfigMessage | undefined;
  #refused: StatusMessage['configRefused'];

  constructor(shelf: SettingsShelf, faults: FaultList, log: Log, host: SettingsHost) {
    this.#shelf = shelf;
    this.#faults = faults;
    this.#log = log;
    this.#host = host;
  }

  /** Applies what was kept. Nothing kept, damaged, or impossible by now: as the terminal's own configuration says. */
  start(): void {
    const kept = this.#load();
    if (kept === undefined) return;
    const reason = this.#host.cannot(kept);
    if (reason === undefined) this.#use(kept);
    else this.#refuse({ version: kept.version, reason });
  }

  get applied(): ConfigMessage | undefined {
    return this.#applied;
  }

  get refused(): StatusMessage['configRefused'] {
    return this.#refused;
  }

  receive(payload: Uint8Array): void {
    const decision = decideConfig(this.#applied, payload, (settings) => this.#host.cannot(settings));
    if (decision.kind === 'nothing') return;
    if (decision.kind === 'refuse') {
      const { version, reason } = decision;
      this.#refuse({ ...(version !== undefined && { version }), reason });
      return;
    }
    this.#faults.clear('config-invalid');
    const wasRefused = this.#refused !== undefined;
    this.#refused = undefined;
    if (decision.kind === 'apply') {
      this.#save(decision.settings);
      this.#use(decision.settings);
    }
    if (decision.kind === 'apply' || wasRefused) this.#host.changed();
  }

  #use(settings: ConfigMessage): void {
    this.#applied = settings;
    this.#host.apply(settings);
  }

  #refuse(refused: NonNullable<StatusMessage['configRefused']>): void {
    const { version, reason } = refused;
    this.#log.warn('config refused', { ...refused });
    this.#refused = refused;
    this.#faults.raise('config-invalid', version === undefined ? reason : `version ${version}: ${reason}`);
    this.#host.changed();
  }

  #load(): ConfigMessage | undefined {
    try {
      return this.#shelf.load();
    } catch (error) {
      if (!(error instanceof HymioError)) throw error;
      this.#log.error(error.code, { error: explainError(error) });
      this.#faults.raise(error.code, explainError(error));
      return undefined;
    }
  }

  #save(settings: ConfigMessage): void {
    try {
      this.#shelf.save(settings);
      this.#faults.clear('config-not-saved');
      this.#faults.clear('settings-damaged');
    } catch (error) {
      this.#faults.raise('config-not-saved', error instanceof Error ? error.message : String(error));
    }
  }
}
