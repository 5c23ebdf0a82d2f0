import type { BoardTerminal, Snapshot } from '../board/snapshot.js';
import { attentionOf } from '../terminals/terminal-state.js';
import { type PlaceRow, type PlaceTallies, placeTallies, type Tally } from './place-tallies.js';
import { type PointNames, pointNames } from './terminal-table.js';

/** Terminals that need someone, as many as a person takes in. */
const MOST_URGENT = 8;
/** Up to so many terminals are listed one by one on the overview, */
const MOST_TERMINALS = 30;
/** and so many places; beyond it groups down to their children only. */
const MOST_PLACES = 60;

/** How things stand: what needs someone, and what was said today, by group and service point. */
export interface Overview {
  total: Tally;
  /** Worst first; `urgentMore`: how many there are beside them. */
  urgent: readonly BoardTerminal[];
  urgentMore: number;
  /** All, worst first, where there are few. */
  terminals: readonly BoardTerminal[] | undefined;
  places: readonly PlaceRow[];
  /** More places than are listed. */
  placesCut: boolean;
  /** In use and standing nowhere. */
  unplaced: number;
  points: PointNames;
}

export function overview(snapshot: Snapshot): Overview {
  const tallies = placeTallies(snapshot);
  const urgent = tallies.ranked.filter(({ state }) => attentionOf(state) !== 'none');
  const all = placesBelow(tallies, undefined, { points: true, maxDepth: Infinity });
  const few = all.length <= MOST_PLACES;
  const places = few ? all : placesBelow(tallies, undefined, { points: false, maxDepth: 1 });
  return {
    total: tallies.total,
    urgent: urgent.slice(0, MOST_URGENT),
    urgentMore: Math.max(0, urgent.length - MOST_URGENT),
    terminals: snapshot.terminals.length <= MOST_TERMINALS ? tallies.ranked : undefined,
    places: places.slice(0, MOST_PLACES),
    placesCut: !few,
    unplaced: snapshot.terminals.filter(
      ({ record, state }) => record.assignment === undefined && state.kind !== 'retired',
    ).length,
    points: pointNames(snapshot.registry),
  };
}

/** Groups below a group, depth first, each with its service points. */
export function placesBelow(
  tallies: PlaceTallies,
  group: string | undefined,
  { points, maxDepth }: { points: boolean; maxDepth: number },
  depth = 0,
  seen: ReadonlySet<string> = new Set(),
): PlaceRow[] {
  const own = group === undefined || !points ? [] : tallies.pointsOf(group);
  const rows = own.map(
    ({ id, name }): PlaceRow => ({ kind: 'service-point', id, name, depth, tally: tallies.servicePoint(id) }),
  );
  if (depth > maxDepth) return rows;
  for (const { id, name } of tallies.childrenOf(group)) {
    if (seen.has(id)) continue;
    rows.push({ kind: 'group', id, name, depth, tally: tallies.group(id) });
    rows.push(...placesBelow(tallies, id, { points, maxDepth }, depth + 1, new Set([...seen, id])));
  }
  return rows;
}
