import { addCounts, noCounts } from '../aggregates/counts.js';
import type { Span } from '../calendar/spans.js';
import type { Registry } from '../registry/registry.js';
import type { Counts, RollupCell, TerminalRecord } from '../store/store.js';
import type { OpeningContext } from '../terminals/opening-context.js';
import type { Quietness } from '../terminals/quietness.js';
import { keepSince, type TerminalState, terminalState } from '../terminals/terminal-state.js';

export interface BoardTerminal {
  record: TerminalRecord;
  state: TerminalState;
  /** Of today, wherever it stood. */
  today: Counts;
}

/** How all terminals are and what was said today, at one moment. Shared: not to be changed. */
export interface Snapshot {
  /** UTC ms. */
  at: number;
  registry: Registry;
  /** By id. */
  terminals: readonly BoardTerminal[];
  terminal(id: string): BoardTerminal | undefined;
  /** Today's counts of everything, and of a service point. */
  today: Counts;
  todayAt(servicePoint: string): Counts;
  /** When a service point is open around now; undefined: always. */
  openingOf(servicePoint: string | undefined): OpeningContext | undefined;
}

/** What a snapshot is made of. */
export interface SnapshotInput {
  at: number;
  registry: Registry;
  records: readonly TerminalRecord[];
  /** Today's, by terminal and service point. */
  cells: readonly RollupCell[];
  openingOf: Snapshot['openingOf'];
  deaf?: Span | undefined;
  quiet?: ReadonlyMap<string, Quietness> | undefined;
  /** The one before: where a rule only sees that something is so now, it is so since it was first seen. */
  before?: Snapshot | undefined;
}

const NOTHING: Counts = noCounts();

export function makeSnapshot(input: SnapshotInput): Snapshot {
  const { at, registry, cells, openingOf } = input;
  const today = noCounts();
  const byTerminal = new Map<string, Counts>();
  const byPoint = new Map<string, Counts>();
  for (const cell of cells) {
    addCounts(today, cell);
    if (cell.terminal !== undefined) addTo(byTerminal, cell.terminal, cell);
    if (cell.servicePoint !== undefined) addTo(byPoint, cell.servicePoint, cell);
  }
  const terminals = judgeTerminals(input, byTerminal);
  return { at, registry, terminals, today, openingOf, ...findersOf(terminals, byPoint) };
}

/** In a function of its own: what a snapshot answers with must not hold on to the snapshot before it. */
function findersOf(
  terminals: readonly BoardTerminal[],
  byPoint: ReadonlyMap<string, Counts>,
): Pick<Snapshot, 'terminal' | 'todayAt'> {
  const byId = new Map(terminals.map((terminal) => [terminal.record.id, terminal]));
  return { terminal: (id) => byId.get(id), todayAt: (id) => byPoint.get(id) ?? NOTHING };
}

function judgeTerminals(
  { at, records, openingOf, deaf, quiet, before }: SnapshotInput,
  byTerminal: ReadonlyMap<string, Counts>,
): BoardTerminal[] {
  return records.map((record) => {
    const opening = openingOf(record.assignment?.servicePoint);
    const state = terminalState({ terminal: record, now: at, opening, deaf, quiet: quiet?.get(record.id) });
    const kept = keepSince(before?.terminal(record.id)?.state, state);
    return { record, state: kept, today: byTerminal.get(record.id) ?? NOTHING };
  });
}

function addTo(sums: Map<string, Counts>, key: string, cell: Counts): void {
  const held = sums.get(key);
  if (held !== undefined) addCounts(held, cell);
  else {
    const counts = noCounts();
    addCounts(counts, cell);
    sums.set(key, counts);
  }
}
