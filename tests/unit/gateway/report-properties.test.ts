import {
  MemoryStore,
  parseWeek,
  readReportInput,
  registryFileSchema,
  type WeeklyReport,
  weeklyReport,
  weekSpan,
} from '@hymio/gateway';
import type { PressEntry, Rating } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_ZONE, sampleEpoch } from '../../support/sample-store.js';

const HOUR_MS = 3_600_000;
const WINDOW_MS = 5_000;
const WEEK = weekSpan(parseWeek('2026-W43'), SAMPLE_ZONE);
/** The clocks went back in this week: it has 169 hours. */
const NOW = WEEK.to + HOUR_MS;
const HOURS = { mon: ['08:30-16:00'], wed: ['10:00-12:15', '13:00-18:00'], sun: ['00:00-24:00'] };

async function emptyStore(): Promise<MemoryStore> {
  const store = new MemoryStore({ now: () => NOW });
  await store.importRegistry(
    registryFileSchema.parse({
      groups: [
        { id: 'city', name: { en: 'City' } },
        { id: 'health', parent: 'city', name: { en: 'Health' } },
        { id: 'social', parent: 'city', name: { en: 'Social' } },
      ],
      servicePoints: [
        { id: 'a', group: 'health', name: { en: 'A' }, openingHours: HOURS },
        { id: 'b', group: 'social', name: { en: 'B' } },
        { id: 'c', group: 'social', name: { en: 'C' } },
      ],
      assignments: [
        { terminal: 't-0', servicePoint: 'a', from: '2026-01-01T00:00:00Z', to: new Date(WEEK.from + 50 * HOUR_MS) },
        { terminal: 't-0', servicePoint: 'c', from: new Date(WEEK.from + 60 * HOUR_MS) },
        { terminal: 't-1', servicePoint: 'b', from: '2026-01-01T00:00:00Z' },
      ].map((one) => JSON.parse(JSON.stringify(one))),
    }),
  );
  return store;
}

function report(store: MemoryStore, subject: { servicePoint?: string; group?: string } = {}): Promise<WeeklyReport> {
  const wanted = { week: WEEK.id, ...subject };
  return readReportInput(store, wanted, { zone: SAMPLE_ZONE, now: NOW }).then(weeklyReport);
}

interface SurePress {
  at: number;
  rating: Rating;
  clock: 'synced';
}
/** What two terminals and one that stands nowhere press in two epochs each; times collide often. */
interface Stream {
  terminal: string;
  epoch: string;
  presses: PressEntry[];
}
const press: fc.Arbitrary<SurePress> = fc.record({
  at: fc.integer({ min: -8 * 24 * 60, max: 7 * 24 * 60 }).map((minute) => WEEK.from + minute * 60_000),
  rating: fc.constantFrom<Rating>(0, 1, 2, 3),
  clock: fc.constant('synced' as const),
});
const streams: fc.Arbitrary<Stream[]> = fc
  .array(fc.array(press, { maxLength: 12 }), { minLength: 6, maxLength: 6 })
  .map((lists) =>
    lists.map((presses, index) => ({ terminal: `t-${index % 3}`, epoch: sampleEpoch(index + 1), presses })),
  );

/** Sends the streams in batches as long as `sizes` says, from the stream that `turns` says. */
async function send(store: MemoryStore, all: readonly Stream[], turns: readonly number[], sizes: readonly number[]) {
  const left = all.map((stream) => ({ ...stream, sent: 0 }));
  for (let turn = 0; left.some(({ sent, presses }) => sent < presses.length); turn += 1) {
    const waiting = left.filter(({ sent, presses }) => sent < presses.length);
    const stream = waiting[(turns[turn % turns.length] ?? 0) % waiting.length];
    if (stream === undefined) throw new Error('nothing is waiting');
    const { terminal, epoch, sent, presses } = stream;
    const batch = presses.slice(sent, sent + (sizes[turn % sizes.length] ?? 1));
    const message = { epoch, firstSeq: sent + 1, oldestSeq: 1, presses: batch };
    await store.commit([{ kind: 'presses', terminal, receivedAt: NOW, message }]);
    stream.sent += batch.length;
  }
}

