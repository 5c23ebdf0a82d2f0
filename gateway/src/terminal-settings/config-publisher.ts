import {
  type Cancel,
  type Clock,
  type ConfigMessage,
  decode,
  type StatusMessage,
  statusMessageSchema,
} from '@hymio/protocol';
import type { GatewayLink } from '../link/gateway-link.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import type { Registry } from '../registry/registry.js';
import type { Store } from '../store/store.js';
import { needsConfig } from './config-state.js';
import { configOf, effectiveSettings } from './effective-settings.js';
import type { ScopeSettings } from './scope-settings.js';

/** Terminals move at times that were said before: how often is looked, ms. */
const LOOK_EVERY_MS = 60_000;
const NOTHING = configOf({}).version;

export interface ConfigPublisherParts {
  store: Pick<Store, 'registry' | 'settings'>;
  link: Pick<GatewayLink, 'tell'>;
  clock: Clock;
  log: Log;
}

/**
 * Keeps the retained `config` of every terminal as it is desired: at the start, when something changes, when a terminal
 * comes to stand elsewhere, and whenever one reports another version than it should have.
 */
export class ConfigPublisher {
  readonly #parts: ConfigPublisherParts;
  #registry: Registry | undefined;
  #settings: readonly ScopeSettings[] = [];
  #servicePoints: ReadonlyMap<string, string> = new Map();
  /** Versions that the broker was given by this process. */
  readonly #published = new Map<string, string>();
  readonly #heard = new Set<string>();
  #cancel: Cancel = () => undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(parts: ConfigPublisherParts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    this.#cancel = this.#parts.clock.after(LOOK_EVERY_MS, () => void this.start());
    await this.refresh();
  }

  async stop(): Promise<void> {
    this.#cancel();
    await this.#work;
  }

  /** Settings or places may have changed. Never rejects: what could not be read is read again soon. */
  refresh(): Promise<void> {
    this.#work = this.#work.then(() => this.#refresh());
    return this.#work;
  }

  /** A status came, new or kept by the broker. */
  heard(terminal: string, payload: Uint8Array): void {
    if (this.#registry === undefined || payload.length === 0) return;
    const status = decode<StatusMessage>(statusMessageSchema, payload);
    if (!status.ok || this.#isRetired(terminal)) return;
    this.#heard.add(terminal);
    const desired = this.#desired(terminal, this.#registry);
    if (needsConfig(desired, status.message)) this.#publish(terminal, desired);
  }

  async #refresh(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      const [registry, settings] = await Promise.all([store.registry(), store.settings.list()]);
      this.#registry = registry;
      this.#settings = settings;
      this.#servicePoints = this.#placesNow(registry);
      for (const terminal of new Set([...registry.terminals.map(({ id }) => id), ...this.#heard])) {
        this.#update(terminal, registry);
      }
    } catch (error) {
      log.warn('desired settings of terminals could not be read', errorFields(error));
    }
  }

  #update(terminal: string, registry: Registry): void {
    if (this.#isRetired(terminal)) {
      this.#published.delete(terminal);
      return;
    }
    const desired = this.#desired(terminal, registry);
    // Of whom nothing was ever desired is not spoken to.
    if (desired.version !== (this.#published.get(terminal) ?? NOTHING)) this.#publish(terminal, desired);
  }

  #publish(terminal: string, desired: ConfigMessage): void {
    if (this.#parts.link.tell(terminal, 'config', JSON.stringify(desired))) {
      this.#published.set(terminal, desired.version);
    }
  }

  #desired(terminal: string, registry: Registry): ConfigMessage {
    const servicePoint = this.#servicePoints.get(terminal);
    return configOf(effectiveSettings(registry, this.#settings, { terminal, servicePoint }).settings);
  }

  #placesNow({ assignments }: Registry): ReadonlyMap<string, string> {
    const now = this.#parts.clock.now();
    const current = assignments.filter(({ from, to = Infinity }) => from <= now && now < to);
    return new Map(current.map(({ terminal, servicePoint }) => [terminal, servicePoint]));
  }

  #isRetired(terminal: string): boolean {
    return this.#registry?.terminals.some(({ id, retiredAt }) => id === terminal && retiredAt !== undefined) === true;
  }
}
