import {
  isOpen,
  LocalTime,
  type VisitorPress,
  visitorProfile,
  visitorStream,
  visitRate,
  workdays,
} from '@hymio/simulator';
import { describe, expect, it } from 'vitest';

const ZONE = 'Europe/Helsinki';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Twenty whole weeks from a Monday midnight in Helsinki, over the end of summer time. */
const span = { from: Date.parse('2026-08-03T00:00:00+03:00'), to: Date.parse('2026-12-21T00:00:00+02:00') };
const clinic = visitorProfile({ zone: ZONE, openingHours: workdays(8, 16), visitsPerWeek: 540, childrenPerWeek: 3 });
const local = new LocalTime(ZONE);
const all = [...visitorStream(clinic, 7, 'clinic', span)];

function visitsAt(presses: readonly VisitorPress[], hour: number): number {
  return presses.filter(({ at, kind }) => kind === 'visit' && Math.floor(local.at(at).minute / 60) === hour).length;
}

describe('visitors', () => {
  it('come at the rate of each hour, within four standard deviations', () => {
    const rate = visitRate(clinic);
    const expected = new Array<number>(24).fill(0);
    for (let at = span.from; at < span.to; at += 5 * 60_000) {
      const hour = Math.floor(local.at(at).minute / 60);
      expected[hour] = (expected[hour] ?? 0) + rate.at(at) * 5 * 60_000 * clinic.visitsPerWeek;
    }
    for (const [hour, visits] of expected.entries()) {
      if (hour >= 8 && hour < 16) expect(visits).toBeGreaterThan(500);
      expect(Math.abs(visitsAt(all, hour) - visits), `hour ${hour}`).toBeLessThanOrEqual(4 * Math.sqrt(visits));
    }
  });

  it('make about as many visits a week as the profile says, at a quiet place too', () => {
    const office = visitorProfile({ zone: ZONE, openingHours: workdays(9, 15), visitsPerWeek: 11 });
    for (const [profile, presses] of [
      [clinic, all],
      [office, [...visitorStream(office, 7, 'office', span)]],
    ] as const) {
      const expected = 20 * profile.visitsPerWeek;
      const visits = presses.filter(({ kind }) => kind === 'visit').length;
      expect(Math.abs(visits - expected)).toBeLessThan(4 * Math.sqrt(expected));
    }
  });

  it('are the same for the same seed and name, and others for others', () => {
    const week = { from: span.from, to: span.from + 7 * DAY_MS };
    const first = [...visitorStream(clinic, 7, 'clinic', week)];
    expect([...visitorStream(clinic, 7, 'clinic', week)]).toEqual(first);
    expect([...visitorStream(clinic, 8, 'clinic', week)]).not.toEqual(first);
    expect([...visitorStream(clinic, 7, 'other', week)]).not.toEqual(first);
    expect(all.slice(0, first.length - 1)).toEqual(first.slice(0, -1));
  });

  it('press only in opening hours, in order of time', () => {
    const outside = all.filter(({ at }) => {
      const { weekday, minute } = local.at(at);
      return !isOpen(clinic.openingHours, weekday, minute);
    });
    expect(outside).toEqual([]);
    expect(all.every((press, index) => index === 0 || (all[index - 1] as VisitorPress).at <= press.at)).toBe(true);
    expect(all.every(({ at }) => Number.isInteger(at) && at >= span.from && at < span.to)).toBe(true);
  });

  it('press again within seconds now and then, and children hammer 5 to 40 times', () => {
    const again = all.filter(({ kind }) => kind === 'again').length;
    const visits = all.filter(({ kind }) => kind === 'visit').length;
    expect(Math.abs(again - visits * clinic.repeatShare)).toBeLessThan(4 * Math.sqrt(visits * clinic.repeatShare));
    const childTimes = all.filter(({ kind }) => kind === 'child').map(({ at }) => at);
    const bursts: number[] = [];
    for (const [index, at] of childTimes.entries()) {
      if (index > 0 && at - (childTimes[index - 1] as number) < 1_000) bursts.push((bursts.pop() ?? 0) + 1);
      else bursts.push(1);
    }
    expect(bursts.length).toBeGreaterThan(30);
    expect(bursts.filter((length) => length >= 5 && length <= 40).length).toBeGreaterThan(bursts.length * 0.9);
  });

  it('are less satisfied in the hours that are hard', () => {
    const shareAt = (hour: number): number => {
      const ratings = all.filter(({ at, kind }) => kind === 'visit' && Math.floor(local.at(at).minute / 60) === hour);
      return ratings.filter(({ rating }) => rating >= 2).length / ratings.length;
    };
    expect(shareAt(15)).toBeLessThan(shareAt(9) - 0.05);
  });
});
