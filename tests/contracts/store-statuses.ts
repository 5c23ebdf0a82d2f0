import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { availability, batch, DAY, E1, E2, HOUR, MINUTE, press, S, span, status, T } from './store-fixtures.js';

/** What terminals say of themselves. */
export function statusPromises(context: ContractContext): void {
  describe('a terminal', () => {
    it('that no one announced appears by itself, unassigned', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)], { receivedAt: T + S })]);
      expect(await store.terminals(T)).toEqual([
        {
          id: 'kallio-1',
          registered: false,
          firstSeenAt: T + S,
          lastSeenAt: T + S,
          lastPressAt: T,
          lostPresses: 0,
          missingPresses: 0,
        },
      ]);
      expect(await store.terminal('unknown', T)).toBeUndefined();
    });

    it('shows the newest of what it said', async () => {
      const { store } = context.bench;
      const arrival = status({ receivedAt: T + S, uptimeMs: 5 });
      await store.commit([availability('online'), arrival]);
      expect(await store.terminals(T)).toMatchObject([
        { availability: 'online', availabilityAt: T, status: arrival.message, statusAt: T + S, lastSeenAt: T + S },
      ]);
      await store.commit([availability('offline', T + HOUR)]);
      expect(await store.terminals(T)).toMatchObject([
        { availability: 'offline', availabilityAt: T + HOUR, lastSeenAt: T + S },
      ]);
    });

    it('has less pending as its presses come, without a new status', async () => {
      const { store } = context.bench;
      await store.commit([status({ epochs: [span(E1, 3)], pending: 3 })]);
      expect(await store.terminals(T)).toMatchObject([{ pendingPresses: 3 }]);
      await store.commit([batch([press(T), press(T + MINUTE)])]);
      expect(await store.terminals(T)).toMatchObject([{ pendingPresses: 1 }]);
      await store.commit([batch([press(T + 2 * MINUTE)], { firstSeq: 3 })]);
      expect(await store.terminal('kallio-1', T)).toMatchObject({ pendingPresses: 0 });
    });

    it('is not seen by what the broker kept', async () => {
      const { store } = context.bench;
      await store.commit([
        availability('online', T, true),
        status({ retained: true, receivedAt: T + DAY, sentAt: T - DAY }),
      ]);
      const [terminal] = await store.terminals(T);
      expect(terminal).toMatchObject({ availability: 'online', statusAt: T - DAY });
      expect(terminal).not.toHaveProperty('lastSeenAt');
      expect(await store.presence(0, T + 2 * DAY)).toEqual([]);
    });

    it('keeps a newer status against one that comes late', async () => {
      const { store } = context.bench;
      await store.commit([status({ uptimeMs: 9_000, firmware: 'new' })]);
      await store.commit([status({ uptimeMs: 8_000, firmware: 'late', receivedAt: T + S })]);
      expect((await store.terminals(T))[0]?.status?.firmware).toBe('new');
    });

    it('is last seen by its newest message, from whichever epoch', async () => {
      const { store } = context.bench;
      await store.commit([
        batch([press(T)], { receivedAt: T + 9 * S }),
        batch([press(T - HOUR)], { epoch: E2, receivedAt: T + 8 * S }),
      ]);
      expect(await store.terminals(T)).toMatchObject([{ lastSeenAt: T + 9 * S, lastPressAt: T }]);
    });

    it('lists its epochs', async () => {
      const { store } = context.bench;
      await store.commit([
        batch([press(T)], { receivedAt: T }),
        status({ epochs: [span(E1, 1), span(E2, 4)], receivedAt: T + S }),
      ]);
      expect((await store.terminal('kallio-1', T))?.epochs).toEqual([
        { epoch: E1, mark: 1, highestReported: 1, firstSeenAt: T },
        { epoch: E2, mark: 0, highestReported: 4, firstSeenAt: T + S },
      ]);
    });
  });

  describe('a status', () => {
    it('that claims more acknowledged than is stored leads to a rewind, also a retained one', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)])]);
      const outcomes = await store.commit([
        status({ epochs: [span(E1, 9, 3), span(E2, 2, 2)] }),
        status({ epochs: [span(E1, 9, 3)], retained: true }),
      ]);
      expect(outcomes.map(({ acks }) => acks)).toEqual([
        [
          { epoch: E1, upTo: 1, rewind: true },
          { epoch: E2, upTo: 0, rewind: true },
        ],
        [{ epoch: E1, upTo: 1, rewind: true }],
      ]);
    });

    it('that reports less than before is an incident until the presses arrive', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)]), status({ epochs: [span(E1, 4)] })]);
      await store.commit([status({ epochs: [span(E1, 2)], receivedAt: T + MINUTE, uptimeMs: MINUTE })]);
      const incident = { id: 1, kind: 'presses-missing', terminal: 'kallio-1', epoch: E1, since: T + MINUTE };
      expect(await store.incidents()).toEqual([{ ...incident, missing: 2 }]);
      expect(await store.terminals(T)).toMatchObject([{ missingPresses: 2 }]);

      await store.commit([batch([press(T), press(T)], { firstSeq: 2, receivedAt: T + 2 * MINUTE })]);
      expect(await store.incidents()).toEqual([{ ...incident, missing: 1 }]);
      await store.commit([batch([press(T)], { firstSeq: 4, receivedAt: T + 3 * MINUTE })]);
      expect(await store.incidents()).toEqual([{ ...incident, missing: 0, withdrawnAt: T + 3 * MINUTE }]);
      expect((await store.terminal('kallio-1', T))?.incidents).toHaveLength(1);
      expect(await store.terminals(T)).toMatchObject([{ missingPresses: 0 }]);
    });

    it('in which an epoch is gone while presses are missing is an incident, unless it is an old one', async () => {
      const { store } = context.bench;
      await store.commit([status({ epochs: [span(E1, 4)], uptimeMs: MINUTE })]);
      await store.commit([
        status({ receivedAt: T + 2 * MINUTE, retained: true, uptimeMs: 2 * MINUTE }),
        status({ receivedAt: T + 2 * MINUTE, uptimeMs: 0 }),
      ]);
      expect(await store.incidents()).toEqual([]);
      await store.commit([status({ receivedAt: T + 3 * MINUTE, uptimeMs: 4 * MINUTE })]);
      expect(await store.incidents()).toMatchObject([{ missing: 4 }]);
    });

    it('about an epoch of another terminal is ignored for that epoch', async () => {
      const { store } = context.bench;
      await store.commit([batch([press(T)])]);
      const [outcome] = await store.commit([status({ terminal: 'kallio-2', epochs: [span(E1, 9, 9)] })]);
      expect(outcome?.acks).toEqual([]);
      expect((await store.terminal('kallio-2', T))?.epochs).toEqual([]);
    });
  });

  describe('presence', () => {
    it('is extended by heartbeats and reaches back over an outage of the network', async () => {
      const { store } = context.bench;
      await store.commit([status({ uptimeMs: MINUTE }), status({ receivedAt: T + MINUTE, uptimeMs: 2 * MINUTE })]);
      await store.commit([availability('offline', T + 2 * MINUTE)]);
      await store.commit([status({ receivedAt: T + DAY, uptimeMs: DAY + MINUTE })]);
      expect(await store.presence(T, T + DAY)).toEqual([{ terminal: 'kallio-1', from: T - MINUTE, to: T + DAY }]);
    });

    it('ends with the process, and does not count what a fault stopped', async () => {
      const { store } = context.bench;
      await store.commit([status()]);
      await store.commit([status({ receivedAt: T + HOUR, uptimeMs: MINUTE, epoch: E2 })]);
      await store.commit([
        status({
          receivedAt: T + HOUR + MINUTE,
          epoch: E2,
          uptimeMs: 2 * MINUTE,
          faults: [{ code: 'panel-disconnected', since: T }],
        }),
      ]);
      const spans = [
        { terminal: 'kallio-1', from: T, to: T },
        { terminal: 'kallio-1', from: T + HOUR - MINUTE, to: T + HOUR },
      ];
      expect(await store.presence(T - DAY, T + DAY)).toEqual(spans);
      expect(await store.presence(T + S, T + HOUR)).toEqual(spans.slice(1));
      expect(await store.presence(T + HOUR, T + DAY)).toEqual(spans.slice(1));
      expect(await store.presence(T + S, T + 2 * S)).toEqual([]);
      expect(await store.presence(T - DAY, T)).toEqual([]);
    });
  });

  describe('the history of faults', () => {
    const told = (at: number, uptimeMs: number, codes: string[], more: object = {}) =>
      status({ receivedAt: T + at, uptimeMs, faults: codes.map((code) => ({ code, since: T + at })), ...more });

    it('has each fault from when it began to when it was gone, through restarts', async () => {
      const { store } = context.bench;
      await store.commit([told(0, HOUR, []), told(MINUTE, HOUR + MINUTE, ['panel-silent', 'button-stuck'])]);
      await store.commit([told(2 * MINUTE, HOUR + 2 * MINUTE, ['button-stuck'])]);
      await store.commit([told(HOUR, 0, ['panel-silent'], { epoch: E2 })]);
      const spans = [
        { terminal: 'kallio-1', code: 'button-stuck', from: T + MINUTE, to: T + 2 * MINUTE },
        { terminal: 'kallio-1', code: 'panel-silent', from: T + MINUTE, to: T + 2 * MINUTE },
        { terminal: 'kallio-1', code: 'panel-silent', from: T + HOUR, to: T + HOUR },
      ];
      expect(await store.faultSpans(T, T + DAY)).toEqual(spans);
      expect(await store.faultSpans(T, T + DAY, 'kallio-1')).toEqual(spans);
      expect(await store.faultSpans(T, T + DAY, 'kallio-2')).toEqual([]);
      expect(await store.faultSpans(T, T + MINUTE)).toEqual([]);
      expect(await store.faultSpans(T + 2 * MINUTE, T + HOUR)).toEqual(spans.slice(0, 2));
    });

    it('learns nothing from statuses that are old or kept by the broker, and nothing twice', async () => {
      const { store } = context.bench;
      const fault = told(MINUTE, HOUR + MINUTE, ['panel-silent']);
      await store.commit([
        fault,
        fault,
        told(2 * MINUTE, HOUR, []),
        told(3 * MINUTE, 9 * HOUR, [], { retained: true }),
      ]);
      expect(await store.faultSpans(T, T + DAY)).toEqual([
        { terminal: 'kallio-1', code: 'panel-silent', from: T + MINUTE, to: T + MINUTE },
      ]);
    });

    it('is told by terminal, and goes with a backup', async () => {
      const { bench } = context;
      await bench.store.commit([told(0, 0, ['b'], { terminal: 'kallio-2' }), told(0, 0, ['a'])]);
      await bench.store.backup(bench.backupFile('faults'));
      await bench.restore(bench.backupFile('faults'));
      await bench.store.commit([told(MINUTE, MINUTE, ['a'])]);
      expect(await bench.store.faultSpans(0, T + DAY)).toEqual([
        { terminal: 'kallio-1', code: 'a', from: T, to: T + MINUTE },
        { terminal: 'kallio-2', code: 'b', from: T, to: T },
      ]);
      expect(await bench.store.presence(0, T + DAY, 'kallio-2')).toEqual([{ terminal: 'kallio-2', from: T, to: T }]);
    });
  });
}
