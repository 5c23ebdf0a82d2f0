import type { Rating } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { allPresses, batch, DAY, E1, E2, HOUR, press, S, T } from './store-fixtures.js';

/** Presses come in: once each, in order, every gap accounted for. */
export function batchPromises(context: ContractContext): void {
  describe('a batch', () => {
    it('is stored, acknowledged and returned', async () => {
      const { store } = context.bench;
      const [outcome] = await store.commit([batch([press(T, 3), press(T + 9 * S, 0)])]);
      const stored = [
        { seq: 1, at: T, countedAt: T, rating: 3 },
        { seq: 2, at: T + 9 * S, countedAt: T + 9 * S, rating: 0 },
      ].map((one) => ({
        ...one,
        terminal: 'kallio-1',
        epoch: E1,
        clock: 'synced',
        receivedAt: T + HOUR,
        repeat: false,
        excluded: false,
      }));
      expect(outcome).toEqual({ acks: [{ epoch: E1, upTo: 2 }], presses: stored, lost: [] });
      expect(await allPresses(store)).toEqual(stored);
    });

    it('of a long backlog keeps every field of each press, whatever kinds of them follow each other', async () => {
      const { store } = context.bench;
      const guessed = (n: number) => ({ at: T + n * S, rating: 1, clock: 'estimated', uncertaintyMs: 40 + n }) as const;
      const put = (n: number) => ({ at: T + n * S, rating: 2, clock: 'corrected' }) as const;
      const sent = Array.from({ length: 90 }, (_, n) => {
        if (n === 20 || n === 41) return null;
        if (n === 8 || n === 9 || n === 50) return guessed(n);
        if (n >= 30 && n < 40) return put(n);
        // A clock that was never set.
        if (n === 60) return press(0, 0);
        // More at one moment than contacts can make.
        return press(n > 64 ? T + 64 * S : T + n * S, (n % 4) as Rating);
      });
      const [outcome] = await store.commit([batch(sent)]);
      const stored = await allPresses(store);
      const expected = sent.flatMap((entry, n) => (entry === null ? [] : [{ ...entry, seq: n + 1 }]));
      const bySeq = [...stored].sort((a, b) => a.seq - b.seq);
      expect(bySeq.map(({ seq, at, rating }) => ({ seq, at, rating }))).toEqual(
        expected.map(({ seq, at, rating }) => ({ seq, at, rating })),
      );
      expect(bySeq.map(({ uncertaintyMs }) => uncertaintyMs)).toEqual(
        expected.map((each) => ('uncertaintyMs' in each ? each.uncertaintyMs : undefined)),
      );
      expect(bySeq.filter(({ clock }) => clock === 'corrected').map(({ seq }) => seq)).toEqual(
        Array.from({ length: 10 }, (_, n) => n + 31),
      );
      expect(bySeq.find(({ seq }) => seq === 61)).toMatchObject({ at: 0, countedAt: T + HOUR, clock: 'estimated' });
      expect(bySeq.every(({ receivedAt, epoch }) => receivedAt === T + HOUR && epoch === E1)).toBe(true);
      expect([...(outcome?.presses ?? [])].sort((a, b) => a.seq - b.seq)).toEqual(bySeq);
    });

    it('that comes again changes nothing and is acknowledged again', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T), press(T + 9 * S)])]);
      const outcomes = await store.commit([batch([press(T), press(T + 9 * S)]), batch([press(T)])]);
      expect(outcomes).toEqual(Array(2).fill({ acks: [{ epoch: E1, upTo: 2 }], presses: [], lost: [] }));
      expect(await allPresses(store)).toHaveLength(2);
    });

    it('that comes twice in one commit is stored once', async () => {
      const { store } = context.bench;
      const outcomes = await store.commit([batch([press(T)]), batch([press(T), press(T + 9 * S)])]);
      expect(outcomes.map((outcome) => outcome.presses.map(({ seq }) => seq))).toEqual([[1], [2]]);
    });

    it('behind a gap that can be filled leads to a rewind', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)])]);
      const [outcome] = await store.commit([batch([press(T)], { firstSeq: 3 })]);
      expect(outcome).toEqual({ acks: [{ epoch: E1, upTo: 1, rewind: true }], presses: [], lost: [] });
    });

    it('behind a gap that can not be filled is stored and the gap recorded as lost', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)])]);
      const [outcome] = await store.commit([batch([press(T)], { firstSeq: 5, oldestSeq: 5, receivedAt: T + S })]);
      const lost = [{ terminal: 'kallio-1', epoch: E1, from: 2, to: 4, recordedAt: T + S }];
      expect(outcome?.acks).toEqual([{ epoch: E1, upTo: 5 }]);
      expect(outcome?.lost).toEqual(lost);
      expect(await store.lostRanges(T + S, T + 2 * S)).toEqual(lost);
      expect(await store.lostRanges(T + 2 * S, T + DAY)).toEqual([]);
      const terminal = await store.terminal('kallio-1', T);
      expect([terminal?.lost, terminal?.lostPresses]).toEqual([lost, 3]);
    });

    it('records unreadable presses as lost, neighbours as one range', async () => {
      const { store } = context.bench;
      const [outcome] = await store.commit([batch([press(T), null, null, press(T + 9 * S), null])]);
      expect(outcome?.lost.map(({ from, to }) => [from, to])).toEqual([
        [2, 3],
        [5, 5],
      ]);
      expect((await allPresses(store)).map(({ seq }) => seq)).toEqual([1, 4]);
      expect((await store.terminals(T)).map(({ lostPresses }) => lostPresses)).toEqual([3]);
    });

    it('of an epoch of another terminal is refused, and the rest of the commit stands', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)])]);
      const outcomes = await store.commit([
        batch([press(T), press(T)], { terminal: 'kallio-2', firstSeq: 2 }),
        batch([press(T)], { terminal: 'kallio-2', epoch: E2 }),
      ]);
      expect(outcomes.map(({ acks }) => acks)).toEqual([
        [{ epoch: E1, upTo: 0, refused: 'epoch-of-another-terminal', firstSeq: 2, count: 2 }],
        [{ epoch: E2, upTo: 1 }],
      ]);
      expect(await allPresses(store)).toHaveLength(2);
    });

    it('far beyond what is possible is refused', async () => {
      const { store } = context.bench;
      const [outcome] = await store.commit([batch([press(T)], { firstSeq: 2_000_000, oldestSeq: 2_000_000 })]);
      expect(outcome?.acks).toEqual([{ epoch: E1, upTo: 0, refused: 'gap-too-large', firstSeq: 2_000_000, count: 1 }]);
      expect(await store.lostRanges(0, T + DAY)).toEqual([]);
    });

    it.each([
      ['in 1970', 0],
      ['in 2090', Date.UTC(2090, 0, 1)],
      ['just before 2020', Date.UTC(2020, 0, 1) - 1],
      ['more than a day after receipt', T + HOUR + DAY + 1],
    ])('with a press %s keeps its time and counts it at receipt', async (_name, at) => {
      const { store } = context.bench;
      await store.commit([batch([press(at)])]);
      expect(await allPresses(store)).toMatchObject([{ at, countedAt: T + HOUR, clock: 'estimated' }]);
      expect((await store.terminals(T))[0]?.lastPressAt).toBe(T + HOUR);
    });

    it.each([
      ['at the start of 2020', Date.UTC(2020, 0, 1)],
      ['a day after receipt', T + HOUR + DAY],
    ])('with a press %s counts it then', async (_name, at) => {
      const { store } = context.bench;
      await store.commit([batch([press(at)])]);
      expect(await allPresses(store)).toMatchObject([{ at, countedAt: at, clock: 'synced' }]);
    });

    it('marks presses that no panel can have sent, across batches, epochs and a restored backup, and counts them all the same', async () => {
      const { bench } = context;
      const send = (firstSeq: number, count: number, epoch: string) =>
        bench.store.commit([
          batch(
            Array.from({ length: count }, () => press(T)),
            { firstSeq, epoch },
          ),
        ]);
      await send(1, 30, E1);
      await send(31, 30, E1);
      const file = bench.backupFile('pace.sqlite');
      await bench.store.backup(file);
      await bench.restore(file);
      await send(1, 5, E2);
      await bench.store.commit([batch([press(T + 3 * DAY)], { firstSeq: 6, epoch: E2 })]);
      const stored = await allPresses(bench.store);
      expect(stored.map(({ suspect }) => suspect)).toEqual([
        ...Array.from({ length: 50 }, () => undefined),
        ...Array.from({ length: 15 }, () => 'pace'),
        'ahead',
      ]);
      const [cell] = await bench.store.rollups({ from: T - DAY, to: T + DAY, step: 'whole', by: 'total' });
      expect(cell?.repeats).toBe(64);
      const [of] = stored.slice(-1).map(({ terminal, servicePoint }) => ({ terminal, servicePoint }));
      const counts = [
        { ...of, why: 'ahead', presses: 1 },
        { ...of, why: 'pace', presses: 15 },
      ];
      expect(await bench.store.suspects(T, T + DAY)).toEqual(counts);
      expect(await bench.store.suspects(T, T + 1)).toEqual([counts[1]]);
    });

    it('keeps how uncertain an estimated time is', async () => {
      const { store } = context.bench;
      await store.commit([batch([{ at: T, rating: 1, clock: 'estimated', uncertaintyMs: 4_000 }])]);
      expect(await allPresses(store)).toMatchObject([{ clock: 'estimated', uncertaintyMs: 4_000 }]);
    });
  });

  describe('the presses', () => {
    it('are paged by a cursor in order of arrival, whatever their time', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T + HOUR), press(T)]), batch([press(T - HOUR)], { terminal: 'a', epoch: E2 })]);
      const first = await store.presses({ limit: 2 });
      expect(first.presses.map(({ terminal, seq }) => [terminal, seq])).toEqual([
        ['kallio-1', 1],
        ['kallio-1', 2],
      ]);
      const cursor = first.next ?? Number.NaN;
      const second = await store.presses({ after: cursor, limit: 2 });
      expect(second.presses.map(({ terminal }) => terminal)).toEqual(['a']);
      const end = await store.presses({ after: second.next ?? Number.NaN, limit: 2 });
      expect(end).toEqual({ presses: [] });
    });

    it('can be asked of one terminal', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)]), batch([press(T)], { terminal: 'a', epoch: E2 })]);
      await store.commit([batch([press(T + HOUR)], { firstSeq: 2 })]);
      const page = await store.presses({ terminal: 'kallio-1', limit: 1 });
      expect(page.presses.map(({ seq }) => seq)).toEqual([1]);
      const rest = await store.presses({ terminal: 'kallio-1', after: page.next ?? Number.NaN, limit: 9 });
      expect(rest.presses.map(({ seq }) => seq)).toEqual([2]);
      expect(await store.presses({ terminal: 'unknown', limit: 9 })).toEqual({ presses: [] });
    });
  });
}
