import type { PublicBlock, PublicSetting } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { DAY, PLACES, registryFile, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: T };
const ON: PublicSetting = {
  servicePoint: 'kallio',
  enabled: true,
  show: { question: true, faces: false, changes: true },
};
const block = (from: number, to: number, servicePoint = 'kallio'): PublicBlock => ({
  servicePoint,
  from,
  to,
  ratings: [1, 2, 3, 4],
});

/** What everybody may see. */
export function publicPromises(context: ContractContext): void {
  describe('the public view', () => {
    it('is switched on and off for service points that exist, with a line in the log', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      expect(await store.publicSettings()).toEqual([]);
      await store.putPublicSetting(ON, BY);
      await store.putPublicSetting({ ...ON, enabled: false }, { who: 'Otso', at: T + DAY });
      expect(await store.publicSettings()).toEqual([{ ...ON, enabled: false }]);
      const subject = { kind: 'public-view', id: 'kallio' } as const;
      const lines = await store.registryLog({ limit: 10, subject });
      expect(lines.map(({ who, what, before, after }) => ({ who, what, before, after }))).toEqual([
        { who: 'Otso', what: 'put-public-view', before: ON, after: { ...ON, enabled: false } },
        { who: 'Aino', what: 'put-public-view', before: undefined, after: ON },
      ]);
      await expect(store.putPublicSetting({ ...ON, servicePoint: 'nowhere' }, BY)).rejects.toMatchObject({
        code: 'unknown-service-point',
      });
      expect(await store.publicSettings()).toHaveLength(1);
    });

    it('keeps a block as it was closed, and takes none that overlaps it', async () => {
      const { store } = context.bench;
      await store.closePublicBlock(block(T, T + DAY));
      await store.closePublicBlock({ ...block(T, T + DAY), ratings: [9, 9, 9, 9] });
      await store.closePublicBlock(block(T - DAY, T + 1));
      await store.closePublicBlock(block(T + DAY - 1, T + 2 * DAY));
      await store.closePublicBlock(block(T, T + DAY, 'elsewhere'));
      await store.closePublicBlock(block(T + DAY, T + 2 * DAY));
      expect(await store.publicBlocks({ servicePoint: 'kallio', from: T })).toEqual([
        block(T, T + DAY),
        block(T + DAY, T + 2 * DAY),
      ]);
      expect(await store.publicBlocks({ servicePoint: 'kallio', from: T + 1 })).toEqual([block(T + DAY, T + 2 * DAY)]);
    });

    it('goes with the service point: the next one of that name shows nothing until somebody switches it on', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      const point = { id: 'kiosk', group: 'helsinki', name: { fi: 'Kioski' }, repeatWindowMs: 0 };
      const put = { kind: 'put-service-point', servicePoint: point } as const;
      await store.editRegistry(put, BY);
      const shown = { ...ON, servicePoint: 'kiosk' };
      await store.putPublicSetting(shown, BY);
      await store.putPublicSetting(ON, BY);
      await store.editRegistry({ kind: 'remove-service-point', id: 'kiosk' }, { who: 'Otso', at: T + 1 });
      await store.editRegistry(put, BY);
      expect(await store.publicSettings()).toEqual([ON]);
      const subject = { kind: 'public-view', id: 'kiosk' } as const;
      const [line] = await store.registryLog({ limit: 1, subject });
      expect(line).toMatchObject({ who: 'Otso', at: T + 1, what: 'remove-public-view', before: shown });
      expect(line).not.toHaveProperty('after');
    });

    it('is in a backup', async () => {
      const { bench } = context;
      await bench.store.importRegistry(registryFile(PLACES));
      await bench.store.putPublicSetting(ON, BY);
      await bench.store.closePublicBlock(block(T, T + DAY));
      const file = bench.backupFile('public.sqlite');
      await bench.store.backup(file);
      await bench.store.putPublicSetting({ ...ON, enabled: false }, BY);
      await bench.restore(file);
      expect(await bench.store.publicSettings()).toEqual([ON]);
      expect(await bench.store.publicBlocks({ servicePoint: 'kallio', from: 0 })).toEqual([block(T, T + DAY)]);
    });
  });
}
