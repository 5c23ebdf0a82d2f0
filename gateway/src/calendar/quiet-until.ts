import { DateTime } from 'luxon';

/** Local times, minutes after midnight; `to` before `from` reaches over midnight. */
export interface DailySpan {
  from: number;
  to: number;
}

/** When a notice of `at` may go (UTC ms): at once, or at the end of the quiet hours in which it falls. */
export function quietUntil(quiet: DailySpan | undefined, at: number, zone: string): number {
  if (quiet === undefined) return at;
  const local = DateTime.fromMillis(at, { zone });
  const minute = local.hour * 60 + local.minute;
  const overMidnight = quiet.to < quiet.from;
  const isQuiet = overMidnight ? minute >= quiet.from || minute < quiet.to : minute >= quiet.from && minute < quiet.to;
  if (!isQuiet) return at;
  const day = overMidnight && minute >= quiet.from ? local.plus({ days: 1 }) : local;
  const end = day.startOf('day').set({ hour: Math.floor(quiet.to / 60), minute: quiet.to % 60 });
  // An hour that the change of clocks leaves out, or has twice, must not hold a notice back for another day.
  return Math.max(at, end.toMillis());
}