describe('the weekly report', () => {
  it('is the same whatever the order and the batches in which its presses came', async () => {
    const order = fc.array(fc.nat(5), { minLength: 1, maxLength: 20 });
    const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(streams, order, sizes, async (all, turns, lengths) => {
        const plain = await emptyStore();
        await send(plain, all, [0], [500]);
        const mixed = await emptyStore();
        await send(mixed, all, turns, lengths);
        for (const subject of [{}, { group: 'social' }, { servicePoint: 'c' }]) {
          expect(await report(mixed, subject)).toEqual(await report(plain, subject));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('adds up: places and terminals without one, groups, cells of the heat map, weeks of the trend', async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (all) => {
        const store = await emptyStore();
        await send(store, all, [0], [500]);
        const [whole, health, social] = await Promise.all(
          [{}, { group: 'health' }, { group: 'social' }].map((subject) => report(store, subject)),
        );
        if (whole === undefined || health === undefined || social === undefined) throw new Error('no report');
        const sum = (counts: readonly { n: number }[]) => counts.reduce((total, { n }) => total + n, 0);
        expect(sum([...whole.servicePoints, ...whole.unassigned])).toBe(whole.counts.n);
        expect(sum([health.counts, social.counts, ...whole.unassigned])).toBe(whole.counts.n);
        for (const one of [whole, health, social]) {
          expect(sum(one.heatMap) + one.hourTest.outsideOpeningHours).toBe(one.counts.n);
          expect(sum(one.hourTest.hours)).toBe(sum(one.heatMap));
          expect(one.trend.at(-1)?.n).toBe(one.counts.n);
          expect(one.trend.at(-2)?.n).toBe(one.previous.n);
          const alone = await Promise.all(one.servicePoints.map(({ id }) => report(store, { servicePoint: id })));
          expect(alone.map(({ counts }) => counts)).toEqual(
            one.servicePoints.map(({ n, happyIndex, satisfied, ratings, repeats, estimated, excluded }) => {
              return { n, happyIndex, satisfied, ratings, repeats, estimated, excluded };
            }),
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has the same satisfied share however often a press is repeated', async () => {
    const counted = fc.uniqueArray(fc.nat(7 * 24 * 60 - 1), { maxLength: 30 });
    const again = fc.array(fc.tuple(fc.nat(29), fc.integer({ min: 0, max: WINDOW_MS - 1 }), press), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(counted, again, fc.array(press, { minLength: 30, maxLength: 30 }), async (minutes, more, as) => {
        const presses = minutes.map((minute, index) => {
          const { rating, clock } = as[index] ?? { rating: 0 as const, clock: 'synced' as const };
          return { at: WEEK.from + minute * 60_000, rating, clock };
        });
        const repeats = more.flatMap(([index, laterMs, { rating, clock }]) => {
          const first = presses[index];
          return first === undefined ? [] : [{ at: first.at + laterMs, rating, clock }];
        });
        const calm = await emptyStore();
        await send(calm, [{ terminal: 't-1', epoch: sampleEpoch(1), presses }], [0], [500]);
        const hasty = await emptyStore();
        const streamsOfBoth = [presses, repeats].map((list, index) => {
          return { terminal: 't-1', epoch: sampleEpoch(index + 1), presses: list };
        });
        await send(hasty, streamsOfBoth, [0, 1], [3]);
        const [before, after] = [await report(calm), await report(hasty)];
        expect(after.counts).toEqual({ ...before.counts, repeats: repeats.length });
        expect(after.trend).toEqual(before.trend);
        expect(after.heatMap).toEqual(before.heatMap);
      }),
      { numRuns: 50 },
    );
  });
});
