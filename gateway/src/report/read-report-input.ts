import { HymioError } from '@hymio/protocol';
import type { ChangeLogEntry } from '../administration/change-log.js';
import { sumCounts } from '../aggregates/counts.js';
import { parseWeek, shiftWeek, type WeekSpan, weekSpan } from '../calendar/iso-week.js';
import { offsetSegments } from '../calendar/offset-segments.js';
import { assignmentsAt } from '../registry/assignments-at.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Registry } from '../registry/registry.js';
import { BUCKET_MS, type PresenceSpan, type RollupCell, type RollupQuery, type Store } from '../store/store.js';
import { readAlerts } from './read-alerts.js';
import { readEarlierWeeks } from './read-earlier-weeks.js';
import { readSaidBefore } from './read-said-before.js';
import type { ReportInput, WeekCounts } from './report-input.js';
import { type ReportSubject, servicePointsInScope } from './report-scope.js';
import { TREND_WEEKS } from './report-trend.js';

const HOUR_MS = 3_600_000;
/** Up to so many terminals are asked about one by one. */
const FEW_TERMINALS = 16;
/** Lines of the log of changes that a group's report reads at once, and how often at most. */
const LOG_PAGE = 500;
const LOG_PAGES = 10;

/**
 * Reads what the report of a week (`2026-W47`) needs, and of the registry's years only what is in its scope: a week by
 * the hour, the other weeks as sums. Errors: HymioError `malformed-week`, `no-such-week`, `future-week`,
 * `unknown-service-point`, `unknown-group`, `two-scopes`, and the store's.
 */
export async function readReportInput(
  store: Store,
  wanted: { week: string } & ReportSubject,
  { zone, now }: { zone: string; now: number },
): Promise<ReportInput> {
  const iso = parseWeek(wanted.week);
  const week = weekSpan(iso, zone);
  if (week.from > now) {
    throw new HymioError('future-week', `Week ${week.id} has not begun.`, 'Choose this week or an earlier one.');
  }
  const before = (count: number) => weekSpan(shiftWeek(iso, -count), zone);
  const previousWeek = before(1);
  const earlier = Array.from({ length: TREND_WEEKS - 2 }, (_, index) => before(TREND_WEEKS - 1 - index));
  const whole = await store.registry();
  const places = servicePointsInScope(whole, wanted);
  const registry = places === undefined ? whole : { ...whole, assignments: assignmentsAt(whole, places) };
  const only = places === undefined ? {} : { servicePoints: [...places] };
  const [weekParts, earlierWeeks, [yearAgo], around] = await Promise.all([
    readWeek(store, { registry, week, previousWeek, zone, places, only }),
    readEarlierWeeks(store, earlier, zone, only),
    Promise.all(yearBefore(iso, zone).map((span) => readSum(store, span, only))),
    readAround(store, { registry, week, now, places, wanted }),
  ]);
  const lastWeek: WeekCounts = { week: previousWeek, counts: sumCounts(weekParts.lastWeek) };
  const said = await readSaidBefore(store, week, wanted, { counted: [...earlierWeeks, lastWeek], places });
  const { servicePoint, group } = wanted;
  return {
    week,
    previousWeek,
    zone,
    now,
    ...(servicePoint === undefined ? {} : { servicePoint }),
    ...(group === undefined ? {} : { group }),
    registry,
    ...weekParts,
    earlierWeeks,
    ...(said.length === 0 ? {} : { said }),
    ...(yearAgo === undefined ? {} : { yearAgo }),
    ...around,
  };
}

type Only = Pick<RollupQuery, 'servicePoints'>;
type Places = ReadonlySet<string> | undefined;

/** The week of the same number, where the year before had it. */
function yearBefore({ year, week }: { year: number; week: number }, zone: string): WeekSpan[] {
  const same = { year: year - 1, week };
  return shiftWeek(same, 0).week === week ? [weekSpan(same, zone)] : [];
}

async function readSum(store: Store, week: WeekSpan, only: Only): Promise<WeekCounts> {
  const { from, to } = week;
  return { week, counts: sumCounts(await store.rollups({ from, to, step: 'whole', by: 'total', ...only })) };
}

interface WeekParts {
  registry: Registry;
  week: WeekSpan;
  previousWeek: WeekSpan;
  zone: string;
  places: Places;
  only: Only;
}

