import { HymioError } from '@hymio/protocol';
import { addCounts, noCounts } from '../../aggregates/counts.js';
import type { Alert } from '../../alerts/alert.js';
import type { BoardTerminal, Snapshot } from '../../board/snapshot.js';
import { startOfLocalDay } from '../../calendar/instant.js';
import { bucketIndex, localBuckets } from '../../calendar/local-buckets.js';
import { lastMonth } from '../../calendar/month.js';
import { offsetSegments } from '../../calendar/offset-segments.js';
import { openingSpans } from '../../calendar/opening-spans.js';
import type { Span } from '../../calendar/spans.js';
import { openingTimesOf } from '../../registry/opening-times.js';
import type { LocalizedText, Registry, ServicePoint } from '../../registry/registry.js';
import type { Counts, RollupCell, Store } from '../../store/store.js';
import { type PlaceTallies, placeTallies, type ShownCounts, shownCounts } from '../place-tallies.js';

const HOUR_MS = 3_600_000;
/** Full days before today. */
const DAYS = 7;

/** Counts of a local hour or day that begins at `from`, UTC ms. */
export interface CountedSpan {
  from: number;
  counts: ShownCounts;
}

export interface ServicePointModel {
  point: ServicePoint;
  above: ReturnType<PlaceTallies['pathOf']>;
  today: ShownCounts;
  /** Of today up to now: from the first hour that is open or has answers. */
  hours: readonly CountedSpan[];
  /** The seven days before today, newest first, and all of them together. */
  days: readonly CountedSpan[];
  week: ShownCounts;
  /** Opening hours of today; undefined: always open. */
  openToday: readonly Span[] | undefined;
  /** What is asked there now; several where terminals ask different things. */
  questions: readonly LocalizedText[];
  terminals: readonly BoardTerminal[];
  alerts: readonly Alert[] | undefined;
  registry: Registry;
  /** The last month that is over: `2026-10`. */
  lastMonth: string;
}

/** Where the counts of the page begin, UTC ms: seven local days before today. */
export function countsStart(now: number, zone: string): number {
  return startOfLocalDay(startOfLocalDay(now, zone) - DAYS * 24 * HOUR_MS + 12 * HOUR_MS, zone);
}

/** Counts of a service point by local hour from `from` until now, UTC ms. */
export async function readHours(
  store: Store,
  id: string,
  from: number,
  now: number,
  zone: string,
): Promise<RollupCell[]> {
  const to = Math.ceil((now + 1) / HOUR_MS) * HOUR_MS;
  const cells: RollupCell[] = [];
  for (const { offsetMs, ...range } of offsetSegments(from, to, zone)) {
    const step = { stepMs: HOUR_MS, offsetMs };
    cells.push(...(await store.rollups({ ...range, step, by: 'servicePoint', servicePoints: [id] })));
  }
  return cells;
}

/** Error: HymioError `unknown-service-point`. `cells`: those of `readHours`. */
export function servicePointModel(
  snapshot: Snapshot,
  id: string,
  cells: readonly RollupCell[],
  wanted: { zone: string; now: number; alerts?: readonly Alert[] | undefined },
): ServicePointModel {
  const { registry } = snapshot;
  const { zone, now, alerts } = wanted;
  const point = requirePoint(registry, id);
  const tallies = placeTallies(snapshot);
  const today = startOfLocalDay(now, zone);
  const tomorrow = startOfLocalDay(today + 36 * HOUR_MS, zone);
  const times = openingTimesOf(registry, point);
  const always = times.openingHours === undefined && (times.exceptions ?? []).length === 0;
  const openToday = always ? undefined : openingSpans(times, today, tomorrow, zone);
  const days = countInto(localBuckets(countsStart(now, zone), today, 'day', zone), cells, today);
  const hours = countInto(localBuckets(today, now + 1, 'hour', zone), cells, Infinity);
  const terminals = tallies.ranked.filter(({ record }) => record.assignment?.servicePoint === id);
  const asked = new Set(terminals.flatMap(({ record }) => record.assignment?.question ?? []));
  return {
    point,
    above: [...tallies.pathOf(point.group)].reverse(),
    today: tallies.servicePoint(id).today,
    hours: fromFirst(hours, openToday),
    days: [...days].reverse(),
    week: shownCounts(sum(days)),
    openToday,
    questions: registry.questions.filter((question) => asked.has(question.id)).map(({ text }) => text),
    terminals,
    alerts,
    registry,
    lastMonth: lastMonth(now, zone).id,
  };
}

function requirePoint({ servicePoints }: Registry, id: string): ServicePoint {
  const point = servicePoints.find((one) => one.id === id);
  if (point !== undefined) return point;
  throw new HymioError(
    'unknown-service-point',
    `There is no service point ${JSON.stringify(id)}.`,
    'Begin at the overview.',
  );
}

/** Sums cells from the first start on and before `to` into the spans that begin at `starts`. */
function countInto(starts: readonly number[], cells: readonly RollupCell[], to: number): CountedSpan[] {
  const sums = starts.map(() => noCounts());
  for (const cell of cells) {
    const counts = sums[bucketIndex(starts, cell.start)];
    if (counts !== undefined && cell.start < to) addCounts(counts, cell);
  }
  return starts.map((from, index) => ({ from, counts: shownCounts(sums[index] ?? noCounts()) }));
}

function sum(spans: readonly CountedSpan[]): Counts {
  const total = noCounts();
  for (const { counts } of spans) addCounts(total, counts);
  return total;
}

/** Leaves out the night: hours before anything was open or answered. */
function fromFirst(hours: readonly CountedSpan[], open: readonly Span[] | undefined): CountedSpan[] {
  const isOpen = (from: number) => open?.some((span) => span.from < from + HOUR_MS && span.to > from) ?? false;
  const first = hours.findIndex(({ from, counts }) => counts.n > 0 || isOpen(from));
  return first < 0 ? [] : hours.slice(first);
}
