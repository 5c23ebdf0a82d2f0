import type { Log } from '@hymio/device';
import { openSqliteStore, registryFileSchema, type Store } from '@hymio/gateway';
import { demoOutages } from './demo-calendar.js';
import { DEMO_CHANGE, DEMO_PLACES, PUBLIC_PLACE, SILENT_TERMINAL, UNPLUGGED_TERMINAL } from './demo-place.js';
import { demoRegistry } from './demo-registry.js';
import { type DemoState, HISTORY_MS, PUT_UP_BEFORE_MS } from './demo-state.js';
import { DEMO_HEARTBEAT_MS, DemoTerminal } from './demo-terminal.js';
import { StoreTransport } from './store-transport.js';

/** When the demo's service point changed what its note tells of. */
const CHANGED_BEFORE_MS = 9 * 24 * 3_600_000;

/** Connected for so long before the outage, so that the last status says that everything was delivered. */
const GOODBYE_MS = 2 * DEMO_HEARTBEAT_MS;

export interface PastParts {
  /** Folders of the gateway's store and of the terminals' journals. */
  storeFolder: string;
  terminalsFolder: string;
  state: DemoState;
  log: Log;
  stop: AbortSignal;
}

/**
 * Before the gateway's first start: the registry, and the past of the two terminals whose outages a gateway must have
 * seen at the time. Errors: the store's, the journal's.
 */
export async function preparePast({ storeFolder, terminalsFolder, state, log, stop }: PastParts): Promise<void> {
  const store = await openSqliteStore({ folder: storeFolder, reads: 'in-thread' });
  try {
    await store.importRegistry(registryFileSchema.parse(demoRegistry(state.from - PUT_UP_BEFORE_MS)));
    await makePublic(store, state.from + HISTORY_MS);
    const { silentFrom, unpluggedFrom } = demoOutages(state.from + HISTORY_MS);
    for (const [terminal, until] of [
      [SILENT_TERMINAL, silentFrom],
      [UNPLUGGED_TERMINAL, unpluggedFrom],
    ] as const) {
      await liveUntil(
        store,
        terminal,
        until,
        { folder: terminalsFolder, seed: state.seed, historyFrom: state.from, log },
        stop,
      );
    }
  } finally {
    await store.close();
  }
}

/** One service point shows its result to everybody, with what was changed there. `now`: UTC ms. */
async function makePublic(store: Store, now: number): Promise<void> {
  const by = { who: 'Hymiö', at: now };
  const show = { question: true, faces: true, changes: true };
  await store.putPublicSetting({ servicePoint: PUBLIC_PLACE, enabled: true, show }, by);
  // Prepared anew after an end in mid-way, it is there already.
  if ((await store.staffNotes({ servicePoint: PUBLIC_PLACE })).length > 0) return;
  await store.putStaffNote(
    { servicePoint: PUBLIC_PLACE, kind: 'changed', from: now - CHANGED_BEFORE_MS, text: DEMO_CHANGE },
    by,
  );
}

async function liveUntil(
  store: Store,
  id: string,
  until: number,
  parts: { folder: string; seed: number; historyFrom: number; log: Log },
  stop: AbortSignal,
): Promise<void> {
  const place = DEMO_PLACES.find(({ terminal }) => terminal === id);
  if (place === undefined) throw new Error(`the demo has no terminal ${id}`);
  let way: StoreTransport | undefined;
  const terminal = new DemoTerminal({
    ...parts,
    place,
    brokerUrl: '',
    openTransport: (world) => {
      way = new StoreTransport(store, id, () => world.now());
      return way;
    },
  });
  try {
    await terminal.liveThrough(parts.historyFrom, stop, () => undefined, until - GOODBYE_MS);
    terminal.plugIn();
    await way?.idle();
    terminal.world.advanceTo(until);
    await way?.idle();
  } finally {
    await terminal.stop();
  }
}
