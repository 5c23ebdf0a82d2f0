import type { Span } from '../calendar/spans.js';
import { mergeSpans } from '../calendar/spans.js';
import { type Exclusion, type ExclusionTarget, isInForce } from '../exclusions/exclusion.js';
import { type Assignment, DEFAULT_REPEAT_WINDOW_MS, type Registry } from './registry.js';
import { compareStays } from './stays.js';

/** How presses of a terminal are counted, from..to (exclusive, UTC ms; ±Infinity where open). */
export interface Placement {
  /** Undefined: unassigned. */
  servicePoint: string | undefined;
  windowMs: number;
  /** Left out of all numbers. */
  excluded: boolean;
  from: number;
  to: number;
}

const ALWAYS_UNASSIGNED: readonly Placement[] = [place(undefined, DEFAULT_REPEAT_WINDOW_MS, -Infinity, Infinity)];
/** Of so many terminals placements are kept once they were worked out. */
const KEPT_TERMINALS = 100;

type Spans = ReadonlyMap<string, readonly Span[]>;

/**
 * Answers where a terminal stood at an instant, and whether what was pressed then is excluded. Made anew for every
 * change of registry or exclusions. It looks into the registry itself, which says it all in fewer bytes: what is worked
 * out of it is kept for few terminals only.
 */
export class RegistryIndex {
  private readonly assignments: readonly Assignment[];
  /** Of the service points that have a window of their own. */
  private readonly windows: ReadonlyMap<string, number>;
  private readonly ofTerminals: Spans;
  private readonly ofPoints: Spans;
  private readonly kept = new Map<string, readonly Placement[]>();

  constructor(registry: Registry, exclusions: readonly Exclusion[] = []) {
    this.assignments = inOrder(registry.assignments);
    this.windows = new Map(
      registry.servicePoints
        .filter(({ repeatWindowMs }) => repeatWindowMs !== DEFAULT_REPEAT_WINDOW_MS)
        .map(({ id, repeatWindowMs }) => [id, repeatWindowMs]),
    );
    this.ofTerminals = spansOf(exclusions, 'terminal');
    this.ofPoints = spansOf(exclusions, 'service-point');
  }

  /** Terminals of which there is anything to say. */
  terminals(): Iterable<string> {
    return new Set([...this.ofTerminals.keys(), ...this.assignments.map(({ terminal }) => terminal)]);
  }

  /** All placements of a terminal, in order of time, without a gap from -Infinity to Infinity. */
  placementsOf(terminal: string): readonly Placement[] {
    const known = this.kept.get(terminal);
    if (known !== undefined) return known;
    const assignments = this.assignmentsOf(terminal);
    const excluded = this.ofTerminals.get(terminal);
    if (assignments.length === 0 && excluded === undefined) return ALWAYS_UNASSIGNED;
    const placements = withGaps(assignments, this.windows).flatMap((placement) =>
      cut(placement, excluded ?? [], this.ofPoints.get(placement.servicePoint ?? '') ?? []),
    );
    if (this.kept.size >= KEPT_TERMINALS) this.kept.clear();
    this.kept.set(terminal, placements);
    return placements;
  }

  placementAt(terminal: string, at: number): Placement {
    const placements = this.placementsOf(terminal);
    const found = placements[lowest(placements.length - 1, (index) => at < (placements[index]?.to ?? Infinity))];
    if (found === undefined) throw new Error('placements cover all of time');
    return found;
  }

  /** The longest repeat window that a terminal ever had, ms. */
  maxWindowMs(terminal: string): number {
    return Math.max(...this.placementsOf(terminal).map(({ windowMs }) => windowMs));
  }

  /** The id of a terminal as the string that the registry has, so that not each who keeps it has one of its own. */
  sameId(terminal: string): string {
    const found = this.assignments[this.firstOf(terminal)]?.terminal;
    return found === terminal ? found : terminal;
  }

  private firstOf(terminal: string): number {
    const { assignments } = this;
    return lowest(assignments.length, (index) => (assignments[index]?.terminal ?? '') >= terminal);
  }

  private assignmentsOf(terminal: string): readonly Assignment[] {
    const { assignments } = this;
    const first = this.firstOf(terminal);
    let end = first;
    while (assignments[end]?.terminal === terminal) end++;
    return assignments.slice(first, end);
  }
}

/** The least index that `holds`, which holds for all above it; `end` where none below it does. */
function lowest(end: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Those of a registry are; the same list then, without a copy. */
function inOrder(assignments: readonly Assignment[]): readonly Assignment[] {
  const inPlace = assignments.every((stay, index) => {
    const before = assignments[index - 1];
    return before === undefined || compareStays(before, stay) <= 0;
  });
  return inPlace ? assignments : [...assignments].sort(compareStays);
}

function place(servicePoint: string | undefined, windowMs: number, from: number, to: number): Placement {
  return { servicePoint, windowMs, excluded: false, from, to };
}

/** In order of time. */
function withGaps(assignments: readonly Assignment[], windows: ReadonlyMap<string, number>): Placement[] {
  const placements: Placement[] = [];
  let from = -Infinity;
  for (const { servicePoint, from: since, to = Infinity } of assignments) {
    if (since > from) placements.push(place(undefined, DEFAULT_REPEAT_WINDOW_MS, from, since));
    placements.push(place(servicePoint, windows.get(servicePoint) ?? DEFAULT_REPEAT_WINDOW_MS, since, to));
    from = to;
  }
  if (from < Infinity) placements.push(place(undefined, DEFAULT_REPEAT_WINDOW_MS, from, Infinity));
  return placements;
}

/** Spans in force by the id of what they are about. */
function spansOf(exclusions: readonly Exclusion[], kind: ExclusionTarget['kind']): Spans {
  const spans = new Map<string, Span[]>();
  for (const exclusion of exclusions) {
    if (exclusion.target.kind !== kind || !isInForce(exclusion)) continue;
    const list = spans.get(exclusion.target.id) ?? [];
    list.push({ from: exclusion.from, to: exclusion.to });
    spans.set(exclusion.target.id, list);
  }
  return spans;
}

/** A placement in pieces, those within a span excluded. */
function cut(placement: Placement, ...excluded: (readonly Span[])[]): Placement[] {
  const spans = excluded.flat().filter(({ from, to }) => from < placement.to && to > placement.from);
  if (spans.length === 0) return [placement];
  const pieces: Placement[] = [];
  let at = placement.from;
  for (const span of mergeSpans(spans)) {
    const from = Math.max(span.from, placement.from);
    const to = Math.min(span.to, placement.to);
    if (from > at) pieces.push({ ...placement, from: at, to: from });
    pieces.push({ ...placement, excluded: true, from, to });
    at = to;
  }
  if (at < placement.to) pieces.push({ ...placement, from: at });
  return pieces;
}
