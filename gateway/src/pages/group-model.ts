import { HymioError } from '@hymio/protocol';
import type { BoardTerminal, Snapshot } from '../board/snapshot.js';
import type { LocalizedText } from '../registry/registry.js';
import { attentionOf, type TerminalStateKind } from '../terminals/terminal-state.js';
import { placesBelow } from './overview-model.js';
import { type PlaceRow, type PlaceTallies, placeTallies, type Tally } from './place-tallies.js';
import { type PointNames, pointNames } from './terminal-table.js';

/** Terminals on one page of a list. */
export const PAGE_SIZE = 50;
/** Most places that are listed above them. */
const MOST_PLACES = 60;

/** Which terminals of a group are listed: those in a state, or those that need someone, or with a word in their names. */
export interface GroupFilter {
  state: TerminalStateKind | 'attention' | undefined;
  search: string;
  /** From 1. */
  page: number;
}

export interface GroupModel {
  /** Undefined: all terminals, wherever they stand. */
  group: { id: string; name: LocalizedText } | undefined;
  /** Groups above it, the root first. */
  above: readonly { id: string; name: LocalizedText }[];
  tally: Tally;
  places: readonly PlaceRow[];
  placesCut: boolean;
  filter: GroupFilter;
  /** Of this page. */
  terminals: readonly BoardTerminal[];
  found: number;
  pages: number;
  points: PointNames;
}

/** A group, or everything, with the terminals that fit the filter. Error: HymioError `unknown-group`. */
export function groupModel(snapshot: Snapshot, id: string | undefined, filter: GroupFilter): GroupModel {
  const tallies = placeTallies(snapshot);
  const [group, ...above] = id === undefined ? [] : tallies.pathOf(id);
  if (id !== undefined && group === undefined) {
    throw new HymioError('unknown-group', `There is no group ${JSON.stringify(id)}.`, 'Begin at the overview.');
  }
  const points = id === undefined ? undefined : new Set(pointsBelow(tallies, id));
  const wanted = filterOf(snapshot, filter);
  const found = tallies.ranked.filter(
    (one) => (points === undefined || points.has(one.record.assignment?.servicePoint ?? '')) && wanted(one),
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(filter.page, pages);
  const places = id === undefined ? [] : placesBelow(tallies, id, { points: true, maxDepth: 0 });
  return {
    group,
    above: above.reverse(),
    tally: id === undefined ? tallies.total : tallies.group(id),
    places: places.slice(0, MOST_PLACES),
    placesCut: places.length > MOST_PLACES,
    filter: { ...filter, page },
    terminals: found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE),
    found: found.length,
    pages,
    points: pointNames(snapshot.registry),
  };
}

function pointsBelow(tallies: PlaceTallies, id: string): string[] {
  return placesBelow(tallies, id, { points: true, maxDepth: Infinity })
    .filter(({ kind }) => kind === 'service-point')
    .map((row) => row.id);
}

function filterOf({ registry }: Snapshot, { state, search }: GroupFilter): (terminal: BoardTerminal) => boolean {
  const names = new Map(registry.servicePoints.map(({ id, name }) => [id, Object.values(name).join(' ')]));
  const words = search.toLocaleLowerCase('fi').split(/\s+/).filter(Boolean);
  return ({ record, state: now }) => {
    if (state === 'attention' ? attentionOf(now) === 'none' : state !== undefined && now.kind !== state) return false;
    if (words.length === 0) return true;
    const point = record.assignment?.servicePoint ?? '';
    const text = `${record.id} ${record.name ?? ''} ${point} ${names.get(point) ?? ''}`.toLocaleLowerCase('fi');
    return words.every((word) => text.includes(word));
  };
}
