import { sameCounts, sumCounts } from '../aggregates/counts.js';
import type { Span } from '../calendar/spans.js';
import type { Registry } from '../registry/registry.js';
import type { Counts, RollupCell } from '../store/store.js';
import type { Quietness } from '../terminals/quietness.js';
import { sureUntil } from '../terminals/sure-until.js';
import type { TerminalBrief } from '../terminals/terminal-brief.js';
import { keepSince, type TerminalState, terminalState } from '../terminals/terminal-state.js';
import { cellsChange, todayOf, totalAfter } from './day-cells.js';
import { firstAtOrAfter } from './first-at-or-after.js';
import type { BoardTerminal, Snapshot } from './snapshot.js';
import { snapshotFinders } from './snapshot-finders.js';

/** What a snapshot is made of. */
export interface SnapshotInput {
  at: number;
  registry: Registry;
  /** By id. */
  records: readonly TerminalBrief[];
  /** Today's, by terminal and service point. */
  cells: readonly RollupCell[];
  openingOf: Snapshot['openingOf'];
  deaf?: Span | undefined;
  quiet?: ReadonlyMap<string, Quietness> | undefined;
}

export type Judge = (record: TerminalBrief, now: number) => TerminalState;

/** What the next snapshot is made from. */
interface Last {
  snapshot: Snapshot;
  records: readonly TerminalBrief[];
  cells: readonly RollupCell[];
  /** Of each terminal, until when its state is sure, UTC ms. */
  sure: Float64Array;
}

/**
 * Makes one snapshot after the other. Of ten thousand terminals some hundred are other objects than before, and all else is
 * taken from the snapshot before: only they are judged, and those that time may have changed.
 */
export class SnapshotMaker {
  #last: Last | undefined;

  make(input: SnapshotInput): Snapshot {
    const { at, registry, records, cells, openingOf } = input;
    const last = this.#last;
    const judge = judgeBy(input);
    const isGrown = last === undefined || !isOfSame(last.records, records);
    const { terminals, sure } = isGrown ? judgeAll(input, judge, last) : judgeChanged(input, judge, last);
    const today = last === undefined ? sumCounts(cells) : totalAfter(last.snapshot.today, last.cells, cells);
    const snapshot = { at, registry, terminals, today, openingOf, ...snapshotFinders(terminals, judge, cells) };
    this.#last = { snapshot, records, cells, sure };
    return snapshot;
  }
}

function isOfSame(a: readonly TerminalBrief[], b: readonly TerminalBrief[]): boolean {
  return a.length === b.length && a.every((record, index) => record === b[index] || record.id === b[index]?.id);
}

function judgeBy({ openingOf, deaf, quiet }: SnapshotInput): Judge {
  return (record, now) => {
    const opening = openingOf(record.assignment?.servicePoint);
    return terminalState({ terminal: record, now, opening, deaf, quiet: quiet?.get(record.id) });
  };
}

type Judged = Pick<Last, 'sure'> & { terminals: readonly BoardTerminal[] };

function judgeAll({ at, records, cells }: SnapshotInput, judge: Judge, last: Last | undefined): Judged {
  const terminals = records.map((record) => {
    return judgeOne(record, todayOf(cells, record.id), last?.snapshot.terminal(record.id), judge(record, at));
  });
  return { terminals, sure: Float64Array.from(terminals, ({ record, state }) => sureUntil(record, state, at)) };
}

function judgeChanged({ at, records, cells, quiet }: SnapshotInput, judge: Judge, last: Last): Judged {
  const { sure, snapshot, records: recordsBefore } = last;
  const terminals = snapshot.terminals.slice();
  const isSet = at < snapshot.at;
  const judgeAt = (index: number): void => {
    const record = records[index];
    if (record === undefined) return;
    const one = judgeOne(record, todayOf(cells, record.id), snapshot.terminals[index], judge(record, at));
    terminals[index] = one;
    sure[index] = sureUntil(record, one.state, at);
  };
  for (let index = 0; index < records.length; index += 1) {
    const isSure = !isSet && (sure[index] ?? -Infinity) >= at;
    if (!isSure || records[index] !== recordsBefore[index]) judgeAt(index);
  }
  const told = new Set([...cellsChange(last.cells, cells), ...(quiet?.keys() ?? [])]);
  for (const id of told) {
    const index = firstAtOrAfter(records, id, (record) => record.id);
    if (records[index]?.id === id) judgeAt(index);
  }
  return { terminals, sure };
}

/** `held`: the one before, and it itself where it says the same. */
function judgeOne(
  record: TerminalBrief,
  counts: Counts,
  held: BoardTerminal | undefined,
  judged: TerminalState,
): BoardTerminal {
  if (held === undefined) return { record, state: judged, today: counts };
  const today = sameCounts(held.today, counts) ? held.today : counts;
  const state = sameOr(held.state, keepSince(held.state, judged));
  const isHeld = held.record === record && held.state === state && held.today === today;
  return isHeld ? held : { record, state, today };
}

/** Of two states that say the same the one that is held. */
function sameOr(held: TerminalState, state: TerminalState): TerminalState {
  if (held.kind !== state.kind || held.since !== state.since) return state;
  return held.kind === 'working' || JSON.stringify(held) === JSON.stringify(state) ? held : state;
}
