import { DateTime } from 'luxon';

/** Ends of the local days of a span that begins at midnight, UTC ms; a day has 23 to 25 hours. */
export function endOfLocalDays({ from, to }: { from: number; to: number }, zone: string): number[] {
  const ends: number[] = [];
  for (
    let day = DateTime.fromMillis(from, { zone }).plus({ days: 1 });
    day.toMillis() <= to;
    day = day.plus({ days: 1 })
  ) {
    ends.push(day.startOf('day').toMillis());
  }
  return ends;
}
