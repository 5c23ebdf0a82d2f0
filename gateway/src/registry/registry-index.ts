import { type Assignment, DEFAULT_REPEAT_WINDOW_MS, type Registry } from './registry.js';

/** Where a terminal stands, from..to (exclusive, UTC ms; ±Infinity where open), and the repeat window there. */
export interface Placement {
  /** Absent: unassigned. */
  servicePoint?: string;
  windowMs: number;
  from: number;
  to: number;
}

const UNASSIGNED: Placement = { windowMs: DEFAULT_REPEAT_WINDOW_MS, from: -Infinity, to: Infinity };

/** Answers where a terminal stood at an instant. Made anew for every change of the registry. */
export class RegistryIndex {
  private readonly placements = new Map<string, Placement[]>();
  private readonly maxWindows = new Map<string, number>();

  constructor(registry: Registry) {
    const windows = new Map(registry.servicePoints.map((point) => [point.id, point.repeatWindowMs]));
    const byTerminal = new Map<string, Assignment[]>();
    for (const assignment of registry.assignments) {
      const list = byTerminal.get(assignment.terminal);
      if (list === undefined) byTerminal.set(assignment.terminal, [assignment]);
      else list.push(assignment);
    }
    for (const [terminal, assignments] of byTerminal) {
      const placements = withGaps(assignments, windows);
      this.placements.set(terminal, placements);
      this.maxWindows.set(terminal, Math.max(...placements.map((placement) => placement.windowMs)));
    }
  }

  /** All placements of a terminal, in order of time, without a gap from -Infinity to Infinity. */
  placementsOf(terminal: string): readonly Placement[] {
    return this.placements.get(terminal) ?? [UNASSIGNED];
  }

  placementAt(terminal: string, at: number): Placement {
    return this.placementsOf(terminal).find((placement) => at < placement.to) ?? UNASSIGNED;
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
    if (assignment.from > from) placements.push({ windowMs: DEFAULT_REPEAT_WINDOW_MS, from, to: assignment.from });
    const to = assignment.to ?? Infinity;
    const windowMs = windows.get(assignment.servicePoint) ?? DEFAULT_REPEAT_WINDOW_MS;
    placements.push({ servicePoint: assignment.servicePoint, windowMs, from: assignment.from, to });
    from = to;
  }
  if (from < Infinity) placements.push({ windowMs: DEFAULT_REPEAT_WINDOW_MS, from, to: Infinity });
  return placements;
}
