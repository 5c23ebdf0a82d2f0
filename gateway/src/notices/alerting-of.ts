import type { Clock } from '@hymio/protocol';
import type { WatchedTerminal } from '../alerts/alert-watch.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { readSecret } from '../config/read-secret.js';
import type { LiveEvents } from '../live/live-events.js';
import type { Log } from '../log/log.js';
import type { SqliteStore } from '../store/sqlite/sqlite-store.js';
import { assessTerminals } from '../terminals/assess-terminals.js';
import { Alerting } from './alerting.js';
import type { MailServer } from './mail-sender.js';

/** Alerting over the store of a gateway. Error: `config-invalid` where a secret cannot be read. */
export function alertingOf(
  config: GatewayConfig,
  parts: {
    store: SqliteStore;
    live: LiveEvents;
    clock: Clock;
    log: Log;
    listening: () => boolean;
    publicUrl: string | undefined;
  },
): Alerting {
  const { store, publicUrl, ...rest } = parts;
  const mail = mailServerOf(config);
  return new Alerting({
    ...rest,
    store: store.alerts,
    registry: () => store.registry(),
    terminals: (now) => watchedTerminals(store, now, config.timezone),
    presence: (from, to) => store.presence(from, to),
    zone: config.timezone,
    random: Math.random,
    webhooks: config.webhooks.map(({ name, url, secretFile }, index) => ({
      name,
      url,
      secret: readSecret(secretFile, `webhooks.${index}.secretFile`),
    })),
    ...(mail === undefined ? {} : { mail }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
}

async function watchedTerminals(store: SqliteStore, now: number, zone: string): Promise<WatchedTerminal[]> {
  const [registry, terminals] = await Promise.all([store.registry(), store.terminals(now)]);
  const stateOf = assessTerminals(registry, { now, zone });
  return terminals.map((terminal) => {
    const state = stateOf(terminal);
    return {
      id: terminal.id,
      state: state.kind,
      since: state.since ?? null,
      faults: (terminal.status?.faults ?? []).map(({ code }) => code),
      ...(terminal.assignment === undefined ? {} : { servicePoint: terminal.assignment.servicePoint }),
    };
  });
}

function mailServerOf({ mail }: GatewayConfig): MailServer | undefined {
  if (mail === undefined) return undefined;
  const { host, port, secure, username, passwordFile } = mail.smtp;
  return {
    ...{ host, port, secure, from: mail.from },
    ...(username === undefined ? {} : { username }),
    ...(passwordFile === undefined ? {} : { password: readSecret(passwordFile, 'mail.smtp.passwordFile') }),
  };
}
