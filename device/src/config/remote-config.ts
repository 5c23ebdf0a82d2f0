import { type ConfigMessage, configMessageSchema, decode } from '@hymio/protocol';
import type { Log } from '../log/log.js';
import type { FaultList } from '../status/fault-list.js';

/** Where the last good settings survive a reboot. */
export interface SettingsShelf {
  load(): ConfigMessage | undefined;
  save(settings: ConfigMessage): void;
}

/** The gateway's desired settings: applied when valid and new, kept for the next start, refused visibly otherwise. */
export class RemoteConfig {
  readonly #shelf: SettingsShelf;
  readonly #faults: FaultList;
  readonly #log: Log;
  readonly #onChange: () => void;
  #applied: ConfigMessage | undefined;

  constructor(shelf: SettingsShelf, faults: FaultList, log: Log, onChange: () => void) {
    this.#shelf = shelf;
    this.#faults = faults;
    this.#log = log;
    this.#onChange = onChange;
  }

  start(): void {
    this.#applied = this.#shelf.load();
  }

  get applied(): ConfigMessage | undefined {
    return this.#applied;
  }

  receive(payload: Uint8Array): void {
    if (payload.length === 0) return;
    const decoded = decode<ConfigMessage>(configMessageSchema, payload);
    if (!decoded.ok) {
      this.#log.warn('config refused', { reason: decoded.reason });
      this.#faults.raise('config-invalid', decoded.reason);
      return;
    }
    this.#faults.clear('config-invalid');
    if (decoded.message.version === this.#applied?.version) return;
    this.#applied = decoded.message;
    this.#save(decoded.message);
    this.#onChange();
  }

  #save(settings: ConfigMessage): void {
    try {
      this.#shelf.save(settings);
      this.#faults.clear('config-not-saved');
    } catch (error) {
      this.#faults.raise('config-not-saved', error instanceof Error ? error.message : String(error));
    }
  }
}
