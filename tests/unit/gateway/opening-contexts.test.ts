import { openingContexts, openingSpans, openingTimesOf, type Registry } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const DAY = 24 * 3_600_000;
/** Friday 2026-11-20, 14:00 in Helsinki. */
const T = Date.UTC(2026, 10, 20, 12);
const ZONE = 'Europe/Helsinki';
const usual = { fri: [{ from: 480, to: 960 }] };
const late = { fri: [{ from: 720, to: 1_200 }] };
const point = (id: string, group: string, more: object = {}) => ({
  ...{ id, group, name: { fi: id }, repeatWindowMs: 5_000 },
  ...more,
});
const REGISTRY: Pick<Registry, 'groups' | 'servicePoints'> = {
  groups: [
    { id: 'city', name: { fi: 'Kaupunki' } },
    { id: 'health', parent: 'city', name: { fi: 'Terveys' }, exceptions: [{ date: '2026-11-20', spans: [] }] },
  ],
  servicePoints: [
    point('a', 'city'),
    point('b', 'city', { openingHours: usual }),
    point('c', 'city', { openingHours: { ...usual } }),
    point('d', 'city', { openingHours: late }),
    point('e', 'health'),
    point('f', 'health', { openingHours: usual }),
    point('g', 'health', { openingHours: usual, exceptions: [{ date: '2026-11-20', spans: [{ from: 0, to: 60 }] }] }),
    point('h', 'city', { openingHours: usual, exceptions: [] }),
    point('i', 'city', { exceptions: [{ date: '2026-11-20', spans: [] }] }),
  ],
};

describe('when service points are open around now', () => {
  it('is as their hours, their days and those of their groups say, whoever is asked about first', () => {
    for (const ids of ['abcdefghi', 'ihgfedcba', 'fgbeacdhi']) {
      const openingOf = openingContexts(REGISTRY, T, ZONE);
      for (const id of [...ids, ...ids]) {
        const times = openingTimesOf(REGISTRY, REGISTRY.servicePoints.find((one) => one.id === id) as never);
        const [from, to] = [T - 15 * DAY, T + 9 * DAY];
        const context = id === 'a' ? undefined : { from, to, spans: openingSpans(times, from, to, ZONE) };
        expect([id, openingOf(id)]).toEqual([id, context]);
      }
      expect(openingOf('unknown')).toBeUndefined();
      expect(openingOf(undefined)).toBeUndefined();
    }
  });

  it('is one object for all places with the same times', () => {
    const openingOf = openingContexts(REGISTRY, T, ZONE);
    expect(openingOf('c')).toBe(openingOf('b'));
    expect(openingOf('h')).toBe(openingOf('b'));
    expect(openingOf('f')).not.toBe(openingOf('b'));
    expect(openingOf('d')).not.toBe(openingOf('b'));
  });
});
