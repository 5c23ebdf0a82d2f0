import { type Arrival, BUCKET_MS, type ExclusionTarget, MemoryStore, type Store } from '@hymio/gateway';
import { HymioError, type PressEntry, type Rating } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allPresses,
  allRollups,
  batch,
  DAY,
  epochId,
  HOUR,
  iso,
  PLACES,
  press,
  registryFile,
  S,
  span,
  status,
  T,
} from './store-fixtures.js';
import { STORE_KINDS } from './store-kinds.js';

/** What happens to a store, as random data. */
type Step =
  | { do: 'commit'; arrivals: Arrival[] }
  | { do: 'import'; terminal: number; from: number; place: 'kallio' | 'malmi' }
  | { do: 'prune'; before: number }
  | { do: 'exclude'; target: ExclusionTarget; from: number; lengthMs: number }
  | { do: 'revoke'; id: number };

const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 240 }).map((seconds) => T + seconds * S) },
  { weight: 4, arbitrary: fc.integer({ min: -90, max: 90 }).map((minutes) => T + minutes * 60 * S) },
  { weight: 1, arbitrary: fc.constantFrom(0, T + 3 * DAY) },
);
const entry: fc.Arbitrary<PressEntry> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({ at: time, rating: fc.integer({ min: 0, max: 3 }), estimated: fc.boolean() }).map(toPress),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);
function toPress({ at, rating, estimated }: { at: number; rating: number; estimated: boolean }): PressEntry {
  const common = { at, rating: rating as Rating };
  return estimated ? { ...common, clock: 'estimated', uncertaintyMs: 7 } : { ...common, clock: 'synced' };
}
/** As terminals send them after a while offline: one after the other, with here and there something odd among them. */
const backlog: fc.Arbitrary<PressEntry[]> = fc
  .record({
    from: time,
    steps: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 6, maxLength: 40 }),
    ratings: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 40, maxLength: 40 }),
    odd: fc.dictionary(fc.integer({ min: 0, max: 39 }).map(String), entry, { maxKeys: 2 }),
  })
  .map(({ from, steps, ratings, odd }) => {
    let at = from;
    return steps.map((step, n) => {
      at += step * S;
      const other = odd[String(n)];
      return other === undefined ? press(at, ratings[n] as Rating) : other;
    });
  });
const terminal = fc.integer({ min: 1, max: 3 });
const receivedAt = fc.integer({ min: 0, max: 3 }).map((hours) => T + hours * HOUR);
/** Mostly the terminal's own two epochs, now and then another's. */
const epochOf = (of: number, other: boolean, second: boolean) =>
  epochId((other ? (of % 3) + 1 : of) * 10 + (second ? 1 : 0));
const source = fc.record({
  of: terminal,
  other: fc.integer({ min: 0, max: 19 }).map((n) => n === 0),
  second: fc.boolean(),
  receivedAt,
});

const pressesArrival = fc
  .record({
    source,
    firstSeq: fc.integer({ min: 1, max: 14 }),
    back: fc.integer({ min: 0, max: 14 }),
    presses: fc.oneof(
      { weight: 3, arbitrary: fc.array(entry, { minLength: 1, maxLength: 9 }) },
      { weight: 1, arbitrary: backlog },
    ),
  })
  .map(({ source: { of, other, second, receivedAt: at }, firstSeq, back, presses }) =>
    batch(presses, {
      terminal: `terminal-${of}`,
      epoch: epochOf(of, other, second),
      firstSeq,
      oldestSeq: Math.max(1, firstSeq - back),
      receivedAt: at,
    }),
  );
const statusArrival = fc
  .record({
    source,
    lastSeq: fc.integer({ min: 1, max: 20 }),
    ackedSeq: fc.integer({ min: 0, max: 20 }),
    retained: fc.boolean(),
    uptime: fc.integer({ min: 0, max: 400 }),
    listed: fc.boolean(),
    faulty: fc.boolean(),
  })
  .map(({ source: { of, other, second, receivedAt: at }, lastSeq, ackedSeq, retained, uptime, listed, faulty }) =>
    status({
      terminal: `terminal-${of}`,
      receivedAt: at,
      retained,
      epoch: epochOf(of, false, second),
      epochs: listed ? [span(epochOf(of, other, second), lastSeq, Math.min(ackedSeq, lastSeq))] : [],
      uptimeMs: uptime * S,
      faults: faulty ? [{ code: 'panel-disconnected', since: T }] : [],
    }),
  );
