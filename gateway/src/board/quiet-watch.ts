import { startOfLocalDay } from '../calendar/instant.js';
import { shiftWeek, weekOf, weekSpan } from '../calendar/iso-week.js';
import { offsetSegments } from '../calendar/offset-segments.js';
import { intersectSpans, mergeSpans, type Span } from '../calendar/spans.js';
import type { Assignment, Registry } from '../registry/registry.js';
import type { HourOfWeekCounts, PresenceSpan, Store } from '../store/store.js';
import { openingContexts } from '../terminals/opening-contexts.js';
import { hasHistory, type QuietInput, type Quietness, quietness } from '../terminals/quietness.js';
import { addExposure, noUsualHours, type UsualHours, type UsualRates, usualRates } from '../terminals/usual-rates.js';
import type { Snapshot } from './snapshot.js';

/** Full weeks that usual rates come from. */
const WEEKS = 8;
/** After a change of the registry the old rates hold so long, ms, but for terminals that stand elsewhere now. */
const RATES_HOLD_MS = 600_000;
/** Longest window without a press, ms: within it even quiet places say enough. */
const LOOK_BACK_MS = 14 * 24 * 3_600_000;

/** Of so many terminals the past is read one by one, of more all of it at once. */
const MOST_ONE_BY_ONE = 200;

export interface QuietWatchParts {
  store: Pick<Store, 'hoursOfWeek' | 'presence'>;
  /** IANA zone of hours and opening times. */
  zone: string;
}

type OwnRates = UsualRates & { servicePoint: string | undefined };

interface Rates {
  registry: Registry;
  week: string;
  readAt: number;
  byTerminal: ReadonlyMap<string, OwnRates>;
}

/** Quiet if it has worked all the time that it was open. */
interface Suspect {
  id: string;
  input: QuietInput;
}

/**
 * Which terminals are improbably quiet. Usual rates are read once a week and after a change of the registry, week by week
 * so that no read is long; they come from where the terminal stands now.
 */
export class QuietWatch {
  readonly #parts: QuietWatchParts;
  #rates: Rates | undefined;

  constructor(parts: QuietWatchParts) {
    this.#parts = parts;
  }

  /** Terminals of the snapshot with improbably few presses, by id. Errors: those of the store. */
  async judge(snapshot: Snapshot): Promise<Map<string, Quietness>> {
    const { at, registry } = snapshot;
    const suspects = findSuspects(snapshot, await this.#ratesFor(registry, at), this.#parts.zone);
    return this.#judgeSuspects(suspects, at);
  }

  /** Only of these it matters when they have worked: the past of ten thousand is much to read once a minute. */
  async #judgeSuspects(suspects: readonly Suspect[], now: number): Promise<Map<string, Quietness>> {
    const { store } = this.#parts;
    const from = now - LOOK_BACK_MS;
    const all = suspects.length > MOST_ONE_BY_ONE ? byTerminal(await store.presence(from, now)) : undefined;
    const quiet = new Map<string, Quietness>();
    for (const { id, input } of suspects) {
      const presence = all === undefined ? await store.presence(from, now, id) : (all.get(id) ?? []);
      const found = quietness({ ...input, worked: intersectSpans(input.worked, mergeSpans(presence)) });
      if (found !== undefined) quiet.set(id, found);
    }
    return quiet;
  }

