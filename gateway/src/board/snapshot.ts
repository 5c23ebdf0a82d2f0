import { addCounts, noCounts, sameCounts, sumCounts } from '../aggregates/counts.js';
import type { Span } from '../calendar/spans.js';
import type { Registry } from '../registry/registry.js';
import type { Counts, RollupCell } from '../store/store.js';
import { goesOnWorking } from '../terminals/goes-on-working.js';
import type { OpeningContext } from '../terminals/opening-context.js';
import type { Quietness } from '../terminals/quietness.js';
import type { TerminalBrief } from '../terminals/terminal-brief.js';
import { keepSince, type TerminalState, terminalState } from '../terminals/terminal-state.js';
import { firstAtOrAfter } from './first-at-or-after.js';
import { todaysCounts } from './todays-counts.js';

/** The same object from one snapshot to the next while nothing about it changes. */
export interface BoardTerminal {
  record: TerminalBrief;
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
  stateOf(record: TerminalBrief, now: number): TerminalState;
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
  records: readonly TerminalBrief[];
  /** Today's, by terminal and service point. */
  cells: readonly RollupCell[];
  openingOf: Snapshot['openingOf'];
  deaf?: Span | undefined;
  quiet?: ReadonlyMap<string, Quietness> | undefined;
  /** The one before: where a rule only sees that something is so now, it is so since it was first seen. */
  before?: Snapshot | undefined;
}

export function makeSnapshot(input: SnapshotInput): Snapshot {
  const { at, registry, cells, openingOf } = input;
  const judge = judgeBy(input);
  const terminals = judgeTerminals(input, judge);
  return { at, registry, terminals, today: sumCounts(cells), openingOf, ...findersOf(terminals, judge, cells) };
}

/** In a function of its own: what a snapshot answers with must not hold on to the snapshot before it. */
function findersOf(
  terminals: readonly BoardTerminal[],
  judge: Judge,
  cells: readonly RollupCell[],
): Pick<Snapshot, 'terminal' | 'todayAt' | 'stateOf'> {
  const terminal = (id: string) => findTerminal(terminals, id);
  // Pages ask for it, and most snapshots are seen by none.
  let byPoint: ReadonlyMap<string, Counts> | undefined;
  return {
    terminal,
    stateOf: (record, now) => keepSince(terminal(record.id)?.state, judge(record, now)),
    todayAt(id) {
      byPoint ??= sumByPoint(cells);
      return byPoint.get(id) ?? noCounts();
    },
  };
}

function findTerminal(terminals: readonly BoardTerminal[], id: string): BoardTerminal | undefined {
  const found = terminals[firstAtOrAfter(terminals, id, ({ record }) => record.id)];
  return found?.record.id === id ? found : undefined;
}

type Judge = (record: TerminalBrief, now: number) => TerminalState;

function judgeBy({ openingOf, deaf, quiet }: SnapshotInput): Judge {
  return (record, now) => {
    const opening = openingOf(record.assignment?.servicePoint);
    return terminalState({ terminal: record, now, opening, deaf, quiet: quiet?.get(record.id) });
  };
}

function judgeTerminals({ at, records, cells, before, quiet }: SnapshotInput, judge: Judge): BoardTerminal[] {
  const todayOf = todaysCounts(cells);
  return records.map((record, index) => {
    const { id } = record;
    const alike = before?.terminals[index];
    const held = alike?.record.id === id ? alike : before?.terminal(id);
    const counts = todayOf(id);
    if (before === undefined || held === undefined) return { record, state: judge(record, at), today: counts };
    const today = sameCounts(held.today, counts) ? held.today : counts;
    const isSame = held.record === record && !quiet?.has(id) && goesOnWorking(record, held.state, before.at, at);
    const state = isSame ? held.state : sameOr(held.state, keepSince(held.state, judge(record, at)));
    const isHeld = held.record === record && held.state === state && held.today === today;
    return isHeld ? held : { record, state, today };
  });
}

/** Of two states that say the same the one that is held. */
function sameOr(held: TerminalState, state: TerminalState): TerminalState {
  if (held.kind !== state.kind || held.since !== state.since) return state;
  return held.kind === 'working' || JSON.stringify(held) === JSON.stringify(state) ? held : state;
}

function sumByPoint(cells: readonly RollupCell[]): Map<string, Counts> {
  const sums = new Map<string, Counts>();
  for (const cell of cells) {
    if (cell.servicePoint === undefined) continue;
    const held = sums.get(cell.servicePoint);
    if (held !== undefined) addCounts(held, cell);
    else sums.set(cell.servicePoint, sumCounts([cell]));
  }
  return sums;
}