const exclusion = fc.record({
  do: fc.constant('exclude' as const),
  target: fc.oneof(
    terminal.map((of): ExclusionTarget => ({ kind: 'terminal', id: `terminal-${of}` })),
    fc.constantFrom('kallio', 'malmi').map((id): ExclusionTarget => ({ kind: 'service-point', id })),
  ),
  from: time,
  lengthMs: fc.oneof(fc.integer({ min: 1, max: 200 * S }), fc.integer({ min: 1, max: 3 * HOUR })),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .array(fc.oneof({ weight: 4, arbitrary: pressesArrival }, { weight: 1, arbitrary: statusArrival }), {
        maxLength: 5,
      })
      .map((arrivals): Step => ({ do: 'commit', arrivals })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('import' as const),
      terminal,
      from: time,
      place: fc.constantFrom('kallio' as const, 'malmi' as const),
    }),
  },
  { weight: 2, arbitrary: exclusion },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('revoke' as const), id: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('prune' as const), before: time.filter((at) => at < T + HOUR) }),
  },
);

/** Two epochs vanish at once; the one begun first was behind last. Their incidents are numbered in the order of the epochs. */
const BOTH_GONE: Step[] = [
  {
    do: 'commit',
    arrivals: [
      batch([toPress({ at: T, rating: 0, estimated: false })], { terminal: 'terminal-2', epoch: epochId(20) }),
    ],
  },
  ...[[span(epochId(30), 1, 0)], [span(epochId(20), 2, 0)], []].map(
    (epochs, index): Step => ({
      do: 'commit',
      arrivals: [
        status({
          terminal: 'terminal-2',
          receivedAt: T,
          retained: index === 1,
          epoch: epochId(20),
          epochs,
          uptimeMs: 0,
        }),
      ],
    }),
  ),
];

const BY = { who: 'Aino', at: T };
const request = ({ target, from, lengthMs }: { target: ExclusionTarget; from: number; lengthMs: number }) =>
  ({ target, from, to: from + lengthMs, reason: 'cleaner' }) as const;

/** What came of a change, or the code it was refused with. */
async function told(change: Promise<unknown>): Promise<unknown> {
  return change.catch((error: unknown) => (error instanceof HymioError ? error.code : Promise.reject(error)));
}

async function run(store: Store, { do: what, ...values }: Step | { do: Step['do'] }): Promise<unknown> {
  const given = { do: what, ...values } as Step;
  if (given.do === 'commit') return store.commit(given.arrivals);
  if (given.do === 'prune') return store.prune(given.before);
  if (given.do === 'exclude') return told(store.exclude(request(given), BY));
  if (given.do === 'revoke') return told(store.revokeExclusion(given.id, BY));
  const { terminal: of, from, place } = given;
  // At first at one place, from then on at the other.
  const other = place === 'kallio' ? 'malmi' : 'kallio';
  const at = Math.max(from, T - DAY);
  const assignments = [
    { terminal: `terminal-${of}`, servicePoint: other, from: iso(at - HOUR), to: iso(at) },
    { terminal: `terminal-${of}`, servicePoint: place, from: iso(at), to: iso(at + 90 * S) },
  ];
  return store.importRegistry(registryFile({ ...PLACES, assignments }));
}

/** All that can be asked of a store. */
async function everything(store: Store): Promise<unknown> {
  const terminals = await store.terminals(T);
  return {
    terminals,
    details: await Promise.all(terminals.map(({ id }) => store.terminal(id, T))),
    presses: await allPresses(store),
    rollups: await allRollups(store),
    byPlace: await store.rollups({
      from: 0,
      to: T + 9 * DAY - ((T + 9 * DAY) % BUCKET_MS),
      step: 'whole',
      by: 'servicePoint',
      terminals: ['terminal-1', 'terminal-2'],
    }),
    ofPlace: await store.rollups({
      from: 0,
      to: T + 9 * DAY,
      step: { stepMs: HOUR, offsetMs: 0 },
      by: 'terminal',
      servicePoints: ['kallio'],
    }),
    presence: await store.presence(T, T + HOUR),
    faults: await store.faultSpans(T - DAY, T + DAY),
    lost: await store.lostRanges(0, T + 9 * DAY),
    incidents: await store.incidents(),
    registry: await store.registry(),
    firstBucket: await store.firstBucket(),
    exclusions: await store.exclusions(),
    log: await store.registryLog({ limit: 1_000 }),
  };
}

