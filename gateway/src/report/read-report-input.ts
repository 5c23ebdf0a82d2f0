import { HymioError } from '@hymio/protocol';
import { parseWeek, shiftWeek, weekSpan } from '../calendar/iso-week.js';
import { offsetSegments } from '../calendar/offset-segments.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Registry } from '../registry/registry.js';
import { BUCKET_MS, type RollupCell, type Store } from '../store/store.js';
import type { ReportInput } from './report-input.js';

const HOUR_MS = 3_600_000;

/**
 * Reads what the report of a week (`2026-W47`) needs: two weeks of cells, never the years before.
 * Errors: HymioError `malformed-week`, `no-such-week`, `future-week`, `unknown-service-point`, and the store's.
 */
export async function readReportInput(
  store: Store,
  wanted: { week: string; servicePoint?: string },
  { zone, now }: { zone: string; now: number },
): Promise<ReportInput> {
  const iso = parseWeek(wanted.week);
  const week = weekSpan(iso, zone);
  if (week.from > now) {
    throw new HymioError('future-week', `Week ${week.id} has not begun.`, 'Choose this week or an earlier one.');
  }
  const previousWeek = weekSpan(shiftWeek(iso, -1), zone);
  const registry = await store.registry();
  const { servicePoint } = wanted;
  if (servicePoint !== undefined && !registry.servicePoints.some((point) => point.id === servicePoint)) {
    throw unknownServicePoint(servicePoint);
  }
  const only = servicePoint === undefined ? {} : { servicePoints: [servicePoint] };
  const [terminals, thisWeek, lastWeek, presence, lost, incidents, exclusions] = await Promise.all([
    store.terminals(Math.min(now, week.to - 1)),
    readHourly(store, registry, week, zone, servicePoint),
    store.rollups({
      from: previousWeek.from,
      to: previousWeek.to,
      step: 'whole',
      by: 'terminalAndServicePoint',
      ...only,
    }),
    store.presence(week.from, week.to),
    store.lostRanges(week.from, week.to),
    store.incidents(),
    store.exclusions({ from: week.from, to: week.to, inForce: true }),
  ]);
  const read = { terminals, thisWeek, lastWeek, presence, lost, incidents, exclusions };
  return { week, previousWeek, zone, now, ...(servicePoint === undefined ? {} : { servicePoint }), registry, ...read };
}

export function unknownServicePoint(id: string): HymioError {
  return new HymioError(
    'unknown-service-point',
    `There is no service point ${JSON.stringify(id)}.`,
    'GET /api/v1/service-points lists those that exist.',
  );
}

/** By the hour, or by 15 minutes where someone opens or closes within an hour. */
async function readHourly(
  store: Store,
  registry: Registry,
  week: { from: number; to: number },
  zone: string,
  servicePoint: string | undefined,
): Promise<RollupCell[]> {
  const points = registry.servicePoints.filter((point) => servicePoint === undefined || point.id === servicePoint);
  const minutes = points.flatMap((point) => {
    const { openingHours = {}, exceptions = [] } = openingTimesOf(registry, point);
    return [...Object.values(openingHours).flat(), ...exceptions.flatMap(({ spans }) => spans)];
  });
  const fullHours = minutes.every(({ from, to }) => from % 60 === 0 && to % 60 === 0);
  const stepMs = fullHours ? HOUR_MS : BUCKET_MS;
  const only = servicePoint === undefined ? {} : { servicePoints: [servicePoint] };
  const cells: RollupCell[] = [];
  for (const { from, to, offsetMs } of offsetSegments(week.from, week.to, zone)) {
    cells.push(
      ...(await store.rollups({ from, to, step: { stepMs, offsetMs }, by: 'terminalAndServicePoint', ...only })),
    );
  }
  return cells;
}
