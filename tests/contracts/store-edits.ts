import { itemVersion, type RegistryEdit, RegistryRefusal } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { allPresses, allRollups, batch, DAY, HOUR, iso, PLACES, press, registryFile, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: T + DAY };

/** Changes made one at a time, by name, on what was read. */
export function editPromises(context: ContractContext): void {
  const edit = (one: RegistryEdit, by = BY) => context.bench.store.editRegistry(one, by);
  const places = async () => (await allPresses(context.bench.store)).map(({ servicePoint }) => servicePoint);
  const begin = async () => {
    const { store } = context.bench;
    const assignments = [{ terminal: 'kallio-1', servicePoint: 'kallio', from: iso(T - DAY), question: 'service' }];
    await store.importRegistry(registryFile({ ...PLACES, assignments }));
    await store.commit([batch([press(T), press(T + HOUR), press(T + 2 * HOUR)], { receivedAt: T + DAY })]);
  };
  /** Codes that an edit was refused with, and that nothing was changed. */
  const refused = async (one: RegistryEdit) => {
    const { store } = context.bench;
    const before = [await store.registry(), await store.registryLog({ limit: 1 })];
    const error = await edit(one).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RegistryRefusal);
    expect([await store.registry(), await store.registryLog({ limit: 1 })]).toEqual(before);
    return error instanceof RegistryRefusal ? [error.code, ...error.faults.map(({ code }) => code)] : [];
  };

  describe('an edit', () => {
    it('moves a terminal in the past, counts its presses again and stands in the log', async () => {
      await begin();
      const { store } = context.bench;
      const move = { kind: 'move-terminal', terminal: 'kallio-1', servicePoint: 'malmi', from: T + HOUR } as const;
      expect(await edit(move)).toEqual({ recounted: ['kallio-1'] });
      expect(await places()).toEqual(['kallio', 'malmi', 'malmi']);
      expect((await allRollups(store)).map(({ servicePoint }) => servicePoint)).toEqual(['kallio', 'malmi', 'malmi']);
      expect(await store.rebuildRollups()).toMatchObject({ changed: 0 });
      expect(await store.registryLog({ limit: 1 })).toMatchObject([
        {
          what: 'move-terminal',
          who: 'Aino',
          at: T + DAY,
          subject: { kind: 'assignment', id: 'kallio-1' },
          before: [{ servicePoint: 'kallio', from: T - DAY, question: 'service' }],
          after: [{ servicePoint: 'kallio', to: T + HOUR }, { servicePoint: 'malmi' }],
        },
      ]);
      await edit({ kind: 'move-terminal', terminal: 'kallio-1', from: T + 2 * HOUR });
      expect(await places()).toEqual(['kallio', 'malmi', undefined]);
    });

    it('on what somebody else has changed meanwhile is refused', async () => {
      await begin();
      const registry = await context.bench.store.registry();
      const [kallio] = registry.servicePoints;
      if (kallio === undefined) throw new Error('no service point');
      const version = itemVersion(registry, { kind: 'service-point', id: 'kallio' });
      const renamed = { ...kallio, name: { fi: 'Kallio <i>2</i>' } };
      await edit({ kind: 'put-service-point', servicePoint: renamed, version });
      const late = { ...kallio, repeatWindowMs: 1 };
      expect(await refused({ kind: 'put-service-point', servicePoint: late, version })).toEqual([
        'changed-meanwhile',
        'changed-meanwhile',
      ]);
      expect((await context.bench.store.registry()).servicePoints[0]).toEqual(renamed);
    });

    it('removes no group or service point that a recipient or a program names', async () => {
      await begin();
      const { store } = context.bench;
      await edit({ kind: 'put-group', group: { id: 'named', name: { en: 'Named' } } });
      const point = { id: 'reported', group: 'helsinki', name: { en: 'Reported' }, repeatWindowMs: 0 };
      await edit({ kind: 'put-service-point', servicePoint: point });
      const [group, place] = [
        { kind: 'group', id: 'named' },
        { kind: 'service-point', id: 'reported' },
      ] as const;
      const recipient = { address: 'a@example.org', language: 'fi', format: 'html', active: false } as const;
      const { id } = await store.reports.saveRecipient({ ...recipient, subjects: [group, place] }, BY);
      await store.tokens.create({ name: 'board', scopes: ['aggregates:read'], group: 'named', hash: 'h' }, BY);
      const removeGroup = { kind: 'remove-group', id: 'named' } as const;
      const removePlace = { kind: 'remove-service-point', id: 'reported' } as const;
      const both = ['registry-refused', 'programs-limited-to-it', 'reports-go-out'];
      expect(await refused(removeGroup)).toEqual(both);
      expect(await refused(removePlace)).toEqual(['registry-refused', 'reports-go-out']);
      await store.tokens.revoke('board', BY);
      await store.reports.removeRecipient(id, BY);
      await edit(removePlace);
      await edit(removeGroup);
      expect((await store.registry()).groups.map((one) => one.id)).toEqual(['helsinki']);
    });

    it('removes what nothing rests on, and refuses to remove what is in use', async () => {
      await begin();
      const { store } = context.bench;
      await edit({ kind: 'put-group', group: { id: 'empty', name: { en: 'Empty' } } });
      const point = { id: 'unused', group: 'empty', name: { en: 'Unused' }, repeatWindowMs: 0 };
      await edit({ kind: 'put-service-point', servicePoint: point });
      expect(await refused({ kind: 'remove-group', id: 'empty' })).toEqual(['registry-refused', 'group-in-use']);
      const target = { kind: 'service-point', id: 'unused' } as const;
      await store.putStaffNote({ servicePoint: 'unused', kind: 'note', from: T, text: { en: 'x' } }, BY);
      const remove = { kind: 'remove-service-point', id: 'unused' } as const;
      expect(await refused(remove)).toEqual(['registry-refused', 'service-point-in-use']);
      await store.removeStaffNote(1, BY);
      await edit(remove);
      await edit({ kind: 'remove-group', id: 'empty' });
      expect((await store.registry()).groups.map(({ id }) => id)).toEqual(['helsinki']);
      await expect(store.exclude({ target, from: T, to: T + 1, reason: 'other' }, BY)).rejects.toMatchObject({
        code: 'exclusion-unknown-target',
      });
      expect(await refused({ kind: 'remove-question', id: 'service' })).toEqual([
        'registry-refused',
        'question-in-use',
      ]);
      // Nobody stands at Kallio any more, but its numbers do.
      await edit({ kind: 'move-terminal', terminal: 'kallio-1', from: T - DAY, servicePoint: 'malmi' });
      await edit({ kind: 'move-terminal', terminal: 'kallio-1', from: T + HOUR, servicePoint: 'kallio' });
      await edit({ kind: 'move-terminal', terminal: 'kallio-1', from: T + HOUR, servicePoint: 'malmi' });
      await edit({ kind: 'remove-service-point', id: 'kallio' });
      await store.prune(T + HOUR);
      await edit({ kind: 'put-service-point', servicePoint: { ...point, id: 'kallio', group: 'helsinki' } });
      expect(await places()).toEqual(['malmi', 'malmi']);
      await edit({ kind: 'move-terminal', terminal: 'kallio-1', from: T - DAY, servicePoint: 'kallio' });
      expect((await allRollups(store)).map(({ servicePoint }) => servicePoint)).toEqual(['malmi', 'kallio', 'kallio']);
      await edit({ kind: 'move-terminal', terminal: 'kallio-1', from: T - DAY, servicePoint: 'kallio' });
      expect(await refused({ kind: 'remove-service-point', id: 'malmi' })).toEqual([
        'registry-refused',
        'service-point-in-use',
      ]);
    });

    it('takes a terminal out of use; what it sends again is still stored; and brings it back', async () => {
      await begin();
      const { store } = context.bench;
      await edit({ kind: 'retire-terminal', terminal: 'kallio-1', at: T + HOUR, why: 'place closed' });
      expect(await store.terminal('kallio-1', T + DAY)).toMatchObject({
        retiredAt: T + HOUR,
        assignments: [{ servicePoint: 'kallio', from: T - DAY, to: T + HOUR }],
      });
      expect(await places()).toEqual(['kallio', undefined, undefined]);
      await store.commit([batch([press(T + 3 * HOUR)], { firstSeq: 4, receivedAt: T + DAY })]);
      expect(await places()).toHaveLength(4);
      expect(
        await refused({ kind: 'move-terminal', terminal: 'kallio-1', from: T + 2 * HOUR, servicePoint: 'malmi' }),
      ).toEqual(['registry-refused', 'retired']);
      await edit({ kind: 'restore-terminal', terminal: 'kallio-1' });
      await edit({ kind: 'move-terminal', terminal: 'kallio-1', from: T + HOUR, servicePoint: 'malmi' });
      expect(await places()).toEqual(['kallio', 'malmi', 'malmi', 'malmi']);
      expect((await store.registryLog({ limit: 9, subject: { kind: 'terminal', id: 'kallio-1' } })).length).toBe(3);
      const subject = { kind: 'assignment', id: 'kallio-1' } as const;
      expect((await store.registryLog({ limit: 9, subject })).map(({ what, why }) => [what, why])).toEqual([
        ['move-terminal', undefined],
        ['retire-terminal', 'place closed'],
        ['import', undefined],
      ]);
    });

    it('replaces the device of a terminal, with the reason', async () => {
      await begin();
      const { store } = context.bench;
      const replace = { kind: 'replace-device', terminal: 'kallio-1', at: T + HOUR, why: 'coffee' } as const;
      await edit(replace);
      expect(await store.terminal('kallio-1', T)).toMatchObject({ replacedAt: T + HOUR });
      expect(await store.registryLog({ limit: 1 })).toMatchObject([{ what: 'replace-device', why: 'coffee' }]);
      expect(await refused({ ...replace, why: ' ', at: BY.at + 1 })).toEqual([
        'registry-refused',
        'in-the-future',
        'reason-missing',
      ]);
    });

    it('of a terminal that came by itself announces it; of one that nobody knows is refused', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      await store.commit([batch([press(T)])]);
      expect(await refused({ kind: 'put-terminal', terminal: 'kallio-1' })).toEqual(['registry-refused', 'id-taken']);
      const version = itemVersion(await store.registry(), { kind: 'terminal', id: 'kallio-1' });
      await edit({ kind: 'put-terminal', terminal: 'kallio-1', name: '<b>Door</b>', version });
      expect((await store.terminals(T))[0]).toMatchObject({ name: '<b>Door</b>', registered: true });
      await edit({ kind: 'put-terminal', terminal: 'new-1' });
      expect(await refused({ kind: 'move-terminal', terminal: 'kalio-1', from: T, servicePoint: 'malmi' })).toEqual([
        'registry-refused',
        'unknown-terminal',
      ]);
    });
  });
}
