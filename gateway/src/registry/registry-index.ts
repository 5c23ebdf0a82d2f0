import type { Span } from '../calendar/spans.js';
import { mergeSpans } from '../calendar/spans.js';
import { type Exclusion, type ExclusionTarget, isInForce } from '../exclusions/exclusion.js';
import { type Assignment, DEFAULT_REPEAT_WINDOW_MS, type Registry } from './registry.js';

/** How presses of a terminal are counted, from..to (exclusive, UTC ms; ±Infinity where open). */
export interface Placement {
  /** Absent: unassigned. */
  servicePoint?: string;
  windowMs: number;
  /** Left out of all numbers. */
  excluded: boolean;
  from: number;
  to: number;
}

const UNASSIGNED: Placement = {
  windowMs: DEFAULT_REPEAT_WINDOW_MS,
  excluded: false,
  from: -Infinity,
  to: Infinity,
};

type Spans = ReadonlyMap<string, readonly Span[]>;

/**
 * Answers where a terminal stood at an instant, and whether what was pressed then is excluded. Made anew for every
 * change of registry or exclusions.
 */
export class RegistryIndex {
  private readonly placements = new Map<string, Placement[]>();
  private readonly maxWindows = new Map<string, number>();

  constructor(registry: Registry, exclusions: readonly Exclusion[] = []) {
    const windows = new Map(registry.servicePoints.map((point) => [point.id, point.repeatWindowMs]));
    const ofTerminals = spansOf(exclusions, 'terminal');
    const ofPoints = spansOf(exclusions, 'service-point');
    const byTerminal = new Map<string, Assignment[]>([...ofTerminals.keys()].map((id) => [id, []]));
    for (const assignment of registry.assignments) {
      const list = byTerminal.get(assignment.terminal);
      if (list === undefined) byTerminal.set(assignment.terminal, [assignment]);
      else list.push(assignment);
    }
    for (const [terminal, assignments] of byTerminal) {
      const placements = withGaps(assignments, windows).flatMap((placement) =>
        cut(placement, ofTerminals.get(terminal) ?? [], ofPoints.get(placement.servicePoint ?? '') ?? []),
      );
      this.placements.set(terminal, placements);
      this.maxWindows.set(terminal, Math.max(...placements.map((placement) => placement.windowMs)));
    }
  }

  /** Terminals of which there is anything to say. */
  terminals(): Iterable<string> {
    return this.placements.keys();
  }

  /** All placements of a terminal, in order of time, without a gap from -Infinity to Infinity. */
  placementsOf(terminal: string): readonly Placement[] {
    return this.placements.get(terminal) ?? [UNASSIGNED];
  }

  placementAt(terminal: string, at: number): Placement {
    const placements = this.placementsOf(terminal);
    let low = 0;
    let high = placements.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < (placements[middle]?.to ?? Infinity)) high = middle;
      else low = middle + 1;
    }
    return placements[low] ?? UNASSIGNED;
  }

  /** The longest repeat window that a terminal ever had, ms. */
  maxWindowMs(terminal: string): number {
    return this.maxWindows.get(terminal) ?? DEFAULT_REPEAT_WINDOW_MS;
  }
}

function withGaps(assignments: readonly Assignment[], windows: ReadonlyMap<string, number>): Placement[] {
  const placements: Placement[] = [];
  let from = -Infinity;
  for (const assignment of [...assignments].sort((a, b) => a.from - b.from)) {
    if (assignment.from > from) placements.push({ ...UNASSIGNED, from, to: assignment.from });
    const to = assignment.to ?? Infinity;
    const { servicePoint } = assignment;
    const windowMs = windows.get(servicePoint) ?? DEFAULT_REPEAT_WINDOW_MS;
    placements.push({ servicePoint, windowMs, excluded: false, from: assignment.from, to });
    from = to;
  }
  if (from < Infinity) placements.push({ ...UNASSIGNED, from, to: Infinity });
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
