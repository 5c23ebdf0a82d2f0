import { RegistryRefusal } from '@hymio/gateway';
import { HymioError } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import {
  allPresses,
  allRollups,
  batch,
  DAY,
  HOUR,
  iso,
  marks,
  PLACES,
  press,
  registryFile,
  S,
  T,
} from './store-fixtures.js';

const stands = (servicePoint: string, from: number, to?: number) => ({
  terminal: 'kallio-1',
  servicePoint,
  from: iso(from),
  ...(to !== undefined && { to: iso(to) }),
});
const withAssignments = (...assignments: object[]) => registryFile({ ...PLACES, assignments });

/** What the operator tells the store, and what that does to the counts. */
export function registryPromises(context: ContractContext): void {
  describe('an import', () => {
    it('is kept whole and shown', async () => {
      const { store } = context.bench;
      const summary = await store.importRegistry(
        registryFile({
          ...PLACES,
          groups: [
            ...PLACES.groups,
            { id: 'kallio-district', parent: 'helsinki', name: { fi: 'Kallio', sv: 'Berghäll' } },
          ],
          servicePoints: [
            ...PLACES.servicePoints,
            {
              id: 'hours',
              group: 'helsinki',
              name: { fi: 'Auki' },
              openingHours: { mon: ['12:30-16:00', '08:00-12:00'] },
            },
          ],
          terminals: [{ id: 'malmi-1', name: 'By the door' }],
          assignments: [{ ...stands('kallio', T, T + DAY), question: 'service' }, stands('malmi', T + DAY)],
        }),
      );
      expect(summary).toEqual({ added: 10, changed: 0, unchanged: 0, recounted: ['kallio-1'] });
      const registry = await store.registry();
      expect(registry.groups).toEqual([
        { id: 'helsinki', name: { fi: 'Helsinki' } },
        { id: 'kallio-district', parent: 'helsinki', name: { fi: 'Kallio', sv: 'Berghäll' } },
      ]);
      expect(registry.servicePoints[0]).toEqual({
        id: 'hours',
        group: 'helsinki',
        name: { fi: 'Auki' },
        repeatWindowMs: 5_000,
        openingHours: {
          mon: [
            { from: 480, to: 720 },
            { from: 750, to: 960 },
          ],
        },
      });
      expect(registry.terminals).toEqual([{ id: 'kallio-1' }, { id: 'malmi-1', name: 'By the door' }]);
      expect(registry.assignments).toEqual([
        { terminal: 'kallio-1', servicePoint: 'kallio', question: 'service', from: T, to: T + DAY },
        { terminal: 'kallio-1', servicePoint: 'malmi', from: T + DAY },
      ]);
    });

    it('keeps exceptions of groups and places, and when terminals went out of use or were exchanged', async () => {
      const { store } = context.bench;
      const holidays = [
        { date: '2026-12-24', open: ['08:00-12:00'] },
        { date: '2026-12-06', name: { fi: 'Itsenäisyyspäivä' } },
      ];
      const [kallio, malmi] = PLACES.servicePoints;
      const file = registryFile({
        groups: [{ ...PLACES.groups[0], exceptions: holidays }],
        servicePoints: [{ ...kallio, exceptions: [{ date: '2026-12-07' }] }, malmi],
        terminals: [
          { id: 'kallio-1', retiredAt: iso(T + DAY) },
          { id: 'malmi-1', replacedAt: iso(T - DAY) },
        ],
        assignments: [stands('kallio', T, T + HOUR)],
      });
      await store.importRegistry(file);
      const registry = await store.registry();
      expect(registry.groups[0]?.exceptions).toEqual([
        { date: '2026-12-06', spans: [], name: { fi: 'Itsenäisyyspäivä' } },
        { date: '2026-12-24', spans: [{ from: 480, to: 720 }] },
      ]);
      expect(registry.servicePoints[0]?.exceptions).toEqual([{ date: '2026-12-07', spans: [] }]);
      expect(registry.terminals).toEqual([
        { id: 'kallio-1', retiredAt: T + DAY },
        { id: 'malmi-1', replacedAt: T - DAY },
      ]);
      expect(await store.terminals(T)).toMatchObject([{ retiredAt: T + DAY }, { replacedAt: T - DAY }]);
      expect(await store.importRegistry(file)).toMatchObject({ added: 0, changed: 0 });
      // A file that knows nothing of them takes none of them away.
      await store.importRegistry(registryFile({ ...PLACES, terminals: [{ id: 'kallio-1' }, { id: 'malmi-1' }] }));
      expect(await store.registry()).toEqual({ ...registry, questions: PLACES.questions });
    });

    it('is refused where a question lacks a text, a date does not exist, or a terminal out of use stands somewhere', async () => {
      const { store } = context.bench;
      const [kallio] = PLACES.servicePoints;
      const file = registryFile({
        ...PLACES,
        servicePoints: [
          { ...kallio, exceptions: [{ date: '2026-02-30' }, { date: '2026-03-01', open: ['12:00-09:00'] }] },
        ],
        questions: [{ id: 'service', text: { fi: 'Miten palvelu sujui?', en: 'How was the service?' } }],
        terminals: [{ id: 'kallio-1', retiredAt: iso(T) }],
        assignments: [stands('kallio', T - DAY)],
      });
      const error = await store.importRegistry(file).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(RegistryRefusal);
      if (!(error instanceof RegistryRefusal)) return;
      expect(error.faults.map(({ code, subject, field, detail }) => [code, subject.id, field, detail])).toEqual([
        ['impossible-date', 'kallio', 'exceptions.2026-02-30', '2026-02-30'],
        ['closes-before-it-opens', 'kallio', 'exceptions.2026-03-01', '2026-03-01'],
        ['text-missing', 'service', 'text.sv', 'sv'],
        ['retired', 'kallio-1', 'from', undefined],
      ]);
    });

    it('that comes again adds, changes and recounts nothing', async () => {
      const { store } = context.bench;
      const file = withAssignments(stands('kallio', T - DAY, T), stands('malmi', T));
      await store.importRegistry(file);
      await store.commit([batch([press(T)])]);
      const before = [await store.registry(), await allPresses(store), await allRollups(store)];
      expect(await store.importRegistry(file)).toEqual({ added: 0, changed: 0, unchanged: 6, recounted: [] });
      expect([await store.registry(), await allPresses(store), await allRollups(store)]).toEqual(before);
    });

    it('leaves what it does not name', async () => {
      const { store } = context.bench;
      await store.importRegistry(withAssignments(stands('kallio', T)));
      await store.importRegistry(registryFile({ terminals: [{ id: 'malmi-1', name: 'New' }] }));
      const registry = await store.registry();
      expect([registry.servicePoints.length, registry.assignments.length, registry.terminals.length]).toEqual([
        2, 1, 2,
      ]);
    });

    it('names every contradiction at once and takes over nothing', async () => {
      const { store } = context.bench;
      const before = await store.registry();
      const file = registryFile({
        groups: [
          { id: 'a', parent: 'b', name: { en: 'A' } },
          { id: 'b', parent: 'a', name: { en: 'B' } },
          { id: 'c', parent: 'nowhere', name: { en: 'C' } },
          { id: 'c', name: { en: 'C again' } },
        ],
        servicePoints: [
          {
            id: 'p',
            group: 'nobody',
            name: { en: 'P' },
            openingHours: { mon: ['16:00-08:00'], tue: ['08:00-12:00', '11:00-13:00'] },
          },
        ],
        assignments: [
          stands('nothing', T, T + DAY),
          { ...stands('p', T + HOUR), question: 'unasked' },
          { ...stands('p', T, T - 1), terminal: 'malmi-1' },
        ],
      });
      const error = await store.importRegistry(file).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(HymioError);
      expect(error).toMatchObject({ code: 'registry-contradiction' });
      const text = String(error);
      for (const fault of [
        'lists group c more than once',
        'Group a is its own ancestor',
        'Group b is its own ancestor',
        'Service point p is in the unknown group nobody',
        'Service point p closes before it opens on mon',
        'Service point p has overlapping opening hours on tue',
        'is to the unknown service point nothing',
        'asks the unknown question unasked',
        'overlaps the one before it',
        'ends before it begins',
      ]) {
        expect(text).toContain(fault);
      }
      expect(await store.registry()).toEqual(before);
      expect(await store.terminals(T)).toEqual([]);
    });

    it('contradicting what is there is refused too', async () => {
      const { store } = context.bench;
      await store.importRegistry(
        registryFile({
          groups: [
            { id: 'a', name: { en: 'A' } },
            { id: 'b', parent: 'a', name: { en: 'B' } },
          ],
        }),
      );
      const loop = registryFile({ groups: [{ id: 'a', parent: 'b', name: { en: 'A' } }] });
      await expect(store.importRegistry(loop)).rejects.toMatchObject({ code: 'registry-contradiction' });
    });
  });

  describe('an assignment', () => {
    it('is shown as of the instant asked for, with its history', async () => {
      const { store } = context.bench;
      await store.importRegistry(withAssignments(stands('kallio', T, T + DAY), stands('malmi', T + DAY)));
      const at = async (instant: number) => (await store.terminals(instant))[0]?.assignment?.servicePoint;
      expect([await at(T - 1), await at(T), await at(T + DAY - 1), await at(T + DAY)]).toEqual([
        undefined,
        'kallio',
        'kallio',
        'malmi',
      ]);
      expect((await store.terminal('kallio-1', T))?.assignments).toHaveLength(2);
      expect(await store.terminals(T)).toMatchObject([{ id: 'kallio-1', registered: true }]);
    });

    it('gives a press its service point by the time it is counted at', async () => {
      const { store } = context.bench;
      await store.importRegistry(withAssignments(stands('kallio', T, T + DAY), stands('malmi', T + DAY)));
      await store.commit([batch([press(T - 1), press(T + HOUR), press(T + DAY)], { receivedAt: T + DAY })]);
      expect((await allPresses(store)).map(({ servicePoint }) => servicePoint)).toEqual([undefined, 'kallio', 'malmi']);
    });

    it('that changes counts again what is stored: places, repeats and rollups', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T - HOUR), press(T), press(T + 30 * S), press(T + 62 * S), press(T + HOUR)])]);
      await store.commit([batch([press(T)], { terminal: 'other', epoch: '00000000-0000-4000-8000-000000000009' })]);
      const summary = await store.importRegistry(withAssignments(stands('malmi', T, T + HOUR)));
      expect(summary.recounted).toEqual(['kallio-1']);
      expect((await allPresses(store)).map(({ servicePoint, repeat }) => [servicePoint, repeat])).toEqual([
        [undefined, false],
        ['malmi', false],
        ['malmi', true],
        ['malmi', false],
        [undefined, false],
        [undefined, false],
      ]);
      expect(
        (await allRollups(store)).map(({ start, terminal, servicePoint, ratings, repeats }) => [
          start - T,
          terminal,
          servicePoint,
          ratings[3],
          repeats,
        ]),
      ).toEqual([
        [-HOUR, 'kallio-1', undefined, 1, 0],
        [0, 'kallio-1', 'malmi', 2, 1],
        [0, 'other', undefined, 1, 0],
        [HOUR, 'kallio-1', undefined, 1, 0],
      ]);
      expect(await store.rebuildRollups()).toMatchObject({ changed: 0 });
    });

    it('that changes marks on behind its own end until the marks agree', async () => {
      const { store } = context.bench;
      // With the long window the second press becomes a repeat, and so the third, behind the end, begins a window.
      await store.commit([batch([press(T), press(T + 6 * S), press(T + 10 * S), press(T + 12 * S)])]);
      expect((await marks(store)).map(([, repeat]) => repeat)).toEqual([false, false, true, false]);
      await store.importRegistry(withAssignments(stands('malmi', T + 5 * S, T + 7 * S)));
      expect((await marks(store)).map(([, repeat]) => repeat)).toEqual([false, true, false, true]);
      expect(await store.rebuildRollups()).toMatchObject({ changed: 0 });
    });

    it('whose place gets another repeat window is counted again', async () => {
      const { store } = context.bench;
      await store.importRegistry(withAssignments(stands('kallio', T)));
      await store.commit([batch([press(T), press(T + 10 * S)])]);
      const [kallio, malmi] = PLACES.servicePoints;
      const file = registryFile({ ...PLACES, servicePoints: [{ ...kallio, repeatWindowMs: 20_000 }, malmi] });
      expect(await store.importRegistry(file)).toMatchObject({ added: 0, changed: 1, recounted: ['kallio-1'] });
      expect((await marks(store)).map(([, repeat]) => repeat)).toEqual([false, true]);
      await store.commit([batch([press(T + 19 * S), press(T + 21 * S)], { firstSeq: 3 })]);
      expect((await marks(store)).map(([, repeat]) => repeat)).toEqual([false, true, true, false]);
    });
  });
}
