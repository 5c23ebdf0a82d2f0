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
  /** State of a terminal whose record may be newer than the snapshot; `now`: UTC ms. */
  stateOf(record: TerminalRecord, now: number): TerminalState;
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
  const judge = judgeBy(input);
  const terminals = judgeTerminals(input, judge, byTerminal);
  return { at, registry, terminals, today, openingOf, ...findersOf(terminals, judge, byPoint) };
}

/** In a function of its own: what a snapshot answers with must not hold on to the snapshot before it. */
function findersOf(
  terminals: readonly BoardTerminal[],
  judge: Judge,
  byPoint: ReadonlyMap<string, Counts>,
): Pick<Snapshot, 'terminal' | 'todayAt' | 'stateOf'> {
  const byId = new Map(terminals.map((terminal) => [terminal.record.id, terminal]));
  return {
    terminal: (id) => byId.get(id),
    stateOf: (record, now) => keepSince(byId.get(record.id)?.state, judge(record, now)),
    todayAt: (id) => byPoint.get(id) ?? NOTHING,
  };
}

type Judge = (record: TerminalRecord, now: number) => TerminalState;

function judgeBy({ openingOf, deaf, quiet }: SnapshotInput): Judge {
  return (record, now) => {
    const opening = openingOf(record.assignment?.servicePoint);
    return terminalState({ terminal: record, now, opening, deaf, quiet: quiet?.get(record.id) });
  };
}

function judgeTerminals(
  { at, records, before }: SnapshotInput,
  judge: Judge,
  byTerminal: ReadonlyMap<string, Counts>,
): BoardTerminal[] {
  return records.map((record) => {
    const kept = keepSince(before?.terminal(record.id)?.state, judge(record, at));
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
