import { type TerminalBrief, terminalBrief } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import {
  allPresses,
  allRollups,
  batch,
  DAY,
  E1,
  E2,
  HOUR,
  iso,
  MINUTE,
  marks,
  PLACES,
  press,
  registryFile,
  S,
  span,
  status,
  T,
} from './store-fixtures.js';

/** Pruning, rebuilding, copies, and being there. */
export function keepingPromises(context: ContractContext): void {
  describe('pruning', () => {
    it('removes old raw presses and leaves the rollups and the rest', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T - DAY), press(T - 1), press(T), press(T + HOUR)])]);
      const rollups = await allRollups(store);
      const terminals = await store.terminals(T);
      expect(await store.prune(T + 14 * MINUTE)).toEqual({ pruned: 2, rawFrom: T });
      expect((await allPresses(store)).map(({ seq }) => seq)).toEqual([3, 4]);
      expect(await allRollups(store)).toEqual(rollups);
      expect(await store.terminals(T)).toEqual(terminals);
      expect(await store.prune(T - DAY)).toEqual({ pruned: 0, rawFrom: T });
    });

    it('lets terminals be asked for by id', async () => {
      const { store } = context.bench;
      const ids = Array.from({ length: 120 }, (_, index) => `t-${String(index).padStart(3, '0')}`);
      const epoch = (index: number) => `00000000-0000-4000-8000-${String(500 + index).padStart(12, '0')}`;
      await store.commit(ids.map((terminal, index) => batch([press(T)], { terminal, epoch: epoch(index) })));
      const all = await store.terminals(T);
      for (const few of [['t-007', 'nobody', 't-003', 't-007'], [], ids.slice(2, 32), ids.slice(2)]) {
        expect(await store.terminals(T, few)).toEqual(all.filter(({ id }) => few.includes(id)));
      }
    });

    it('lets briefs of terminals be asked for by id and page by page', async () => {
      const { store } = context.bench;
      const ids = Array.from({ length: 9 }, (_, index) => `t-${index}`);
      const epoch = (index: number) => `00000000-0000-4000-8000-${String(500 + index).padStart(12, '0')}`;
      const assignments = ids.flatMap((terminal, index) => [
        { terminal, servicePoint: 'kallio', from: iso(T - DAY), to: iso(T + index * MINUTE) },
        { terminal, servicePoint: 'malmi', from: iso(T + index * MINUTE) },
      ]);
      const terminals = [
        { id: 't-0', name: 'Door', replacedAt: iso(T - DAY) },
        { id: 'u-0', retiredAt: iso(T) },
      ];
      await store.importRegistry(registryFile({ ...PLACES, terminals, assignments }));
      await store.commit(ids.slice(2).map((terminal, i) => batch([press(T)], { terminal, epoch: epoch(i) })));
      await store.commit(
        ids.slice(4).map((terminal, i) => {
          const epochs = [span(epoch(90 + i), 5), span(epoch(2 + i), 4)];
          return { ...status({ epoch: epoch(2 + i), epochs, pending: 7 }), terminal };
        }),
      );
      const all = (await store.terminals(T + 3 * MINUTE)).map(terminalBrief);
      expect(all).toHaveLength(10);
      const paged = [];
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page: TerminalBrief[] = await store.terminalBriefs(T + 3 * MINUTE, { after, most: 3 });
        expect(page.length).toBeLessThanOrEqual(3);
        paged.push(...page);
        after = page.at(-1)?.id;
      }
      expect(paged).toEqual(all);
      for (const only of [['t-7', 'nobody', 't-3', 't-7'], [], ids]) {
        expect(await store.terminalBriefs(T + 3 * MINUTE, { only })).toEqual(all.filter(({ id }) => only.includes(id)));
      }
    });

    it('leaves marks as they were: the last press counted is remembered', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T - 2 * S), press(T + 2 * S), press(T + 4 * S)])]);
      const rollups = await allRollups(store);
      await store.prune(T);
      expect(await store.rebuildRollups()).toEqual({ buckets: 1, changed: 0 });
      expect(await marks(store)).toEqual([
        [2, true],
        [3, false],
      ]);
      expect(await allRollups(store)).toEqual(rollups);
      await store.commit([batch([press(T + S)], { epoch: E2 })]);
      expect((await allPresses(store)).at(-1)?.repeat).toBe(true);
    });

    it('never gives a cursor to another press, even when all presses are gone', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T), press(T + 9 * S)])]);
      const { next = Number.NaN } = await store.presses({ limit: 9 });
      await store.prune(T + DAY);
      await store.commit([batch([press(T + 2 * DAY)], { firstSeq: 3, receivedAt: T + 2 * DAY })]);
      expect((await store.presses({ after: next, limit: 9 })).presses.map(({ seq }) => seq)).toEqual([3]);
    });

    it('still counts a press that comes for a time already pruned', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)])]);
      await store.prune(T + HOUR);
      await store.commit([batch([press(T + S)], { firstSeq: 2 })]);
      expect(await allRollups(store)).toMatchObject([{ start: T, ratings: [0, 0, 0, 2], repeats: 0 }]);
      expect(await store.rebuildRollups()).toEqual({ buckets: 0, changed: 0 });
      expect(await store.prune(T + HOUR)).toEqual({ pruned: 1, rawFrom: T + HOUR });
      expect(await allRollups(store)).toMatchObject([{ start: T, ratings: [0, 0, 0, 2], repeats: 0 }]);
    });

    it('leaves old buckets as they are when an assignment changes', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T), press(T + HOUR)])]);
      await store.prune(T + HOUR);
      await store.importRegistry(
        registryFile({
          ...PLACES,
          assignments: [{ terminal: 'kallio-1', servicePoint: 'kallio', from: iso(T - DAY) }],
        }),
      );
      expect((await allRollups(store)).map(({ start, servicePoint }) => [start - T, servicePoint])).toEqual([
        [0, undefined],
        [HOUR, 'kallio'],
      ]);
    });
  });

  describe('a backup', () => {
    it('restored holds what was there, says so, and gets today back from the terminals', async () => {
      const { bench } = context;
      await bench.store.importRegistry(registryFile(PLACES));
      await bench.store.commit([batch([press(T)]), status({ epochs: [span(E1, 1)] })]);
      const before = [await allPresses(bench.store), await allRollups(bench.store), await bench.store.registry()];
      context.now = T + HOUR;
      const file = bench.backupFile('copy.sqlite');
      await bench.store.backup(file);
      await bench.store.commit([batch([press(T + HOUR)], { firstSeq: 2 })]);
      const { next: cursor = Number.NaN } = await bench.store.presses({ limit: 9 });

      context.now = T + DAY;
      await bench.restore(file);
      const { store } = bench;
      expect([await allPresses(store), await allRollups(store), await store.registry()]).toEqual(before);
      expect(await store.incidents()).toMatchObject([
        { kind: 'store-restored', since: T + DAY, detail: expect.stringContaining(iso(T + HOUR)) },
      ]);
      const [outcome] = await store.commit([status({ epochs: [span(E1, 2, 2)], receivedAt: T + DAY })]);
      expect(outcome?.acks).toEqual([{ epoch: E1, upTo: 1, rewind: true }]);
      await store.commit([batch([press(T + HOUR)], { firstSeq: 2, receivedAt: T + DAY })]);
      expect((await store.presses({ after: cursor, limit: 9 })).presses.map(({ seq }) => seq)).toEqual([2]);
    });

    it('never replaces a file', async () => {
      const { bench } = context;
      const file = bench.backupFile('copy.sqlite');
      await bench.store.backup(file);
      await expect(bench.store.backup(file)).rejects.toMatchObject({ code: 'backup-exists' });
    });
  });

  describe('the store', () => {
    it('is writable until it is closed', async () => {
      const { store } = context.bench;
      await store.check();
      await store.close();
      await expect(store.check()).rejects.toMatchObject({ code: 'store-unwritable' });
      await expect(store.commit([batch([press(T)])])).rejects.toMatchObject({ code: 'store-unwritable' });
    });

    it('shows a write to the read that follows it', async () => {
      const { store } = context.bench;
      for (let seq = 1; seq <= 20; seq++) {
        await store.commit([batch([press(T + seq * MINUTE)], { firstSeq: seq })]);
        expect(await allPresses(store)).toHaveLength(seq);
      }
    });

    it('takes nothing where nothing is given', async () => {
      const { store } = context.bench;
      expect(await store.commit([])).toEqual([]);
    });
  });
}
