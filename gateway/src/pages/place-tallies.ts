import { addCounts, noCounts } from '../aggregates/counts.js';
import { groupPath } from '../aggregates/group-tree.js';
import type { BoardTerminal, Snapshot } from '../board/snapshot.js';
import type { Group, LocalizedText, Registry, ServicePoint } from '../registry/registry.js';
import { type Satisfaction, satisfaction } from '../statistics/satisfaction.js';
import type { Counts } from '../store/store.js';
import {
  attentionOf,
  TERMINAL_STATE_KINDS,
  type TerminalState,
  type TerminalStateKind,
} from '../terminals/terminal-state.js';

export interface ShownCounts extends Counts, Satisfaction {}

/** Terminals and today's answers of a place, or of all places of a group. */
export interface Tally {
  states: Record<TerminalStateKind, number>;
  /** Those in use. */
  terminals: number;
  /** How many of them need someone. */
  attention: number;
  today: ShownCounts;
}

/** A group or service point as a row. */
export interface PlaceRow {
  kind: 'group' | 'service-point';
  id: string;
  name: LocalizedText;
  /** 0: a root. */
  depth: number;
  tally: Tally;
}

interface OpenTally {
  states: Record<TerminalStateKind, number>;
  attention: number;
  today: Counts;
}

/** What there is to say of every place. */
export interface PlaceTallies {
  total: Tally;
  group(id: string): Tally;
  servicePoint(id: string): Tally;
  /** In the order of the registry. */
  childrenOf(group: string | undefined): readonly Group[];
  pointsOf(group: string): readonly ServicePoint[];
  /** A group and those above it, the root last. */
  pathOf(group: string): readonly Group[];
  /** Worst first. */
  ranked: readonly BoardTerminal[];
}

const known = new WeakMap<Snapshot, PlaceTallies>();

/** Worked out once for each snapshot. */
export function placeTallies(snapshot: Snapshot): PlaceTallies {
  let tallies = known.get(snapshot);
  if (tallies === undefined) {
    tallies = makeTallies(snapshot);
    known.set(snapshot, tallies);
  }
  return tallies;
}

function makeTallies(snapshot: Snapshot): PlaceTallies {
  const { registry, terminals } = snapshot;
  const groups = new Map(registry.groups.map((group) => [group.id, group]));
  const points = new Map(registry.servicePoints.map((point) => [point.id, point]));
  const total: OpenTally = { ...openTally(), today: snapshot.today };
  const byPoint = new Map<string, OpenTally>();
  const byGroup = new Map<string, OpenTally>(registry.groups.map(({ id }) => [id, openTally()]));
  for (const point of registry.servicePoints) {
    const today = snapshot.todayAt(point.id);
    byPoint.set(point.id, { ...openTally(), today });
    for (const id of groupPath(groups, point.group)) addCounts((byGroup.get(id) ?? openTally()).today, today);
  }
  for (const { record, state } of terminals) {
    const point = points.get(record.assignment?.servicePoint ?? '');
    const path = point === undefined ? [] : groupPath(groups, point.group);
    const tallies = [
      total,
      ...(point === undefined ? [] : [byPoint.get(point.id)]),
      ...path.map((id) => byGroup.get(id)),
    ];
    for (const tally of tallies) if (tally !== undefined) addState(tally, state);
  }
  const children = groupBy(registry.groups, ({ parent }) => (parent !== undefined && groups.has(parent) ? parent : ''));
  const pointsIn = groupBy(registry.servicePoints, ({ group }) => group);
  return {
    total: close(total),
    // Of many places a page shows few.
    group: (id) => close(byGroup.get(id) ?? openTally()),
    servicePoint: (id) => close(byPoint.get(id) ?? openTally()),
    childrenOf: (id) => children.get(id ?? '') ?? [],
    pointsOf: (id) => pointsIn.get(id) ?? [],
    pathOf: (id) => pathIn(groups, id),
    ranked: [...terminals].sort((a, b) => urgency(a.state) - urgency(b.state) || compare(a.record.id, b.record.id)),
  };
}

/** A group and those above it, the root last, where nothing is to be said of them. */
export function groupsAbove(registry: Pick<Registry, 'groups'>, id: string): Group[] {
  return pathIn(new Map(registry.groups.map((group) => [group.id, group])), id);
}

function pathIn(groups: ReadonlyMap<string, Group>, id: string): Group[] {
  return groupPath(groups, id).flatMap((one) => groups.get(one) ?? []);
}

function openTally(): OpenTally {
  const states = Object.fromEntries(TERMINAL_STATE_KINDS.map((kind) => [kind, 0])) as OpenTally['states'];
  return { states, attention: 0, today: noCounts() };
}

function addState(tally: OpenTally, state: TerminalState): void {
  tally.states[state.kind] += 1;
  if (attentionOf(state) !== 'none') tally.attention += 1;
}

function close({ states, attention, today }: OpenTally): Tally {
  const all = TERMINAL_STATE_KINDS.reduce((sum, kind) => sum + states[kind], 0);
  return { states, attention, terminals: all - states.retired, today: shownCounts(today) };
}

export function shownCounts(counts: Counts): ShownCounts {
  return { ...counts, ...satisfaction(counts.ratings) };
}

/** Kinds as they are listed, worst first. */
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

const ATTENTION_RANK = { now: 0, soon: 1, none: 2 } as const;

function urgency(state: TerminalState): number {
  return ATTENTION_RANK[attentionOf(state)] * STATES_BY_URGENCY.length + STATES_BY_URGENCY.indexOf(state.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
