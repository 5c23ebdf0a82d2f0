import { noCounts, sumCounts } from '../aggregates/counts.js';
import type { LocalizedText, Registry } from '../registry/registry.js';
import { type Satisfaction, satisfaction } from '../statistics/satisfaction.js';
import type { Counts, RollupCell, TerminalRecord } from '../store/store.js';
import { TERMINAL_STATE_KINDS, type TerminalState, type TerminalStateKind } from '../terminals/terminal-state.js';

export interface OverviewCounts extends Counts, Satisfaction {}

export interface OverviewTerminal {
  id: string;
  name: string | undefined;
  state: TerminalState;
  /** Absent: unassigned. */
  servicePoint: { id: string; name: LocalizedText } | undefined;
  today: OverviewCounts;
  lastPressAt: number | undefined;
  pending: number;
  lostPresses: number;
  missingPresses: number;
}
export interface OverviewServicePoint {
  id: string;
  name: LocalizedText;
  today: OverviewCounts;
  states: TerminalStateKind[];
}

/** How things stand: terminals (those that need someone first), and what was said today. */
export interface Overview {
  states: Record<TerminalStateKind, number>;
  today: OverviewCounts;
  terminals: OverviewTerminal[];
  servicePoints: OverviewServicePoint[];
}

/** Worst first. */
export const STATES_BY_URGENCY: readonly TerminalStateKind[] = [
  'offline',
  'faulty',
  'storage-problem',
  'backlog-growing',
  'unusually-quiet',
  'clock-uncertain',
  'never-seen',
  'offline-closed',
  'working',
  'retired',
];

/** `cells`: today's, by terminal and service point. */
export function overview(
  registry: Registry,
  terminals: readonly TerminalRecord[],
  cells: readonly RollupCell[],
  stateOf: (terminal: TerminalRecord) => TerminalState,
): Overview {
  const points = new Map(registry.servicePoints.map((point) => [point.id, point]));
  const byTerminal = groupCells(cells, (cell) => cell.terminal);
  const byPoint = groupCells(cells, (cell) => cell.servicePoint);
  const shown = terminals.map((terminal): OverviewTerminal => {
    const point = points.get(terminal.assignment?.servicePoint ?? '');
    return {
      id: terminal.id,
      name: terminal.name,
      state: stateOf(terminal),
      servicePoint: point === undefined ? undefined : { id: point.id, name: point.name },
      today: counted(byTerminal.get(terminal.id)),
      lastPressAt: terminal.lastPressAt,
      pending: terminal.pendingPresses ?? terminal.status?.pending ?? 0,
      lostPresses: terminal.lostPresses,
      missingPresses: terminal.missingPresses,
    };
  });
  const states = Object.fromEntries(TERMINAL_STATE_KINDS.map((kind) => [kind, 0])) as Overview['states'];
  for (const { state } of shown) states[state.kind] += 1;
  return {
    states,
    today: counted(cells),
    terminals: shown.sort((a, b) => urgency(a.state) - urgency(b.state) || order(a.id, b.id)),
    servicePoints: registry.servicePoints.map(({ id, name }) => ({
      id,
      name,
      today: counted(byPoint.get(id)),
      states: shown.filter((one) => one.servicePoint?.id === id).map((one) => one.state.kind),
    })),
  };
}

function urgency({ kind }: TerminalState): number {
  return STATES_BY_URGENCY.indexOf(kind);
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function counted(cells: readonly Counts[] | undefined): OverviewCounts {
  const counts = cells === undefined ? noCounts() : sumCounts(cells);
  return { ...counts, ...satisfaction(counts.ratings) };
}

function groupCells(
  cells: readonly RollupCell[],
  keyOf: (cell: RollupCell) => string | undefined,
): Map<string, RollupCell[]> {
  const groups = new Map<string, RollupCell[]>();
  for (const cell of cells) {
    const key = keyOf(cell);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return groups;
}
