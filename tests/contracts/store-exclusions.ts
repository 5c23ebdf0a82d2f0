import type { ExclusionRequest } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import {
  allPresses,
  allRollups,
  batch,
  DAY,
  E2,
  HOUR,
  iso,
  MINUTE,
  PLACES,
  press,
  registryFile,
  S,
  T,
} from './store-fixtures.js';

const BY = { who: 'Aino', at: T + DAY };
const ofTerminal = (from: number, to: number): ExclusionRequest => ({
  target: { kind: 'terminal', id: 'kallio-1' },
  from,
  to,
  reason: 'cleaner',
});
const ofPlace = (from: number, to: number): ExclusionRequest => ({
  target: { kind: 'service-point', id: 'kallio' },
  from,
  to,
  reason: 'vandalism',
  note: 'someone <b>leaned</b> on it',
});

/** Presses left out of the numbers, and brought back. */
export function exclusionPromises(context: ContractContext): void {
  const stands = (from: number, to?: number) =>
    registryFile({
      ...PLACES,
      assignments: [
        { terminal: 'kallio-1', servicePoint: 'kallio', from: iso(from), ...(to !== undefined && { to: iso(to) }) },
      ],
    });
  const excluded = async () => (await allPresses(context.bench.store)).map((each) => each.excluded);
  const counts = async () =>
    (await allRollups(context.bench.store)).map((cell) => [
      cell.start - T,
      cell.servicePoint,
      cell.ratings[3],
      cell.repeats,
      cell.excluded,
    ]);

  describe('an exclusion', () => {
    it('leaves out exactly the presses of its span, to the millisecond, stored or yet to come', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T), press(T + MINUTE), press(T + 2 * MINUTE), press(T + 3 * MINUTE)])]);
      const { exclusion, recounted } = await store.exclude(ofTerminal(T + MINUTE, T + 3 * MINUTE), BY);
      expect(exclusion).toEqual({ id: 1, ...ofTerminal(T + MINUTE, T + 3 * MINUTE), by: 'Aino', at: T + DAY });
      expect(recounted).toEqual(['kallio-1']);
      expect(await excluded()).toEqual([false, true, true, false]);
      await store.commit([batch([press(T + 90 * S), press(T + 3 * MINUTE - 1)], { firstSeq: 5 })]);
      expect(await excluded()).toEqual([false, true, true, false, true, true]);
      // The last one makes a repeat of the press after it: marks know nothing of exclusions.
      expect(await counts()).toEqual([[0, undefined, 1, 1, 4]]);
      expect(await store.rebuildRollups()).toMatchObject({ changed: 0 });
    });

    it('counts a press in one number only, also where it is a repeat or its time is estimated', async () => {
      const { store } = context.bench;
      const estimated = { at: T + 10 * S, rating: 0, clock: 'estimated', uncertaintyMs: 9 } as const;
      await store.commit([batch([press(T), press(T + S), estimated])]);
      await store.exclude(ofTerminal(T, T + MINUTE), BY);
      expect(await allRollups(store)).toEqual([
        { start: T, terminal: 'kallio-1', ratings: [0, 0, 0, 0], repeats: 0, estimated: 0, excluded: 3 },
      ]);
    });

    it('of a service point holds for whoever stands there, also once the place is known otherwise', async () => {
      const { store } = context.bench;
      await store.importRegistry(stands(T, T + HOUR));
      await store.commit([batch([press(T), press(T + HOUR)]), batch([press(T)], { terminal: 'other', epoch: E2 })]);
      await store.exclude(ofPlace(T - DAY, T + DAY), BY);
      expect(await excluded()).toEqual([true, false, false]);
      await store.importRegistry(stands(T + HOUR));
      expect(await excluded()).toEqual([false, true, false]);
      expect(await counts()).toEqual([
        [0, undefined, 1, 0, 0],
        [0, undefined, 1, 0, 0],
        [HOUR, 'kallio', 0, 0, 1],
      ]);
    });

    it('taken back gives the very numbers from before; what another one covers stays out', async () => {
      const { store } = context.bench;
      await store.importRegistry(stands(T - DAY));
      await store.commit([batch([press(T), press(T + S), press(T + 8 * S), press(T + HOUR)])]);
      const before = [await allPresses(store), await allRollups(store)];
      const { exclusion: first } = await store.exclude(ofTerminal(T, T + 2 * HOUR), BY);
      const { exclusion: second } = await store.exclude(ofPlace(T + HOUR, T + 2 * HOUR), BY);
      const back = { who: 'Väinö', at: T + 2 * DAY };
      const { exclusion: revoked } = await store.revokeExclusion(first.id, back, 'it was <i>us</i>');
      expect(revoked.revoked).toEqual({ by: 'Väinö', at: T + 2 * DAY, why: 'it was <i>us</i>' });
      expect(await excluded()).toEqual([false, false, false, true]);
      await store.revokeExclusion(second.id, back);
      expect([await allPresses(store), await allRollups(store)]).toEqual(before);
      expect(await store.exclusions()).toMatchObject([
        { id: 2, note: 'someone <b>leaned</b> on it', revoked: { by: 'Väinö' } },
        { id: 1, revoked: { why: 'it was <i>us</i>' } },
      ]);
      expect(await store.exclusions({ inForce: true })).toEqual([]);
      await expect(store.revokeExclusion(first.id, back)).rejects.toMatchObject({ code: 'exclusion-revoked' });
      await expect(store.revokeExclusion(99, back)).rejects.toMatchObject({ code: 'unknown-exclusion' });
    });

    it('is refused where it is empty, about nothing, or older than the single presses', async () => {
      const { store } = context.bench;
      await expect(store.exclude(ofTerminal(T, T + 1), BY)).rejects.toMatchObject({ code: 'exclusion-unknown-target' });
      await store.commit([batch([press(T), press(T + 2 * HOUR)])]);
      await expect(store.exclude(ofTerminal(T, T), BY)).rejects.toMatchObject({ code: 'exclusion-empty' });
      await expect(store.exclude(ofPlace(T, T + 1), BY)).rejects.toMatchObject({ code: 'exclusion-unknown-target' });
      const { exclusion } = await store.exclude(ofTerminal(T, T + 1), BY);
      await store.prune(T + HOUR);
      await expect(store.exclude(ofTerminal(T, T + 1), BY)).rejects.toMatchObject({ code: 'exclusion-pruned' });
      await expect(store.revokeExclusion(exclusion.id, BY)).rejects.toMatchObject({ code: 'exclusion-pruned' });
      expect((await store.exclusions()).length).toBe(1);
      await store.commit([batch([press(T)], { firstSeq: 3 })]);
      expect(await counts()).toEqual([
        [0, undefined, 0, 0, 2],
        [2 * HOUR, undefined, 1, 0, 0],
      ]);
    });

    it('is told beforehand how many presses it would leave out, and found by time and place', async () => {
      const { store } = context.bench;
      await store.importRegistry(stands(T - DAY));
      await store.commit([batch([press(T), press(T + S), press(T + MINUTE), press(T + HOUR)])]);
      await store.exclude(ofTerminal(T + MINUTE, T + MINUTE + 1), BY);
      const tally = (kind: 'terminal' | 'service-point', id: string) => store.tallyPresses({ kind, id }, T, T + HOUR);
      expect(await tally('terminal', 'kallio-1')).toEqual({ presses: 2, counted: 1, excluded: 1 });
      expect(await tally('service-point', 'kallio')).toEqual({ presses: 2, counted: 1, excluded: 1 });
      expect(await tally('service-point', 'nowhere')).toEqual({ presses: 0, counted: 0, excluded: 0 });
      await store.exclude(ofPlace(T + DAY, T + 2 * DAY), BY);
      const ids = async (...query: Parameters<typeof store.exclusions>) =>
        (await store.exclusions(...query)).map(({ id }) => id);
      expect(await ids()).toEqual([2, 1]);
      expect(await ids({ from: T, to: T + HOUR })).toEqual([1]);
      expect(await ids({ target: { kind: 'service-point', id: 'kallio' } })).toEqual([2]);
    });
  });

  describe('notes of the staff', () => {
    it('are kept, changed and removed, and stand in the log', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      const text = { fi: 'Jono lyheni', en: 'Shorter queue' };
      const note = { servicePoint: 'kallio', kind: 'changed', from: T, text } as const;
      const first = await store.putStaffNote(note, BY);
      expect(first).toEqual({ id: 1, ...note, by: 'Aino', at: T + DAY });
      await store.putStaffNote({ ...note, servicePoint: 'malmi', kind: 'note', from: T + DAY, to: T + 2 * DAY }, BY);
      await store.putStaffNote({ ...note, text: { fi: 'Toinen ovi' } }, { who: 'Väinö', at: T + 3 * DAY }, 1);
      expect(await store.staffNotes()).toMatchObject([
        { id: 2, to: T + 2 * DAY },
        { id: 1, by: 'Väinö' },
      ]);
      expect(await store.staffNotes({ servicePoint: 'kallio', kind: 'note' })).toEqual([]);
      expect(await store.staffNotes({ servicePoint: 'kallio' })).toMatchObject([{ text: { fi: 'Toinen ovi' } }]);
      await store.removeStaffNote(1, BY);
      await expect(store.removeStaffNote(1, BY)).rejects.toMatchObject({ code: 'unknown-note' });
      await expect(store.putStaffNote(note, BY, 1)).rejects.toMatchObject({ code: 'unknown-note' });
      const refused = async (change: object) => store.putStaffNote({ ...note, ...change }, BY);
      await expect(refused({ servicePoint: 'x' })).rejects.toMatchObject({ code: 'unknown-service-point' });
      await expect(refused({ text: { fi: ' ' } })).rejects.toMatchObject({ code: 'note-empty' });
      await expect(refused({ to: T })).rejects.toMatchObject({ code: 'note-span-empty' });
      const subject = { kind: 'staff-note', id: '1' } as const;
      expect(await store.registryLog({ limit: 9, subject })).toMatchObject([
        { what: 'remove-staff-note', who: 'Aino', before: { text: { fi: 'Toinen ovi' } } },
        { what: 'put-staff-note', who: 'Väinö', before: { text }, after: { text: { fi: 'Toinen ovi' } } },
        { what: 'put-staff-note', who: 'Aino', at: T + DAY, after: first },
      ]);
    });
  });

  describe('the log of changes', () => {
    it('says who changed what, from what to what, newest first and page by page', async () => {
      const { store } = context.bench;
      context.now = T + 5 * DAY;
      await store.importRegistry(stands(T));
      await store.importRegistry(stands(T + HOUR), { who: 'Aino', at: T + 6 * DAY });
      await store.exclude(ofPlace(T, T + DAY), BY);
      const log = await store.registryLog({ limit: 2 });
      expect(log).toMatchObject([
        { what: 'exclude', who: 'Aino', subject: { kind: 'exclusion', id: '1' }, why: 'someone <b>leaned</b> on it' },
        {
          what: 'import',
          who: 'Aino',
          at: T + 6 * DAY,
          subject: { kind: 'assignment', id: 'kallio-1' },
          before: [{ servicePoint: 'kallio', from: T }],
          after: [{ servicePoint: 'kallio', from: T + HOUR }],
        },
      ]);
      const rest = await store.registryLog({ limit: 99, before: log.at(-1)?.id ?? 0 });
      expect(rest).toHaveLength(6);
      expect(rest.at(-1)).toMatchObject({
        id: 1,
        at: T + 5 * DAY,
        who: 'import',
        what: 'import',
        subject: { kind: 'group', id: 'helsinki' },
        after: { id: 'helsinki', name: { fi: 'Helsinki' } },
      });
    });
  });
}
