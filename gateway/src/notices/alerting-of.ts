import type { Clock } from '@hymio/protocol';
import type { WatchedTerminal } from '../alerts/alert-watch.js';
import type { Board } from '../board/board.js';
import type { Snapshot } from '../board/snapshot.js';
import type { GatewayConfig } from '../config/gateway-config.js';
import { readSecret } from '../config/read-secret.js';
import type { LiveEvents } from '../live/live-events.js';
import type { Log } from '../log/log.js';
import type { SqliteStore } from '../store/sqlite/sqlite-store.js';
import { Alerting } from './alerting.js';
import { mailServerOf } from './mail-server-of.js';

/** Alerting over the store of a gateway. Error: `config-invalid` where a secret cannot be read. */
export function alertingOf(
  config: GatewayConfig,
  parts: {
    store: SqliteStore;
    board: Board;
    live: LiveEvents;
    clock: Clock;
    log: Log;
    listening: () => boolean;
    publicUrl: string | undefined;
  },
): Alerting {
  const { store, board, publicUrl, ...rest } = parts;
  const mail = mailServerOf(config);
  return new Alerting({
    ...rest,
    store: store.alerts,
    registry: () => store.registry(),
    terminals: () => watchedTerminals(board),
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

/** What the pages show is what the rules judge. One after the other, so that nobody holds a second list of all. */
async function watchedTerminals(board: Board): Promise<Iterable<WatchedTerminal>> {
  const { terminals } = await board.look();
  return watched(terminals);
}

function* watched(terminals: Snapshot['terminals']): Generator<WatchedTerminal> {
  for (const { record, state } of terminals) {
    const { id, status, assignment } = record;
    yield {
      id,
      state: state.kind,
      since: state.since ?? null,
      faults: (status?.faults ?? []).map(({ code }) => code),
      ...(assignment === undefined ? {} : { servicePoint: assignment.servicePoint }),
    };
  }
}
