import type { WeekSpan } from '../calendar/iso-week.js';
import { keyOfSubject } from '../reporting/report-recipient.js';
import type { Store } from '../store/store.js';
import { CORRECTED_WEEKS, isAsSaid, lastSaid } from './report-corrections.js';
import type { SaidBefore, WeekCounts } from './report-input.js';
import type { ReportSubject } from './report-scope.js';

/**
 * What earlier reports of the same subject said of the weeks before `week`, with the presses that came since where the
 * numbers are others now. `counted`: the weeks before it, oldest first, as they are now.
 */
export async function readSaidBefore(
  store: Store,
  week: WeekSpan,
  subject: ReportSubject,
  { counted, places }: { counted: readonly WeekCounts[]; places: ReadonlySet<string> | undefined },
): Promise<SaidBefore[]> {
  const weeks = counted.slice(-CORRECTED_WEEKS);
  const [first] = weeks;
  if (first === undefined) return [];
  const issued = await store.reports.issued({
    subject: keyOfSubject(subject),
    fromWeek: first.week.id,
    beforeWeek: week.id,
    limit: CORRECTED_WEEKS,
  });
  if (issued.length === 0) return [];
  const said = lastSaid(
    issued,
    weeks.map((one) => one.week.id),
  );
  return Promise.all(
    said.map(async (one) => {
      const now = weeks.find(({ week: { id } }) => id === one.week);
      const latePresses =
        now === undefined || isAsSaid(one.tally, now.counts.ratings)
          ? 0
          : await late(store, now.week, one.saidAt, places);
      return { ...one, latePresses };
    }),
  );
}

function late(store: Store, { from, to }: WeekSpan, saidAt: number, places: ReadonlySet<string> | undefined) {
  const only = places === undefined ? {} : { servicePoints: [...places] };
  return store.reports.latePresses({ from, to, receivedAfter: saidAt, ...only });
}
