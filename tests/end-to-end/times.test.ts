import { weekOf } from '@hymio/gateway';
import type { Rating } from '@hymio/protocol';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { runCommand } from '../support/run-command.js';
import { SkewedClock, SkewedTerminal } from '../support/skewed-terminal.js';
import { freePort, GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ZONE = 'Europe/Helsinki';
/** Two weeks and a day, so that a whole calendar week lies within them whatever day it is. */
const DAYS = 15;

interface Row {
  start: string;
  n: number;
  ratings: number[];
  repeats: number;
  estimated: number;
}
interface Report {
  previousWeek: string;
  counts: { n: number; ratings: number[] };
  previous: { n: number };
  coverage: { share: number | null; openMs: number; workedMs: number };
}

describe('times, from the button to the report', () => {
  const bench = new TestBench('times');
  const terminals: SkewedTerminal[] = [];
  let config: string;
  let mqttPort: number;
  let gateway: GatewayProgram;

  beforeAll(async () => {
    mqttPort = await freePort();
    config = writeGatewayConfig(bench, 'gateway', { mqttPort, more: { retentionDays: 36_500 } });
    const ids = ['offline-1', 'reboot-1', 'cut-1', 'wrong-1', 'calendar-1'];
    const registry = bench.write('registry.yaml', {
      groups: [{ id: 'all', name: { en: 'All' } }],
      servicePoints: ids.map((id) => ({ id: `at-${id}`, group: 'all', name: { en: id } })),
      terminals: ids.map((id) => ({ id })),
      assignments: ids.map((id) => ({ terminal: id, servicePoint: `at-${id}`, from: '2020-01-01T00:00:00+02:00' })),
    });
    expect((await runCommand(GATEWAY_PROGRAM, 'import', registry, '--config', config)).code).toBe(0);
    gateway = await GatewayProgram.start(bench, config);
  });
  afterEach(async () => {
    for (const terminal of terminals.splice(0)) await terminal.stop();
  });
  afterAll(() => bench.clear());

  function boot(terminal: string, clock: SkewedClock): SkewedTerminal {
    const started = new SkewedTerminal({ terminal, folder: bench.path(terminal), brokerPort: mqttPort, clock });
    terminals.push(started);
    started.start();
    return started;
  }
  async function offline(work: () => Promise<void> | void): Promise<void> {
    await gateway.stop();
    await work();
    gateway = await GatewayProgram.start(bench, config);
  }
  const delivered = (terminal: string, count: number) =>
    until(
      `${count} of ${terminal}`,
      () => gateway.presses(terminal),
      (presses) => presses.length === count,
    );
  async function rows(servicePoint: string, bucket: string, from: string, to: string): Promise<Row[]> {
    const query = `bucket=${bucket}&group=service-point&from=${from}&to=${to}`;
    const all = await gateway.json<{ rows: (Row & { servicePoint: string })[] }>(`/api/v1/aggregates?${query}`);
    return all.rows.filter((row) => row.servicePoint === servicePoint);
  }
  const report = (week: string, servicePoint: string) =>
    gateway.json<Report>(`/api/v1/reports/weekly/${week}?service-point=${servicePoint}`);

  it('two weeks without a network: everything arrives with its own time, and the time counts as worked', async () => {
    const start = Date.now() - DAYS * DAY_MS;
    const clock = new SkewedClock(start);
    const pressed: { at: number; rating: Rating }[] = [];
    await offline(() => {
      const terminal = boot('offline-1', clock);
      for (let count = 0; count < DAYS * 24; count += 1) {
        clock.advance(HOUR_MS);
        const rating = (count % 4) as Rating;
        pressed.push({ at: clock.now(), rating });
        terminal.press(rating);
      }
    });
    const stored = await delivered('offline-1', pressed.length);
    expect(stored.map(({ at, rating, clock }) => ({ at, rating, clock }))).toEqual(
      pressed.map((press) => ({ ...press, clock: 'synced' })),
    );
    const [from, to] = [start, clock.now() + MINUTE_MS].map((at) => new Date(at).toISOString());
    const hours = await rows('at-offline-1', 'hour', from ?? '', to ?? '');
    expect(hours.reduce((sum, row) => sum + row.n, 0)).toBe(pressed.length);
    expect(hours.length).toBeGreaterThanOrEqual(pressed.length);
    // The week before this one lies within the two: it was worked through, though nothing was heard of it then.
    const lastWeek = weekOf(weekOf(Date.now(), ZONE).from - 1, ZONE).id;
    expect((await report(lastWeek, 'at-offline-1')).coverage.share).toBeCloseTo(1, 3);
  });

  it('a reboot without network: times are put right once the clock is, an hour later', async () => {
    const bootedAt = Date.now() - 2 * HOUR_MS;
    // No clock of its own: it starts in 2020.
    const clock = new SkewedClock(Date.UTC(2020, 5, 1), { synced: false });
    await offline(() => {
      const terminal = boot('reboot-1', clock);
      for (let press = 0; press < 6; press += 1) {
        clock.advance(10 * MINUTE_MS);
        terminal.press(2);
      }
      clock.setWall(bootedAt + HOUR_MS);
      clock.isSynced = true;
      terminal.press(3);
    });
    const stored = await delivered('reboot-1', 7);
    const expected = [1, 2, 3, 4, 5, 6].map((count) => ({ at: bootedAt + count * 10 * MINUTE_MS, clock: 'corrected' }));
    expect(stored.map(({ at, clock }) => ({ at, clock }))).toEqual([
      ...expected,
      { at: bootedAt + HOUR_MS, clock: 'synced' },
    ]);
  });

  it('a power cut before the clock was right: times are estimated between the boots around it', async () => {
    const earlierEnd = Date.now() - 5 * HOUR_MS;
    const laterStart = Date.now() - HOUR_MS;
    await offline(async () => {
      const before = boot('cut-1', new SkewedClock(earlierEnd));
      before.press(3);
      await before.stop();
      const lost = new SkewedClock(Date.UTC(2020, 5, 1), { synced: false });
      const between = boot('cut-1', lost);
      lost.advance(10 * MINUTE_MS);
      between.press(0);
      await between.stop();
      boot('cut-1', new SkewedClock(laterStart)).press(3);
    });
    const [first, guessed, last] = await delivered('cut-1', 3);
    expect(first).toMatchObject({ at: earlierEnd, clock: 'synced' });
    expect(last).toMatchObject({ at: laterStart, clock: 'synced' });
    expect(guessed?.clock).toBe('estimated');
    expect(guessed?.at).toBeGreaterThan(earlierEnd);
    expect(guessed?.at).toBeLessThan(laterStart);
    const counted = await rows(
      'at-cut-1',
      'day',
      new Date(earlierEnd - DAY_MS).toISOString(),
      new Date().toISOString(),
    );
    expect(counted.reduce((sum, row) => sum + row.estimated, 0)).toBe(1);
  });

  it('a clock set to 1970 or 2090 by hand: kept as sent, counted at receipt', async () => {
    for (const year of [1970, 2090]) {
      const terminal = boot('wrong-1', new SkewedClock(Date.UTC(year, 0, 2)));
      terminal.press(1);
      await until(
        'delivered',
        async () => terminal.pending(),
        (pending) => pending === 0,
      );
      await terminal.stop();
    }
    const stored = await gateway.presses('wrong-1');
    expect(stored.map(({ at, clock }) => ({ at, clock }))).toEqual(
      [1970, 2090].map((year) => ({ at: Date.UTC(year, 0, 2), clock: 'estimated' })),
    );
    const today = await rows(
      'at-wrong-1',
      'day',
      new Date(Date.now() - DAY_MS).toISOString(),
      new Date().toISOString(),
    );
    const total = today.reduce((sum, row) => sum + row.n + row.repeats, 0);
    expect(total).toBe(2);
  });

  describe('on days that are not 24 hours long, and around New Year', () => {
    const POINT = 'at-calendar-1';
    const spring = hoursFrom('2021-03-28T00:00:00+02:00', 23);
    const autumn = hoursFrom('2021-10-31T00:00:00+03:00', 25);
    const newYear = ['2020-12-28T00:00:00', '2020-12-31T23:59:00', '2021-01-01T00:01:00', '2021-01-03T23:59:00'];
    const after = ['2021-01-04T00:00:00'];
    const local = (text: string) => Date.parse(`${text}+02:00`);

    beforeAll(async () => {
      const clock = new SkewedClock(0);
      const terminal = boot('calendar-1', clock);
      const times = [...newYear.map(local), ...after.map(local), ...spring, ...autumn];
      for (const at of times) {
        clock.setWall(at);
        terminal.press(3);
      }
      await delivered('calendar-1', times.length);
    });

    it.each([
      ['spring', '2021-03-28T00:00:00+02:00', '2021-03-29T00:00:00+03:00', spring],
      ['autumn', '2021-10-31T00:00:00+03:00', '2021-11-01T00:00:00+02:00', autumn],
    ])('the day of %s has each of its hours once', async (_name, from, to, hours) => {
      const range = [encodeURIComponent(from), encodeURIComponent(to)] as const;
      const byHour = await rows(POINT, 'hour', ...range);
      expect(byHour.map(({ start, n }) => ({ at: Date.parse(start), n }))).toEqual(hours.map((at) => ({ at, n: 1 })));
      const byDay = await rows(POINT, 'day', ...range);
      expect(byDay.map(({ start, n }) => ({ at: Date.parse(start), n }))).toEqual([
        { at: Date.parse(from), n: hours.length },
      ]);
    });

    it.each([
      ['2021-W12', 167, 23],
      ['2021-W43', 169, 25],
      ['2020-W53', 168, 4],
      ['2021-W01', 168, 1],
    ])('week %s has %d hours and %d presses', async (week, hours, n) => {
      const { counts, coverage } = await report(week, POINT);
      expect(counts.n).toBe(n);
      expect(coverage.openMs).toBe(hours * HOUR_MS);
    });

    it('week 53 belongs to the old year, and the first week is compared with it', async () => {
      expect(await report('2021-W01', POINT)).toMatchObject({ previousWeek: '2020-W53', previous: { n: 4 } });
      expect((await gateway.fetch('/api/v1/reports/weekly/2021-W53')).status).toBe(404);
      const from = encodeURIComponent('2020-12-21T00:00:00+02:00');
      const weeks = await rows(POINT, 'week', from, encodeURIComponent('2021-01-11T00:00:00+02:00'));
      expect(weeks.map(({ start, n }) => ({ at: Date.parse(start), n }))).toEqual([
        { at: local('2020-12-28T00:00:00'), n: 4 },
        { at: local('2021-01-04T00:00:00'), n: 1 },
      ]);
    });
  });
});

function hoursFrom(text: string, count: number): number[] {
  return Array.from({ length: count }, (_, hour) => Date.parse(text) + hour * HOUR_MS);
}