async function readWeek(store: Store, parts: WeekParts): Promise<Pick<ReportInput, 'thisWeek' | 'lastWeek'>> {
  const { from, to } = parts.previousWeek;
  const [thisWeek, lastWeek] = await Promise.all([
    readHourly(store, parts),
    store.rollups({ from, to, step: 'whole', by: 'terminalAndServicePoint', ...parts.only }),
  ]);
  return { thisWeek, lastWeek };
}

/** By the hour, or by 15 minutes where someone opens or closes within an hour. */
async function readHourly(store: Store, { registry, week, zone, places, only }: WeekParts): Promise<RollupCell[]> {
  const points = registry.servicePoints.filter(({ id }) => places === undefined || places.has(id));
  const minutes = points.flatMap((point) => {
    const { openingHours = {}, exceptions = [] } = openingTimesOf(registry, point);
    return [...Object.values(openingHours).flat(), ...exceptions.flatMap(({ spans }) => spans)];
  });
  const fullHours = minutes.every(({ from, to }) => from % 60 === 0 && to % 60 === 0);
  const stepMs = fullHours ? HOUR_MS : BUCKET_MS;
  const cells: RollupCell[] = [];
  for (const { from, to, offsetMs } of offsetSegments(week.from, week.to, zone)) {
    cells.push(
      ...(await store.rollups({ from, to, step: { stepMs, offsetMs }, by: 'terminalAndServicePoint', ...only })),
    );
  }
  return cells;
}

interface AroundParts {
  registry: Registry;
  week: WeekSpan;
  now: number;
  places: Places;
  wanted: ReportSubject;
}

/** What is known besides the counts. */
async function readAround(
  store: Store,
  { registry, week, now, places, wanted }: AroundParts,
): Promise<
  Omit<ReportInput, 'week' | 'previousWeek' | 'zone' | 'now' | 'registry' | keyof ReportSubject | CountParts>
> {
  const { servicePoint } = wanted;
  const stood = places === undefined ? undefined : terminalsIn(registry, week);
  const [terminals, presence, lost, incidents, suspects, exclusions, alerts, notes, changes, firstBucket] =
    await Promise.all([
      store.terminals(Math.min(now, week.to - 1), stood),
      readPresence(store, week, stood),
      store.lostRanges(week.from, week.to),
      store.incidents(),
      store.suspects(week.from, week.to),
      store.exclusions({ from: week.from, to: week.to, inForce: true }),
      readAlerts(store, week, servicePoint),
      store.staffNotes(servicePoint === undefined ? {} : { servicePoint }),
      readChanges(store, week, wanted),
      store.firstBucket(),
    ]);
  const first = firstBucket === undefined ? {} : { firstBucket };
  return { terminals, presence, lost, incidents, suspects, exclusions, alerts, notes, changes, ...first };
}

async function readPresence(
  store: Store,
  { from, to }: WeekSpan,
  terminals?: readonly string[],
): Promise<PresenceSpan[]> {
  if (terminals === undefined || terminals.length > FEW_TERMINALS) return store.presence(from, to);
  return (await Promise.all(terminals.map((terminal) => store.presence(from, to, terminal)))).flat();
}

type CountParts = 'thisWeek' | 'lastWeek' | 'earlierWeeks' | 'yearAgo' | 'said';

/** `registry`: with the assignments of the scope alone. */
function terminalsIn({ assignments }: Registry, week: WeekSpan): string[] {
  const stood = assignments.filter(({ from, to = Infinity }) => from < week.to && to > week.from);
  return [...new Set(stood.map(({ terminal }) => terminal))];
}

/** What was changed of service points since the week began; for the organisation it makes no difference. */
async function readChanges(store: Store, week: WeekSpan, wanted: ReportSubject): Promise<ChangeLogEntry[]> {
  const { servicePoint, group } = wanted;
  if (servicePoint !== undefined) {
    return store.registryLog({ limit: LOG_PAGE, subject: { kind: 'service-point', id: servicePoint } });
  }
  const found: ChangeLogEntry[] = [];
  if (group === undefined) return found;
  let before: number | undefined;
  for (let page = 0; page < LOG_PAGES; page += 1) {
    const entries = await store.registryLog({ limit: LOG_PAGE, ...(before === undefined ? {} : { before }) });
    found.push(...entries.filter(({ subject, at }) => subject.kind === 'service-point' && at >= week.from));
    const last = entries.at(-1);
    if (last === undefined || entries.length < LOG_PAGE || last.at < week.from) break;
    before = last.id;
  }
  return found;
}
