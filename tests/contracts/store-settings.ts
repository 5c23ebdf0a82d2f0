import { settingsVersion } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { PLACES, registryFile, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: T };
const ALL = { kind: 'organisation' } as const;
const ONE = { kind: 'terminal', id: 'kallio-1' } as const;

/** What is desired of terminals. */
export function settingsPromises(context: ContractContext): void {
  describe('desired settings', () => {
    it('are kept by scope, replaced as a whole, and gone where nothing is desired', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      const group = { kind: 'group', id: (await store.registry()).groups[0]?.id ?? '' } as const;
      await store.settings.save({ scope: ONE, settings: { lockoutMs: 50 } }, BY);
      await store.settings.save({ scope: group, settings: { thanks: 'light', lockoutMs: 30 } }, BY);
      await store.settings.save({ scope: group, settings: { heartbeatIntervalMs: 30_000 } }, BY);
      expect(await store.settings.list()).toEqual([
        { scope: group, settings: { heartbeatIntervalMs: 30_000 } },
        { scope: ONE, settings: { lockoutMs: 50 } },
      ]);
      await store.settings.save({ scope: ONE, settings: {} }, BY);
      expect(await store.settings.list()).toHaveLength(1);
    });

    it.each([
      ['a lockout that a contact outlasts', { lockoutMs: 11 }],
      ['a lockout that swallows presses', { lockoutMs: 201 }],
      ['too quick a heartbeat', { heartbeatIntervalMs: 9_999 }],
      ['too slow a heartbeat', { heartbeatIntervalMs: 600_001 }],
      ['something unknown', { colour: 'blue' }],
    ])('are refused for %s, and nothing is changed', async (_, settings) => {
      const { store } = context.bench;
      const edit = { scope: ALL, settings: { lockoutMs: 20, ...settings } };
      await expect(store.settings.save(edit, BY)).rejects.toMatchObject({ code: 'settings-refused' });
      expect(await store.settings.list()).toEqual([]);
    });

    it('are refused for a place that is not, and where somebody was faster', async () => {
      const { store } = context.bench;
      const nowhere = { scope: { kind: 'group', id: 'nowhere' } as const, settings: {} };
      await expect(store.settings.save(nowhere, BY)).rejects.toMatchObject({ code: 'unknown-scope' });
      const version = settingsVersion({});
      await store.settings.save({ scope: ALL, settings: { lockoutMs: 50 }, version }, BY);
      const late = store.settings.save({ scope: ALL, settings: { lockoutMs: 60 }, version }, BY);
      await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile' });
      expect(await store.settings.list()).toEqual([{ scope: ALL, settings: { lockoutMs: 50 } }]);
    });

    it('leave lines in the log of changes, and so do commands', async () => {
      const { store } = context.bench;
      await store.settings.save({ scope: ALL, settings: { lockoutMs: 50 } }, BY);
      await store.settings.save({ scope: ALL, settings: {} }, { who: 'Otso', at: T + 1 });
      const subject = { kind: 'terminal-settings', id: 'organisation' } as const;
      expect(await store.registryLog({ limit: 5, subject })).toMatchObject([
        { who: 'Otso', what: 'remove-terminal-settings', before: { lockoutMs: 50 } },
        { who: 'Aino', what: 'put-terminal-settings', after: { lockoutMs: 50 } },
      ]);
      await store.settings.note('kallio-1', 'command', { command: 'identify' }, BY);
      const terminal = { kind: 'terminal', id: 'kallio-1' } as const;
      expect(await store.registryLog({ limit: 5, subject: terminal })).toMatchObject([
        { who: 'Aino', what: 'command', after: { command: 'identify' } },
      ]);
    });

    it('of a place go with the place, with a line in the log of changes', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile({ groups: [{ id: 'gone', name: { fi: 'Pois' } }] }));
      const group = { kind: 'group', id: 'gone' } as const;
      await store.settings.save({ scope: group, settings: { lockoutMs: 50 } }, BY);
      await store.settings.save({ scope: ONE, settings: { lockoutMs: 60 } }, BY);
      await store.editRegistry({ kind: 'remove-group', id: 'gone' }, { who: 'Otso', at: T + 1 });
      expect(await store.settings.list()).toEqual([{ scope: ONE, settings: { lockoutMs: 60 } }]);
      const subject = { kind: 'terminal-settings', id: 'group/gone' } as const;
      expect(await store.registryLog({ limit: 1, subject })).toMatchObject([
        { who: 'Otso', what: 'remove-terminal-settings', before: { lockoutMs: 50 } },
      ]);
    });

    it('are in a backup', async () => {
      const { bench } = context;
      await bench.store.settings.save({ scope: ONE, settings: { thanks: 'beep' } }, BY);
      const file = bench.backupFile('settings.sqlite');
      await bench.store.backup(file);
      await bench.restore(file);
      expect(await bench.store.settings.list()).toEqual([{ scope: ONE, settings: { thanks: 'beep' } }]);
    });
  });
}
