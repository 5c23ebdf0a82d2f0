import { randomBytes } from 'node:crypto';
import { MqttAccounts } from './accounts/mqtt-accounts.js';
import { requireLogins } from './config/exposure.js';
import type { GatewayConfig } from './config/gateway-config.js';
import { buildGatewayParts, type GatewayParts } from './gateway-parts.js';
import { EnrolmentDesk, enrolmentAddress } from './identity/enrolment-desk.js';
import { type Identity, openIdentity } from './identity/open-identity.js';
import { addressOf, linkOf } from './link/link-of.js';
import type { Log } from './log/log.js';
import { AuditWatch } from './maintenance/audit-watch.js';
import { ControlServer } from './maintenance/control-server.js';
import type { OperationTarget } from './maintenance/operations.js';
import { Retention } from './maintenance/retention.js';
import { passwordLinkAddress } from './people/password-link.js';
import { Publisher } from './public/publisher.js';
import { openSqliteStore, type SqliteStore } from './store/sqlite/sqlite-store.js';
import { SYSTEM_CLOCK } from './system-clock.js';

/** Where a running gateway is reached. */
export interface GatewayAddresses {
  http: string;
  mqtt: string;
  /** A link that makes the first administrator; absent where there is a user. */
  firstAdmin?: string;
}

/** The gateway: broker, ingest, store, pages. Starts what others need first, stops in the opposite order. */
export class Gateway {
  readonly #config: GatewayConfig;
  readonly #log: Log;
  readonly #undo: (() => Promise<void> | void)[] = [];

  constructor(config: GatewayConfig, log: Log) {
    this.#config = config;
    this.#log = log;
  }

  /** Errors: the store's, `port-busy`, `address-unusable`. What was started before an error is stopped again. */
  async start(): Promise<GatewayAddresses> {
    try {
      return await this.#start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) await undo();
  }

  async #start(): Promise<GatewayAddresses> {
    const log = this.#log;
    const store = await openSqliteStore({ folder: this.#config.data });
    this.#undo.push(() => store.close());
    const { identity, enrolment } = await this.#identity(store);
    const accounts = new MqttAccounts({ store: store.accounts, registry: () => store.registry() });
    await accounts.refresh();
    const { mqtt, identity: { names } = { names: [] } } = this.#config;
    const link = await linkOf(mqtt, { clock: SYSTEM_CLOCK, log, identity, names, accounts });
    const basis = { config: this.#config, store, link, accounts, enrolment, clock: SYSTEM_CLOCK, log };
    const parts = buildGatewayParts(basis);
    const { board, metrics, ingest, administration, people, logins, commands, configs, events, server, printer } =
      parts;
    this.#undo.push(() => printer.stop());
    metrics.start();
    board.start();
    this.#undo.push(() => board.stop());
    await administration.start();
    await people.start();
    this.#undo.push(() => people.stop());
    requireLogins(this.#config, people.hasUsers);
    const address = await server.start();
    this.#undo.push(() => server.stop());
    // What is committed while all this stops cannot be told any more: it is counted.
    this.#undo.push(() => events?.close());
    this.#undo.push(() => ingest.stop());
    await link.start({
      message: (terminal, kind, payload, retained) => {
        if (kind === 'answer') {
          if (!retained) commands.receive(terminal, payload);
          return;
        }
        ingest.receive(terminal, kind, payload, retained);
        if (kind === 'status') configs.heard(terminal, payload);
        administration.heard(terminal, retained && payload.length > 0);
      },
      ...(events && { arrived: () => events.arrived(), keeps: (topic) => events.keeps(topic) }),
    });
    this.#undo.push(() => link.stop());
    await configs.start();
    this.#undo.push(() => configs.stop());
    this.#undo.push(() => commands.stop());
    await this.#startWatching(store, parts, identity);
    const origin = this.#config.http.publicUrl ?? address.url;
    const first = people.asksForLogin ? {} : { firstAdmin: passwordLinkAddress(origin, logins.makeFirstLink()) };
    return { http: address.url, mqtt: addressOf(mqtt, link), ...first };
  }

  /** What goes by itself once terminals are heard. */
  async #startWatching(store: SqliteStore, parts: GatewayParts, identity: Identity | undefined): Promise<void> {
    const log = this.#log;
    const clock = SYSTEM_CLOCK;
    const { data, timezone: zone, retentionDays } = this.#config;
    const { hearing, alerting, reporting, events } = parts;
    hearing.start();
    this.#undo.push(() => hearing.stop());
    // Before what opens alerts, and stopped after it: they are told.
    events?.start();
    this.#undo.push(() => events?.stop());
    await alerting.start();
    this.#undo.push(() => alerting.stop());
    reporting.start();
    this.#undo.push(() => reporting.stop());
    const control = new ControlServer(servedOperations(store, parts, identity), data);
    await control.start();
    this.#undo.push(() => control.stop());
    const publisher = new Publisher({ store, clock, log, zone });
    publisher.start();
    this.#undo.push(() => publisher.stop());
    const retention = new Retention({ store, clock, log, retentionDays });
    retention.start();
    this.#undo.push(() => retention.stop());
    const audit = new AuditWatch({ store, clock, log });
    audit.start();
    this.#undo.push(() => audit.stop());
  }

  /** Who the terminals are, where the configuration speaks of it; enrolment is open from now on. */
  async #identity(
    store: SqliteStore,
  ): Promise<{ identity: Identity | undefined; enrolment: EnrolmentDesk | undefined }> {
    const { identity: config, data } = this.#config;
    if (config === undefined) return { identity: undefined, enrolment: undefined };
    const identity = await openIdentity({ config, data, store: store.identity, clock: SYSTEM_CLOCK, log: this.#log });
    const port = await identity.server?.start();
    this.#undo.push(() => identity.server?.stop());
    const enrolment = new EnrolmentDesk({
      identities: identity.identities,
      authority: identity.authority.raw,
      random: randomBytes,
      ...(port !== undefined && { address: enrolmentAddress(config.names, port) }),
    });
    return { identity, enrolment };
  }
}

/** What the command line asks for while the gateway runs: changes are told to those who look. */
function servedOperations(
  store: SqliteStore,
  { administration, people, commands, accounts }: GatewayParts,
  identity: Identity | undefined,
): OperationTarget {
  return {
    registry: () => store.registry(),
    importRegistry: (file, by) => administration.importRegistry(file, by),
    prune: (before, by) => store.prune(before, by),
    rebuildRollups: (by) => store.rebuildRollups(by),
    backup: (file) => store.backup(file),
    commands,
    tokens: store.tokens,
    accounts,
    people,
    identity: identity?.identities ?? store.identity,
  };
}
