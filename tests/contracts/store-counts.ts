import { BUCKET_MS } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import {
  allRollups,
  batch,
  DAY,
  E1,
  E2,
  epochId,
  HOUR,
  iso,
  MINUTE,
  marks,
  PLACES,
  press,
  registryFile,
  S,
  T,
} from './store-fixtures.js';

const QUARTER = BUCKET_MS;

/** Repeat marks and rollups. */
export function countPromises(context: ContractContext): void {
  describe('a repeat press', () => {
    it('is marked within the window of the last press counted, whichever button', async () => {
      const { store } = context.bench;
      const [outcome] = await store.commit([
        batch([press(T, 3), press(T + 4_999, 0), press(T + 5_000, 1), press(T + 9_999, 1)]),
      ]);
      expect(outcome?.presses.map(({ repeat }) => repeat)).toEqual([false, true, false, true]);
      expect(await allRollups(store)).toEqual([
        { start: T, terminal: 'kallio-1', ratings: [0, 1, 0, 1], repeats: 2, estimated: 0, excluded: 0 },
      ]);
    });

    it('is found when a press comes late, and what follows is marked again', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T + 4 * S), press(T + 8 * S), press(T + 12 * S)])]);
      expect(await marks(store)).toEqual([
        [1, false],
        [2, true],
        [3, false],
      ]);
      const [late] = await store.commit([batch([press(T)], { epoch: E2 })]);
      expect(late?.presses.map(({ repeat }) => repeat)).toEqual([false]);
      expect(await marks(store)).toEqual([
        [1, true],
        [2, false],
        [3, true],
        [1, false],
      ]);
      expect(await allRollups(store)).toMatchObject([{ ratings: [0, 0, 0, 2], repeats: 2 }]);
      expect(await store.rebuildRollups()).toEqual({ buckets: 1, changed: 0 });
    });

    it('is decided by epoch and seq where times are equal', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)], { epoch: E2 })]);
      await store.commit([batch([press(T), press(T)], { epoch: E1 })]);
      expect(await marks(store)).toEqual([
        [1, true],
        [1, false],
        [2, true],
      ]);
    });

    it('depends on no other terminal', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)]), batch([press(T + 1)], { terminal: 'kallio-2', epoch: E2 })]);
      expect((await marks(store)).map(([, repeat]) => repeat)).toEqual([false, false]);
    });
  });

  describe('rollups', () => {
    it('count by quarter of an hour, terminal and service point', async () => {
      const { store } = context.bench;
      await store.importRegistry(
        registryFile({
          ...PLACES,
          assignments: [{ terminal: 'kallio-1', servicePoint: 'kallio', from: iso(T - DAY), to: iso(T + QUARTER) }],
        }),
      );
      await store.commit([
        batch([
          press(T, 0),
          { at: T + MINUTE, rating: 1, clock: 'estimated', uncertaintyMs: 9 },
          press(T + QUARTER - 1, 2),
        ]),
        batch([press(T + QUARTER, 3), press(T + QUARTER + 6 * S, 3)], { firstSeq: 4 }),
        batch([{ at: T + MINUTE, rating: 2, clock: 'estimated', uncertaintyMs: 9 }], { epoch: E2 }),
      ]);
      expect(await allRollups(store)).toEqual([
        {
          start: T,
          terminal: 'kallio-1',
          servicePoint: 'kallio',
          ratings: [1, 1, 1, 0],
          repeats: 1,
          estimated: 1,
          excluded: 0,
        },
        { start: T + QUARTER, terminal: 'kallio-1', ratings: [0, 0, 0, 1], repeats: 1, estimated: 0, excluded: 0 },
      ]);
      expect(await store.firstBucket()).toBe(T);
    });

    it('of an empty store are none', async () => {
      const { store } = context.bench;
      expect(await store.firstBucket()).toBeUndefined();
      expect(await store.rollups({ from: 0, to: T, step: 'whole', by: 'total' })).toEqual([]);
      expect(await store.rebuildRollups()).toEqual({ buckets: 0, changed: 0 });
    });

    it.each([
      { by: 'total', cells: [{ start: T - QUARTER, ratings: [0, 0, 1, 3] }] },
      {
        by: 'terminal',
        cells: [
          { start: T - QUARTER, terminal: 'kallio-1', ratings: [0, 0, 1, 2] },
          { start: T - QUARTER, terminal: 'malmi-1', ratings: [0, 0, 0, 1] },
        ],
      },
      {
        by: 'servicePoint',
        cells: [
          { start: T - QUARTER, ratings: [0, 0, 0, 1] },
          { start: T - QUARTER, servicePoint: 'kallio', ratings: [0, 0, 1, 1] },
          { start: T - QUARTER, servicePoint: 'malmi', ratings: [0, 0, 0, 1] },
        ],
      },
      {
        by: 'terminalAndServicePoint',
        cells: [
          { start: T - QUARTER, terminal: 'kallio-1', ratings: [0, 0, 0, 1] },
          { start: T - QUARTER, terminal: 'kallio-1', servicePoint: 'kallio', ratings: [0, 0, 1, 1] },
          { start: T - QUARTER, terminal: 'malmi-1', servicePoint: 'malmi', ratings: [0, 0, 0, 1] },
        ],
      },
    ] as const)('can be summed by $by', async ({ by, cells }) => {
      const { store } = context.bench;
      await twoPlaces(context);
      const whole = await store.rollups({ from: T - QUARTER, to: T + DAY, step: 'whole', by });
      expect(whole).toEqual(cells.map((cell) => ({ ...cell, repeats: 0, estimated: 0, excluded: 0 })));
    });

    it.each(['total', 'servicePoint', 'terminalAndServicePoint'] as const)(
      'says by %s in long steps what the short ones add up to',
      async (by) => {
        const { store } = context.bench;
        await twoPlaces(context);
        const spread = Array.from({ length: 80 }, (_, index) => press(T + (index - 40) * 5 * HOUR + 7 * MINUTE));
        await store.commit([batch(spread, { epoch: epochId(77) })]);
        const range = { from: T - 9 * DAY - QUARTER, to: T + 9 * DAY, by };
        const offsetMs = 2 * HOUR + 3 * QUARTER;
        const quarters = await store.rollups({ ...range, step: { stepMs: QUARTER, offsetMs: 0 } });
        expect(quarters.length).toBeGreaterThan(0);
        for (const stepMs of [6 * HOUR, DAY, 7 * DAY]) {
          const cells = await store.rollups({ ...range, step: { stepMs, offsetMs } });
          expect(cells.map(({ start }) => Math.abs((start + offsetMs) % stepMs))).toEqual(cells.map(() => 0));
          for (const cell of cells) {
            const within = quarters.filter(
              (one) =>
                one.start >= cell.start &&
                one.start < cell.start + stepMs &&
                one.terminal === cell.terminal &&
                one.servicePoint === cell.servicePoint,
            );
            expect(cell.ratings).toEqual(
              cell.ratings.map((_, rating) => within.reduce((sum, { ratings }) => sum + (ratings[rating] ?? 0), 0)),
            );
          }
          const sum = (some: typeof cells) =>
            some.reduce((all, { ratings }) => all + ratings.reduce((a, b) => a + b), 0);
          expect(sum(cells)).toBe(sum(quarters));
        }
      },
    );

    it('can be asked in steps of local time, cut by the range', async () => {
      const { store } = context.bench;
      await twoPlaces(context);
      const query = { from: T - QUARTER, to: T + DAY, by: 'total' } as const;
      const days = await store.rollups({ ...query, step: { stepMs: DAY, offsetMs: 2 * HOUR } });
      expect(days.map(({ start, ratings }) => [iso(start), ratings])).toEqual([
        ['2026-11-19T22:00:00.000Z', [0, 0, 1, 3]],
      ]);
      const hours = await store.rollups({ ...query, step: { stepMs: HOUR, offsetMs: 0 }, to: T + HOUR });
      expect(hours.map(({ start, ratings }) => [start - T, ratings])).toEqual([
        [-HOUR, [0, 0, 0, 1]],
        [0, [0, 0, 1, 1]],
      ]);
    });

    it('are the same summed over days as bucket by bucket, also once presses were taken back', async () => {
      const { store } = context.bench;
      await twoPlaces(context);
      const spread = Array.from({ length: 200 }, (_, index) =>
        press(T + index * 37 * MINUTE, (index % 4) as 0 | 1 | 2 | 3),
      );
      await store.commit([batch(spread, { terminal: 'malmi-1', epoch: epochId(7) })]);
      const target = { kind: 'terminal', id: 'malmi-1' } as const;
      await store.exclude({ target, from: T + 20 * HOUR, to: T + 45 * HOUR, reason: 'other' }, { who: 'A', at: T });
      await store.importRegistry(
        registryFile({
          ...PLACES,
          assignments: [{ terminal: 'malmi-1', servicePoint: 'kallio', from: iso(T + 9 * HOUR) }],
        }),
      );
      for (const [from, to] of [
        [T - DAY, T + 6 * DAY],
        [T + QUARTER, T + 5 * HOUR],
        [T + 7 * HOUR, T + 13 * HOUR],
        [T + 11.75 * HOUR, T + 49.25 * HOUR],
      ] as const) {
        for (const by of ['total', 'servicePoint', 'terminalAndServicePoint'] as const) {
          const buckets = await store.rollups({ from, to, step: { stepMs: QUARTER, offsetMs: 0 }, by });
          const sums = new Map<string, number[]>();
          for (const { terminal, servicePoint, ratings, repeats, estimated, excluded } of buckets) {
            const key = JSON.stringify([terminal, servicePoint]);
            const sum = sums.get(key) ?? [0, 0, 0, 0, 0, 0, 0];
            sums.set(
              key,
              [...ratings, repeats, estimated, excluded].map((count, index) => count + (sum[index] ?? 0)),
            );
          }
          const whole = await store.rollups({ from, to, step: 'whole', by });
          expect(
            new Map(
              whole.map(({ terminal, servicePoint, ratings, repeats, estimated, excluded }) => [
                JSON.stringify([terminal, servicePoint]),
                [...ratings, repeats, estimated, excluded],
              ]),
            ),
          ).toEqual(sums);
        }
      }
    });

    it('can be asked of some terminals and service points', async () => {
      const { store } = context.bench;
      await twoPlaces(context);
      const query = { from: T - QUARTER, to: T + DAY, step: 'whole', by: 'total' } as const;
      const sum = async (filter: { terminals?: string[]; servicePoints?: string[] }) =>
        (await store.rollups({ ...query, ...filter })).map(({ ratings }) => ratings);
      expect(await sum({ terminals: ['kallio-1'] })).toEqual([[0, 0, 1, 2]]);
      expect(await sum({ servicePoints: ['kallio'] })).toEqual([[0, 0, 1, 1]]);
      expect(await sum({ servicePoints: ['kallio', 'malmi'], terminals: ['malmi-1'] })).toEqual([[0, 0, 0, 1]]);
      expect(await sum({ terminals: ['unknown'] })).toEqual([]);
      expect(await sum({ servicePoints: [] })).toEqual([]);
      const many = Array.from({ length: 60 }, (_, index) => `other-${index}`);
      await store.commit(many.map((terminal, index) => batch([press(T)], { terminal, epoch: epochId(100 + index) })));
      expect(await sum({ terminals: [...many, 'malmi-1'] })).toEqual([[0, 0, 0, 61]]);
    });
  });

  describe('counts by hour of the week', () => {
    it('are by terminal, place and local hour, without repeats', async () => {
      const { store } = context.bench;
      await twoPlaces(context);
      // T is a Friday, 12:00 UTC: hour 108 there, 110 two hours to the east.
      await store.commit([
        batch([press(T), press(T + S), press(T + 10 * S)], { epoch: epochId(7), receivedAt: T + 2 * HOUR }),
        batch([press(T - 7 * DAY)], { epoch: epochId(8), receivedAt: T + 2 * HOUR }),
      ]);
      const told = async (from: number, to: number, offsetMs: number) =>
        (await store.hoursOfWeek(from, to, offsetMs)).map(({ terminal, servicePoint, counts }) => {
          expect(counts).toHaveLength(168);
          return [terminal, servicePoint, ...counts.flatMap((n, hour) => (n === 0 ? [] : [[hour, n]]))];
        });
      expect(await told(T - DAY, T + DAY, 0)).toEqual([
        ['kallio-1', undefined, [107, 1]],
        ['kallio-1', 'kallio', [108, 2], [109, 1]],
        ['malmi-1', 'malmi', [108, 1]],
      ]);
      expect(await told(T, T + HOUR, 2 * HOUR)).toEqual([
        ['kallio-1', 'kallio', [110, 2]],
        ['malmi-1', 'malmi', [110, 1]],
      ]);
      expect(await store.hoursOfWeek(T + DAY, T + 2 * DAY, 0)).toEqual([]);
    });
  });
}

/** kallio-1 at no place, then at kallio; malmi-1 at malmi: one press a quarter of an hour before T, three after. */
async function twoPlaces({ bench: { store } }: ContractContext): Promise<void> {
  await store.importRegistry(
    registryFile({
      ...PLACES,
      assignments: [
        { terminal: 'kallio-1', servicePoint: 'kallio', from: iso(T) },
        { terminal: 'malmi-1', servicePoint: 'malmi', from: iso(T - DAY) },
      ],
    }),
  );
  await store.commit([
    batch(
      [press(T - 1), press(T + HOUR - 1, 2), press(T + HOUR)].map((one, index) =>
        index === 2 ? press(T + HOUR + 9 * S) : one,
      ),
    ),
    batch([press(T)], { terminal: 'malmi-1', epoch: E2 }),
  ]);
}
