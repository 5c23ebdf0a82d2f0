import { startOfLocalDay } from '../calendar/instant.js';
import { shiftWeek, weekOf, weekSpan } from '../calendar/iso-week.js';
import { offsetSegments } from '../calendar/offset-segments.js';
import { intersectSpans, mergeSpans, type Span } from '../calendar/spans.js';
import type { Assignment, Registry } from '../registry/registry.js';
import type { HourOfWeekCounts, PresenceSpan, Store } from '../store/store.js';
import { openingContexts } from '../terminals/opening-contexts.js';
import { type Quietness, quietness } from '../terminals/quietness.js';
import { addExposure, noUsualHours, type UsualHours, type UsualRates, usualRates } from '../terminals/usual-rates.js';
import type { Snapshot } from './snapshot.js';

/** Full weeks that usual rates come from. */
const WEEKS = 8;
/** After a change of the registry the old rates hold so long, ms, but for terminals that stand elsewhere now. */
const RATES_HOLD_MS = 600_000;
/** Longest window without a press, ms: within it even quiet places say enough. */
const LOOK_BACK_MS = 14 * 24 * 3_600_000;

export interface QuietWatchParts {
  store: Pick<Store, 'hoursOfWeek' | 'presence'>;
  /** IANA zone of hours and opening times. */
  zone: string;
}

interface Rates {
  registry: Registry;
  week: string;
  readAt: number;
  byTerminal: ReadonlyMap<string, UsualRates & { servicePoint: string | undefined }>;
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
    const { store, zone } = this.#parts;
    const { at: now, registry } = snapshot;
    const rates = await this.#ratesFor(registry, now);
    const presence = byTerminal(await store.presence(now - LOOK_BACK_MS, now));
    const todayFrom = startOfLocalDay(now, zone);
    const minute = Math.floor(now / 60_000) * 60_000;
    const offsetMs = offsetSegments(minute, minute + 60_000, zone)[0]?.offsetMs ?? 0;
    const quiet = new Map<string, Quietness>();
    for (const { record, today } of snapshot.terminals) {
      const usual = rates.get(record.id);
      // What it has not delivered yet may be all that is missing.
      if (record.assignment === undefined || (record.pendingPresses ?? 0) > 0) continue;
      if (usual?.servicePoint !== record.assignment.servicePoint) continue;
      const worked = workedTime(snapshot, record.assignment, presence.get(record.id) ?? [], now);
      const presses = today.ratings.reduce((sum, n) => sum + n, 0);
      const since = Math.max(record.assignment.from, record.replacedAt ?? 0, now - LOOK_BACK_MS);
      const { lastPressAt } = record;
      const input = { rates: usual, worked, since, lastPressAt, today: { from: todayFrom, presses }, now, offsetMs };
      const found = quietness(input);
      if (found !== undefined) quiet.set(record.id, found);
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
    const byTerminal = new Map(
      [...hours].map(([id, own]) => [id, { ...usualRates(own, WEEKS), servicePoint: places.get(id)?.servicePoint }]),
    );
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

function workedTime(snapshot: Snapshot, place: Assignment, presence: readonly Span[], now: number): Span[] {
  const stood = [{ from: place.from, to: now }];
  const open = snapshot.openingOf(place.servicePoint)?.spans ?? stood;
  return intersectSpans(intersectSpans(open, stood), mergeSpans(presence));
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