  async #ratesFor(registry: Registry, now: number): Promise<Rates['byTerminal']> {
    const { zone } = this.#parts;
    const week = weekOf(now, zone);
    const held = this.#rates;
    const holds = held?.registry === registry || now - (held?.readAt ?? -Infinity) < RATES_HOLD_MS;
    if (held?.week === week.id && holds) return held.byTerminal;
    const hours = new Map<string, UsualHours>();
    const standing = registry.assignments.filter(({ from, to }) => from <= now && (to === undefined || to > now));
    const places = new Map(standing.map((one) => [one.terminal, one]));
    for (let back = 1; back <= WEEKS; back += 1) {
      await this.#addWeek(hours, places, registry, weekSpan(shiftWeek(week, -back), zone));
    }
    const byTerminal = new Map<string, OwnRates>();
    for (const [id, own] of hours) {
      const { perHour, presses, perWeek, weeks } = usualRates(own, WEEKS);
      const servicePoint = places.get(id)?.servicePoint;
      if (hasHistory({ presses })) byTerminal.set(id, { perHour, presses, perWeek, weeks, servicePoint });
    }
    this.#rates = { registry, week: week.id, readAt: now, byTerminal };
    return byTerminal;
  }

  async #addWeek(
    hours: Map<string, UsualHours>,
    places: ReadonlyMap<string, Assignment>,
    registry: Registry,
    week: Span,
  ): Promise<void> {
    const { store, zone } = this.#parts;
    for (const { from, to, offsetMs } of offsetSegments(week.from, week.to, zone)) {
      const [counts, spans] = await Promise.all([store.hoursOfWeek(from, to, offsetMs), store.presence(from, to)]);
      addPresses(hours, places, counts);
      const openingOf = openingContexts(registry, to, zone);
      for (const [id, worked] of byTerminal(spans)) {
        const place = places.get(id);
        if (place === undefined) continue;
        const stood = [{ from: Math.max(from, place.from), to }];
        const open = openingOf(place.servicePoint)?.spans ?? stood;
        addExposure(hoursOf(hours, id), intersectSpans(intersectSpans(open, stood), mergeSpans(worked)), offsetMs);
      }
    }
  }
}

/** Had they worked all the time, as many presses as can be would be expected: who is not quiet even so is not quiet. */
function findSuspects(snapshot: Snapshot, rates: Rates['byTerminal'], zone: string): Suspect[] {
  const now = snapshot.at;
  const todayFrom = startOfLocalDay(now, zone);
  const minute = Math.floor(now / 60_000) * 60_000;
  const offsetMs = offsetSegments(minute, minute + 60_000, zone)[0]?.offsetMs ?? 0;
  const suspects: Suspect[] = [];
  for (const { record, today } of snapshot.terminals) {
    const { id, assignment, lastPressAt } = record;
    const usual = rates.get(id);
    // What it has not delivered yet may be all that is missing.
    if (assignment === undefined || (record.pendingPresses ?? 0) > 0) continue;
    if (usual?.servicePoint !== assignment.servicePoint) continue;
    const stood = [{ from: assignment.from, to: now }];
    const worked = intersectSpans(snapshot.openingOf(assignment.servicePoint)?.spans ?? stood, stood);
    const presses = today.ratings.reduce((sum, n) => sum + n, 0);
    const since = Math.max(assignment.from, record.replacedAt ?? 0, now - LOOK_BACK_MS);
    const soFar = { from: todayFrom, presses };
    const input: QuietInput = { rates: usual, worked, since, lastPressAt, today: soFar, now, offsetMs };
    if (quietness(input) !== undefined) suspects.push({ id, input });
  }
  return suspects;
}

function addPresses(
  hours: Map<string, UsualHours>,
  places: ReadonlyMap<string, Assignment>,
  found: readonly HourOfWeekCounts[],
): void {
  for (const { terminal, servicePoint, counts } of found) {
    if (servicePoint === undefined || places.get(terminal)?.servicePoint !== servicePoint) continue;
    const { presses } = hoursOf(hours, terminal);
    counts.forEach((n, hour) => {
      presses[hour] = (presses[hour] ?? 0) + n;
    });
  }
}

function hoursOf(hours: Map<string, UsualHours>, id: string): UsualHours {
  const held = hours.get(id) ?? noUsualHours();
  hours.set(id, held);
  return held;
}

function byTerminal(spans: readonly PresenceSpan[]): Map<string, Span[]> {
  const found = new Map<string, Span[]>();
  for (const { terminal, from, to } of spans) {
    const own = found.get(terminal);
    if (own === undefined) found.set(terminal, [{ from, to }]);
    else own.push({ from, to });
  }
  return found;
}