/** Presses, marks and rollups without what depends on the way they came. */
async function outcomeOf(store: Store): Promise<unknown> {
  const presses = (await allPresses(store)).map(
    ({ terminal: of, epoch, seq, repeat, excluded }) => `${of} ${epoch} ${seq} ${repeat} ${excluded}`,
  );
  return { presses: presses.sort(), rollups: await allRollups(store) };
}

describe('SqliteStore', () => {
  const kind = STORE_KINDS.find(({ name }) => name.includes('in-thread'));
  if (kind === undefined) throw new Error('no store with reads in the thread');

  it('says at every step what MemoryStore says, and rebuilds to what it has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const oracle = new MemoryStore({ now: () => T });
        const bench = await kind.begin(() => T);
        try {
          for (const one of steps) expect(await run(bench.store, one)).toEqual(await run(oracle, one));
          expect(await everything(bench.store)).toEqual(await everything(oracle));
          expect(await bench.store.rebuildRollups()).toEqual({ ...(await oracle.rebuildRollups()), changed: 0 });
        } finally {
          await bench.end();
        }
      }),
      { numRuns: 60, examples: [[BOTH_GONE]] },
    );
  });

  it('comes to the same numbers in whatever order presses come and exclusions are made; taken back, to those before', async () => {
    const input = fc.record({
      presses: fc.array(entry, { minLength: 1, maxLength: 25 }),
      sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }),
      exclusions: fc.array(exclusion, { minLength: 1, maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(input, fc.infiniteStream(fc.boolean()), async ({ presses, sizes, exclusions }, coins) => {
        const plain = new MemoryStore({ now: () => T });
        const bench = await kind.begin(() => T);
        try {
          const places = registryFile({
            ...PLACES,
            assignments: [{ terminal: 'terminal-1', servicePoint: 'malmi', from: iso(T - HOUR), to: iso(T + 90 * S) }],
            terminals: [{ id: 'terminal-2' }, { id: 'terminal-3' }],
          });
          await plain.importRegistry(places);
          await bench.store.importRegistry(places);
          await plain.commit([batch(presses, { terminal: 'terminal-1' })]);
          const [commits, wanted] = [cut({ presses, sizes }, epochId(1), 'terminal-1'), [...exclusions]];
          while (commits.length + wanted.length > 0) {
            const next = commits.length === 0 || coins.next().value ? wanted.shift() : undefined;
            if (next !== undefined) await bench.store.exclude(request(next), BY);
            else await bench.store.commit(commits.splice(0, 1));
          }
          const before = await outcomeOf(plain);
          for (const one of exclusions) await plain.exclude(request(one), BY);
          expect(await outcomeOf(bench.store)).toEqual(await outcomeOf(plain));
          expect(await bench.store.rebuildRollups()).toMatchObject({ changed: 0 });
          for (const { id } of await bench.store.exclusions()) await bench.store.revokeExclusion(id, BY);
          expect(await outcomeOf(bench.store)).toEqual(before);
        } finally {
          await bench.end();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('comes to the same presses, marks and rollups however the presses are cut and mixed', async () => {
    const delivery = fc.record({
      presses: fc.array(entry, { minLength: 1, maxLength: 30 }),
      sizes: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(delivery, delivery, fc.infiniteStream(fc.boolean()), async (one, two, coins) => {
        const bench = await kind.begin(() => T);
        try {
          const oracle = new MemoryStore({ now: () => T });
          const all = (presses: PressEntry[], epoch: string) => batch(presses, { epoch });
          await oracle.commit([all(two.presses, epochId(2)), all(one.presses, epochId(1))]);
          const queues = [cut(one, epochId(1)), cut(two, epochId(2))];
          while (queues.some((queue) => queue.length > 0)) {
            const queue = queues[coins.next().value === true ? 0 : 1] ?? [];
            await bench.store.commit(queue.splice(0, 1));
          }
          expect(await outcomeOf(bench.store)).toEqual(await outcomeOf(oracle));
        } finally {
          await bench.end();
        }
      }),
      { numRuns: 40 },
    );
  });
});

function cut(
  { presses, sizes }: { presses: PressEntry[]; sizes: number[] },
  epoch: string,
  terminal = 'kallio-1',
): Arrival[] {
  const arrivals: Arrival[] = [];
  for (let from = 0; from < presses.length; ) {
    const size = sizes[arrivals.length % sizes.length] ?? 1;
    arrivals.push(batch(presses.slice(from, from + size), { epoch, firstSeq: from + 1, terminal }));
    from += size;
  }
  return arrivals;
}
