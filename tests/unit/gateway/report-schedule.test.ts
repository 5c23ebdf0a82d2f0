import { cronTimes, dueWeeks, isSchedule, type NextTime } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const ZONE = 'Europe/Helsinki';
const at = (text: string) => Date.parse(text);
const due = (schedule: string | NextTime, now: string) =>
  dueWeeks(typeof schedule === 'string' ? cronTimes(schedule, ZONE) : schedule, { zone: ZONE, now: at(now) }).map(
    ({ week, dueAt }) => `${week.id} ${new Date(dueAt).toISOString()}`,
  );

describe('when the reports of a week fall due', () => {
  it.each([
    ['a minute before Monday 7:00', '0 7 * * 1', '2026-11-23T06:59:59+02:00', '2026-W46 2026-11-16T05:00:00.000Z'],
    ['on Monday at 7:00', '0 7 * * 1', '2026-11-23T07:00:00+02:00', '2026-W47 2026-11-23T05:00:00.000Z'],
    ['in summer time', '0 7 * * 1', '2026-07-13T07:00:00+03:00', '2026-W28 2026-07-13T04:00:00.000Z'],
    ['at the very end of the week', '0 0 * * 1', '2026-11-23T00:00:00+02:00', '2026-W47 2026-11-22T22:00:00.000Z'],
    [
      'daily: the first day after its end',
      '0 7 * * *',
      '2026-11-26T12:00:00+02:00',
      '2026-W47 2026-11-23T05:00:00.000Z',
    ],
    ['on Sundays: almost a week later', '30 3 * * 0', '2026-11-29T12:00:00+02:00', '2026-W47 2026-11-29T01:30:00.000Z'],
    // On 29 March 2026 there is no 3:30 in Helsinki, and 4:00 takes its place; on 25 October there are two.
    ['in the hour that is left out', '30 3 * * 0', '2026-03-29T12:00:00+03:00', '2026-W12 2026-03-29T01:00:00.000Z'],
    ['in the hour that comes twice', '30 3 * * 0', '2026-10-25T12:00:00+02:00', '2026-W42 2026-10-25T00:30:00.000Z'],
    ['around New Year: week 53', '0 7 * * 1', '2027-01-04T08:00:00+02:00', '2026-W53 2027-01-04T05:00:00.000Z'],
  ])('%s', (_when, schedule, now, last) => {
    expect(due(schedule, now).at(-1)).toBe(last);
  });

  it('makes up for eight weeks at most, oldest first', () => {
    expect(due('0 7 * * 1', '2026-11-23T08:00:00+02:00').map((one) => one.slice(0, 8))).toEqual([
      '2026-W40',
      '2026-W41',
      '2026-W42',
      '2026-W43',
      '2026-W44',
      '2026-W45',
      '2026-W46',
      '2026-W47',
    ]);
  });

  it('takes several weeks together where the schedule comes more seldom', () => {
    expect(due('0 7 1 * *', '2026-11-01T08:00:00+02:00').slice(-2)).toEqual([
      '2026-W42 2026-11-01T05:00:00.000Z',
      '2026-W43 2026-11-01T05:00:00.000Z',
    ]);
  });

  it('never, where the schedule has no next time', () => {
    expect(due(() => undefined, '2026-11-23T08:00:00+02:00')).toEqual([]);
  });

  it('is read from a cron expression that comes at all', () => {
    expect(['0 7 * * 1', '*/5 * * * *', '0 7 * * MON'].map(isSchedule)).toEqual([true, true, true]);
    expect(['', '7:00', '0 7 * *', '61 7 * * 1', '0 7 31 2 *'].map(isSchedule)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});
