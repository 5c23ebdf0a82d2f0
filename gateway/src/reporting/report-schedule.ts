import { Cron } from 'croner';
import { shiftWeek, type WeekSpan, weekOf, weekSpan } from '../calendar/iso-week.js';

/** Weeks that are made up for at most: whoever was away longer reads the trend. */
export const MOST_MISSED_WEEKS = 8;

/** The first time after an instant (UTC ms) at which reports are issued; undefined: never. */
export type NextTime = (after: number) => number | undefined;

/** Times of a cron expression in an IANA zone. croner only computes: what drives it is the clock passed in. */
export function cronTimes(expression: string, zone: string): NextTime {
  const cron = new Cron(expression, { timezone: zone, paused: true });
  return (after) => cron.nextRun(new Date(after))?.getTime();
}

/** Can it be read, and does it ever come? */
export function isSchedule(expression: string): boolean {
  try {
    return new Cron(expression, { paused: true }).nextRun() !== null;
  } catch {
    return false;
  }
}

export interface DueWeek {
  week: WeekSpan;
  /** The first time of the schedule after the week's end, UTC ms. */
  dueAt: number;
}

/**
 * The last weeks whose time has come, oldest first: each is due once, at the first time of the schedule after its end.
 * Whether one was issued already is for who asks; a clock that is set back makes none due anew.
 */
export function dueWeeks(next: NextTime, { zone, now }: { zone: string; now: number }): DueWeek[] {
  const current = weekOf(now, zone);
  const past = Array.from({ length: MOST_MISSED_WEEKS }, (_, index) =>
    weekSpan(shiftWeek(current, index - MOST_MISSED_WEEKS), zone),
  );
  return past.flatMap((week) => {
    const dueAt = next(week.to - 1);
    return dueAt === undefined || dueAt > now ? [] : [{ week, dueAt }];
  });
}
