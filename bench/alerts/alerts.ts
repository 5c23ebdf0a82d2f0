import { setTimeout as wait } from 'node:timers/promises';
import {
  AlertEngine,
  LiveEvents,
  openSqliteStore,
  registryFileSchema,
  type SqliteStore,
  type StoredPress,
} from '@hymio/gateway';
import type { Clock, Rating, WirePress } from '@hymio/protocol';
import type { Bench } from '../harness/bench.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';

const PLACES = 1_000;
/** Helsinki's busy clinic. */
const PRESSES_A_DAY = 108;
const DAY_MS = 86_400_000;
const PRESSES_A_SECOND = 500;
const SECONDS = 10;
const TICK_MS = 20;
const SETTLE_MS = 15_000;

const CLOCK: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** What watching costs: at the start, and while presses come in. */
export const alerts: Bench = {
  name: 'alerts',
  title: `Alert rules over ${PLACES} service points, the rules that are there from the start`,
  run: (_options, say) =>
    inTemporaryFolder(async (folder) => {
      const store = await openSqliteStore({ folder });
      try {
        say('making a week of presses');
        const presses = await fill(store);
        const live = new LiveEvents();
        const engine = engineOver(store, live);
        const memoryBefore = process.memoryUsage.rss();
        const begin = performance.now();
        await engine.start();
        // Waits in turn behind the reading of the presses.
        await engine.saveRecipients({ kind: 'organisation' }, [], { who: 'bench', at: 0 });
        const startMs = performance.now() - begin;
        // What making the store left behind is cleared away.
        await wait(SETTLE_MS);
        const idle = await cpuShare(async () => wait(SECONDS * 1_000));
        const busy = await cpuShare(() => publish(live));
        const memoryMb = (process.memoryUsage.rss() - memoryBefore) / 1e6;
        await engine.stop();
        return {
          figures: [
            { name: `start: ${presses} presses of a week read`, value: startMs / 1_000, unit: 's' },
            { name: 'processor while nothing comes in', value: idle * 100, unit: '% of one' },
            {
              name: `processor for ${PRESSES_A_SECOND} presses a second`,
              value: (busy - idle) * 100,
              unit: '% of one',
              bar: { of: 'value', atMost: 5 },
            },
            { name: 'memory', value: memoryMb, unit: 'MB' },
          ],
          notes: ['The commit of the presses is not in it; reading runs in a thread of its own.'],
        };
      } finally {
        await store.close();
      }
    }),
};

function engineOver(store: SqliteStore, live: LiveEvents): AlertEngine {
  const terminals = Array.from({ length: PLACES }, (_, index) => ({
    id: `terminal-${index}`,
    servicePoint: `point-${index}`,
    state: 'working',
    since: 0,
    faults: [],
  }));
  const say = () => undefined;
  return new AlertEngine({
    store: store.alerts,
    registry: () => store.registry(),
    terminals: async () => terminals,
    presence: async () => [],
    listening: () => true,
    live,
    clock: CLOCK,
    zone: 'Europe/Helsinki',
    log: { debug: say, info: say, warn: say, error: say },
    newDelivery: () => '',
    noticed: say,
  });
}

async function fill(store: SqliteStore): Promise<number> {
  const ids = Array.from({ length: PLACES }, (_, index) => index);
  await store.importRegistry(
    registryFileSchema.parse({
      groups: [{ id: 'all', name: { en: 'All' } }],
      servicePoints: ids.map((n) => ({ id: `point-${n}`, group: 'all', name: { en: `Point ${n}` } })),
      terminals: ids.map((n) => ({ id: `terminal-${n}` })),
      assignments: ids.map((n) => ({
        terminal: `terminal-${n}`,
        servicePoint: `point-${n}`,
        from: '2020-01-01T00:00:00Z',
      })),
    }),
  );
  const now = Date.now();
  for (let day = 7; day >= 1; day -= 1) {
    for (let n = 0; n < PLACES; n += 50) {
      await store.commit(
        ids.slice(n, n + 50).map((terminal) => ({
          kind: 'presses' as const,
          terminal: `terminal-${terminal}`,
          receivedAt: now - (day - 1) * DAY_MS,
          message: {
            epoch: epochOf(terminal),
            firstSeq: (7 - day) * PRESSES_A_DAY + 1,
            oldestSeq: 1,
            presses: Array.from({ length: PRESSES_A_DAY }, (_, index): WirePress => {
              const at = now - day * DAY_MS + ((index + 1) * DAY_MS) / (PRESSES_A_DAY + 1);
              return { at: Math.round(at), rating: ((index + terminal) % 4) as Rating, clock: 'synced' };
            }),
          },
        })),
      );
    }
  }
  return 7 * PLACES * PRESSES_A_DAY;
}

/** Mostly happy people, so that nothing rings, at places in turn. */
async function publish(live: LiveEvents): Promise<void> {
  const begin = performance.now();
  for (let sent = 0; sent < PRESSES_A_SECOND * SECONDS; ) {
    const due = Math.min(PRESSES_A_SECOND * SECONDS, ((performance.now() - begin) / 1_000) * PRESSES_A_SECOND);
    for (; sent < due; sent += 1) live.publish({ kind: 'press', press: pressOf(sent) });
    await wait(TICK_MS);
  }
}

function pressOf(index: number): StoredPress {
  const place = index % PLACES;
  const at = Date.now();
  return {
    terminal: `terminal-${place}`,
    epoch: epochOf(place),
    seq: 10_000 + index,
    at,
    countedAt: at,
    rating: index % 8 === 0 ? 0 : 3,
    clock: 'synced',
    receivedAt: at,
    repeat: false,
    excluded: false,
    servicePoint: `point-${place}`,
  };
}

function epochOf(n: number): string {
  return `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** Processor time of this process over wall time, 0…1 of one processor. */
async function cpuShare(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / (performance.now() - begin);
}
