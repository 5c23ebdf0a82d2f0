import { auditEntries, checkAudit, headOf } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { batch, DAY, HOUR, PLACES, press, registryFile, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: T };
/** Names that a store may hold otherwise than they were given. */
const ODD = ['Ä\u0000ino', 'half a character \ud83d', '😀', "'; DROP TABLE registry_log; --"];

/** The log of changes as a chain. */
export function auditPromises(context: ContractContext): void {
  const newest = async () => (await context.bench.store.registryLog({ limit: 1 }))[0];

  describe('the log of changes', () => {
    it('is numbered without a gap, chained, and read from its beginning or its end', async () => {
      const { store } = context.bench;
      expect((await checkAudit(store)).head).toEqual({ entries: 0, hash: '0'.repeat(64) });
      await store.importRegistry(registryFile(PLACES), BY);
      const request = { from: T, to: T + HOUR, target: { kind: 'service-point', id: 'kallio' } } as const;
      for (const note of ODD) await store.exclude({ ...request, reason: 'other', note }, { who: note, at: T });
      const check = await checkAudit(store);
      expect([check.brokenAt, check.head]).toEqual([undefined, headOf(await newest())]);
      const all = [];
      for await (const entry of auditEntries(store)) all.push(entry);
      expect(all.map(({ id }) => id)).toEqual(all.map((_, index) => index + 1));
      expect(await store.registryLog({ limit: 99 })).toEqual([...all].reverse());
      expect(await store.registryLog({ after: 2, limit: 2 })).toEqual(all.slice(2, 4));
      expect((await checkAudit(store, all[1]?.hash)).foundAt).toBe(2);
    });

    it('names who removed presses and counted again; the gateway itself only where that changed anything', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)])]);
      await store.rebuildRollups();
      await store.prune(T - DAY);
      expect(await newest()).toBeUndefined();
      await store.rebuildRollups(BY);
      expect(await newest()).toMatchObject({
        ...{ who: 'Aino', what: 'rebuild-rollups', subject: { kind: 'store', id: 'rollups' } },
        after: { buckets: 1, changed: 0 },
      });
      await store.prune(T + DAY);
      expect(await newest()).toMatchObject({
        ...{ who: 'hymio-gateway', at: context.now, what: 'prune', subject: { kind: 'store', id: 'presses' } },
        ...{ before: { rawFrom: T - DAY }, after: { pruned: 1, rawFrom: T + DAY } },
      });
      await store.prune(T, BY);
      expect(await newest()).toMatchObject({ who: 'Aino', what: 'prune', after: { pruned: 0 } });
    });

    it('names who sends reports again or to an address', async () => {
      const { store } = context.bench;
      const sent = { week: '2026-W47', subject: 'organisation', address: 'me@example.org' };
      await store.reports.noteSent({ ...sent, language: 'fi', format: 'html' }, BY);
      expect(await newest()).toMatchObject({
        ...{ who: 'Aino', what: 'send-report', subject: { kind: 'report', id: 'organisation' } },
        after: { week: '2026-W47', address: 'me@example.org' },
      });
    });

    it('goes on from a backup that is restored, says so, and lacks what came after the copy', async () => {
      const { bench } = context;
      await bench.store.importRegistry(registryFile(PLACES), BY);
      const early = (await newest())?.hash;
      const file = bench.backupFile('audit.sqlite');
      await bench.store.backup(file);
      await bench.store.exclude(
        { from: T, to: T + 1, target: { kind: 'service-point', id: 'kallio' }, reason: 'other' },
        BY,
      );
      const late = (await newest())?.hash;
      await bench.restore(file);
      expect(await newest()).toMatchObject({ what: 'restore', subject: { kind: 'store' }, after: { copiedAt: T } });
      const check = await checkAudit(bench.store, early);
      expect([check.brokenAt, check.foundAt]).toEqual([undefined, check.head.entries - 1]);
      expect((await checkAudit(bench.store, late)).foundAt).toBeUndefined();
    });
  });
}
