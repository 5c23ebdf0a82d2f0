import {
  type Cancel,
  type Clock,
  type ConfigMessage,
  decode,
  type StatusMessage,
  statusMessageSchema,
} from '@hymio/protocol';
import { firstAtOrAfter } from '../board/first-at-or-after.js';
import type { GatewayLink } from '../link/gateway-link.js';
import { errorFields } from '../log/error-fields.js';
import type { Log } from '../log/log.js';
import { assignmentInForce } from '../registry/assignment-in-force.js';
import type { Registry } from '../registry/registry.js';
import type { Store } from '../store/store.js';
import { needsConfig } from './config-state.js';
import { configOf, SettingsIndex } from './effective-settings.js';
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

/** What was read last, for many terminals to be looked up in. */
interface Known {
  registry: Registry;
  settings: SettingsIndex;
  retired: ReadonlySet<string>;
  /** When it was read, UTC ms. */
  at: number;
}

/**
 * Keeps the retained `config` of every terminal as it is desired: at the start, when something changes, when a terminal
 * comes to stand elsewhere, and whenever one reports another version than it should have.
 */
export class ConfigPublisher {
  readonly #parts: ConfigPublisherParts;
  #known: Known | undefined;
  /** Versions that the broker was given by this process. */
  readonly #published = new Map<string, string>();
  /** Terminals that were heard and that the operator has not announced. */
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
    const known = this.#known;
    if (known === undefined || payload.length === 0) return;
    const status = decode<StatusMessage>(statusMessageSchema, payload);
    if (!status.ok || known.retired.has(terminal)) return;
    if (!isAnnounced(terminal, known)) this.#heard.add(terminal);
    const desired = desiredOf(terminal, known);
    if (needsConfig(desired, status.message)) this.#publish(terminal, desired);
  }

  async #refresh(): Promise<void> {
    const { store, log } = this.#parts;
    try {
      const [registry, settings] = await Promise.all([store.registry(), store.settings.list()]);
      const known = this.#knownOf(registry, settings);
      this.#known = known;
      for (const { id } of registry.terminals) this.#update(id, known);
      for (const terminal of this.#heard) {
        if (isAnnounced(terminal, known)) this.#heard.delete(terminal);
        else this.#update(terminal, known);
      }
    } catch (error) {
      log.warn('desired settings of terminals could not be read', errorFields(error));
    }
  }

  #update(terminal: string, known: Known): void {
    if (known.retired.has(terminal)) {
      this.#published.delete(terminal);
      return;
    }
    const desired = desiredOf(terminal, known);
    // Of whom nothing was ever desired is not spoken to.
    if (desired.version !== (this.#published.get(terminal) ?? NOTHING)) this.#publish(terminal, desired);
  }

  #publish(terminal: string, desired: ConfigMessage): void {
    if (this.#parts.link.tell(terminal, 'config', JSON.stringify(desired))) {
      this.#published.set(terminal, desired.version);
    }
  }

  #knownOf(registry: Registry, settings: readonly ScopeSettings[]): Known {
    const retired = registry.terminals.filter(({ retiredAt }) => retiredAt !== undefined);
    return {
      registry,
      settings: new SettingsIndex(registry, settings),
      retired: new Set(retired.map(({ id }) => id)),
      at: this.#parts.clock.now(),
    };
  }
}

function isAnnounced(terminal: string, { registry: { terminals } }: Known): boolean {
  return terminals[firstAtOrAfter(terminals, terminal, ({ id }) => id)]?.id === terminal;
}

function desiredOf(terminal: string, { settings, registry, at }: Known): ConfigMessage {
  const { servicePoint } = assignmentInForce(registry, terminal, at) ?? {};
  return configOf(settings.effective({ terminal, servicePoint }).settings);
}
