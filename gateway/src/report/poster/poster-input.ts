import { HymioError } from '@hymio/protocol';
import type { StaffNote } from '../../administration/staff-note.js';
import { sumCounts } from '../../aggregates/counts.js';
import { lastMonth, type MonthSpan, monthSpan } from '../../calendar/month.js';
import { defaultPublicSetting, type PublicSetting } from '../../public/public-setting.js';
import type { LocalizedText } from '../../registry/registry.js';
import type { RatingCounts } from '../../statistics/happy-index.js';
import type { Store } from '../../store/store.js';
import { unknownServicePoint } from '../report-scope.js';

/** What a poster is made of. */
export interface PosterInput {
  month: MonthSpan;
  servicePoint: string;
  name: LocalizedText;
  ratings: RatingCounts;
  /** Asked there in the month, each once. */
  questions: readonly LocalizedText[];
  /** What was changed because of the answers, newest first. */
  changes: readonly StaffNote[];
  show: PublicSetting['show'];
}

/**
 * Reads what the poster of a service point and a month (`2026-10`; default: the last one that is over) needs. Errors:
 * HymioError `malformed-month`, `no-such-month`, `month-not-over`, `month-before-first-press`, `unknown-service-point`,
 * and the store's.
 */
export async function readPosterInput(
  store: Store,
  wanted: { month?: string | undefined; servicePoint: string },
  { zone, now }: { zone: string; now: number },
): Promise<PosterInput> {
  const { servicePoint } = wanted;
  const month = wanted.month === undefined ? lastMonth(now, zone) : monthSpan(wanted.month, zone);
  const [registry, first, settings] = await Promise.all([
    store.registry(),
    store.firstBucket(),
    store.publicSettings(),
  ]);
  const point = registry.servicePoints.find(({ id }) => id === servicePoint);
  if (point === undefined) throw unknownServicePoint(servicePoint);
  checkMonth(month, now, first);
  const { from, to } = month;
  const [cells, notes] = await Promise.all([
    store.rollups({ from, to, step: 'whole', by: 'servicePoint', servicePoints: [servicePoint] }),
    store.staffNotes({ servicePoint, kind: 'changed' }),
  ]);
  const asked = new Set(
    registry.assignments
      .filter((one) => one.servicePoint === servicePoint && one.from < to && (one.to ?? Infinity) > from)
      .map(({ question }) => question),
  );
  return {
    month,
    servicePoint,
    name: point.name,
    ratings: sumCounts(cells).ratings,
    questions: registry.questions.filter(({ id }) => asked.has(id)).map(({ text }) => text),
    // What was changed after the month was changed because of it, too.
    changes: notes
      .filter((note) => note.from <= now && (note.to ?? Infinity) > from)
      .sort((a, b) => b.from - a.from || b.id - a.id),
    show: (settings.find((one) => one.servicePoint === servicePoint) ?? defaultPublicSetting(servicePoint)).show,
  };
}

/** Only what is over is printed: who compares two posters of one month must learn nothing of a single answer. */
function checkMonth({ id, to }: MonthSpan, now: number, firstBucket: number | undefined): void {
  if (to > now) {
    throw new HymioError('month-not-over', `The month ${id} is not over.`, 'Choose an earlier month.');
  }
  if (firstBucket === undefined || to <= firstBucket) {
    throw new HymioError(
      'month-before-first-press',
      firstBucket === undefined ? 'There has been no press yet.' : `In ${id} nothing had been pressed yet.`,
      'Choose a later month.',
    );
  }
}
