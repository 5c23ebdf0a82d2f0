import { readFileSync } from 'node:fs';
import { registryFileSchema } from '@hymio/gateway';
import { DEMO_PLACES, demoOutages, demoRegistry, LocalTime } from '@hymio/simulator';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const FILE = new URL('../../../docs/examples/registry.yaml', import.meta.url);
const HOUR_MS = 3_600_000;

describe("the demo's registry", () => {
  it('is the example in the documentation, and one that the gateway accepts', () => {
    const example: unknown = parse(readFileSync(FILE, 'utf8'));
    expect(example).toEqual(demoRegistry(Date.parse('2026-10-12T00:00:00+03:00')));
    expect(registryFileSchema.parse(example).servicePoints).toHaveLength(12);
  });

  it('has twelve terminals from quiet to busy', () => {
    const visits = DEMO_PLACES.map(({ visitsPerWeek }) => visitsPerWeek);
    expect([Math.min(...visits), Math.max(...visits)]).toEqual([11, 540]);
    expect(new Set(DEMO_PLACES.map(({ terminal }) => terminal)).size).toBe(12);
  });
});

describe("the demo's outages", () => {
  const local = new LocalTime('Europe/Helsinki');

  it.each([
    ['on a Monday just after midnight', '2026-11-16T00:01:00+02:00', '2026-11-10T10:40:00+02:00'],
    ['on a Sunday evening', '2026-11-22T23:59:00+02:00', '2026-11-10T10:40:00+02:00'],
    ['on a Wednesday', '2026-06-17T12:00:00+03:00', '2026-06-09T10:40:00+03:00'],
  ])('lie in last week and yesterday %s', (_, now, unplugged) => {
    const { silentFrom, unpluggedFrom, unpluggedTo } = demoOutages(Date.parse(now));
    expect(new Date(unpluggedFrom).toISOString()).toBe(new Date(unplugged).toISOString());
    expect(local.at(unpluggedTo).weekday).toBe('fri');
    expect(Date.parse(now) - silentFrom).toBeGreaterThan(6 * HOUR_MS);
    expect(Date.parse(now) - silentFrom).toBeLessThan(31 * HOUR_MS);
    expect(local.at(silentFrom).minute).toBe(17 * 60 + 12);
  });
});
