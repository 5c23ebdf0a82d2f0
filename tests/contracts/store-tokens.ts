import type { ApiTokenRequest } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { DAY, PLACES, registryFile, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: T };
const HASH = 'ab'.repeat(32);
const JOB: ApiTokenRequest = { name: 'report-job', scopes: ['reports:read', 'aggregates:read'] };

/** Tokens of programs. */
export function tokenPromises(context: ContractContext): void {
  describe('tokens of programs', () => {
    it('are made once for a name, for a group that exists, and found by their number with the hash', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      const group = (await store.registry()).groups[0]?.id ?? '';
      const made = await store.tokens.create({ ...JOB, hash: HASH }, BY);
      expect(made).toEqual({ id: made.id, ...JOB, createdAt: T, createdBy: 'Aino' });
      const limited = await store.tokens.create({ ...JOB, name: 'limited', group, hash: 'cd'.repeat(32) }, BY);
      expect(limited.group).toBe(group);
      expect(await store.tokens.list()).toEqual([made, limited]);
      expect(await store.tokens.find(made.id)).toEqual({ token: made, hash: HASH });
      expect(await store.tokens.find(99)).toBeUndefined();
      await expect(store.tokens.create({ ...JOB, hash: HASH }, BY)).rejects.toMatchObject({ code: 'token-name-taken' });
      const nowhere = { ...JOB, name: 'lost', group: 'nowhere', hash: HASH };
      await expect(store.tokens.create(nowhere, BY)).rejects.toMatchObject({ code: 'unknown-group' });
      expect(await store.tokens.list()).toHaveLength(2);
    });

    it('stay in the list once revoked, and their name is free again but not their number', async () => {
      const { store } = context.bench;
      const first = await store.tokens.create({ ...JOB, hash: HASH }, BY);
      const revoked = await store.tokens.revoke('report-job', { who: 'Otso', at: T + DAY });
      expect(revoked).toEqual({ ...first, revokedAt: T + DAY });
      expect(await store.tokens.find(first.id)).toEqual({ token: revoked, hash: HASH });
      for (const name of ['report-job', 'nobody']) {
        await expect(store.tokens.revoke(name, BY)).rejects.toMatchObject({ code: 'unknown-token' });
      }
      const second = await store.tokens.create({ ...JOB, hash: 'ef'.repeat(32) }, BY);
      expect(second.id).not.toBe(first.id);
      expect(await store.tokens.list()).toEqual([revoked, second]);
    });

    it('tell who listens which one was revoked, once it is', async () => {
      const { store } = context.bench;
      const { id } = await store.tokens.create({ ...JOB, hash: HASH }, BY);
      const [heard, deaf]: [number[], number[]] = [[], []];
      store.tokens.onRevoked((one) => heard.push(one));
      store.tokens.onRevoked((one) => deaf.push(one))();
      await expect(store.tokens.revoke('nobody', BY)).rejects.toMatchObject({ code: 'unknown-token' });
      expect(heard).toEqual([]);
      await store.tokens.revoke('report-job', BY);
      expect([heard, deaf]).toEqual([[id], []]);
    });

    it('remember when they were last used', async () => {
      const { store } = context.bench;
      const { id } = await store.tokens.create({ ...JOB, hash: HASH }, BY);
      await store.tokens.noteUse(id, T + DAY);
      await store.tokens.noteUse(id, T);
      await store.tokens.noteUse(99, T);
      expect((await store.tokens.list()).map(({ lastUsedAt }) => lastUsedAt)).toEqual([T + DAY]);
    });

    it('leave lines in the log of changes, without the hash', async () => {
      const { store } = context.bench;
      await store.tokens.create({ ...JOB, hash: HASH }, BY);
      await store.tokens.revoke('report-job', { who: 'Otso', at: T + DAY });
      const lines = await store.registryLog({ limit: 10, subject: { kind: 'api-token', id: 'report-job' } });
      expect(lines.map(({ who, what }) => ({ who, what }))).toEqual([
        { who: 'Otso', what: 'revoke-token' },
        { who: 'Aino', what: 'create-token' },
      ]);
      expect(lines[1]?.after).toMatchObject(JOB);
      expect(JSON.stringify(lines)).not.toContain(HASH);
    });

    it('are in a backup', async () => {
      const { bench } = context;
      await bench.store.tokens.create({ ...JOB, hash: HASH }, BY);
      const file = bench.backupFile('tokens.sqlite');
      await bench.store.backup(file);
      await bench.restore(file);
      expect(await bench.store.tokens.list()).toMatchObject([JOB]);
    });
  });
}
