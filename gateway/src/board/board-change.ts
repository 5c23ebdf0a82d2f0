import type { Registry } from '../registry/registry.js';
import type { Counts } from '../store/store.js';
import type { BoardTerminal, Snapshot } from './snapshot.js';

/** What differs between two looks; `all`: anything may. */
export type BoardChange =
  | { kind: 'all' }
  | {
      kind: 'some';
      /** Terminals of which anything is known that was not, a heartbeat included. */
      terminals: ReadonlySet<string>;
      /** Of those, the ones that look different in a list: state, presses, what is pending or lost. */
      listed: ReadonlySet<string>;
      /** Service points where those stand, and the groups above them. */
      places: ReadonlySet<string>;
    };

/** What a page that shows `before` has to show anew. */
export function boardChange(before: Snapshot | undefined, after: Snapshot): BoardChange {
  if (before === undefined || before.registry !== after.registry) return { kind: 'all' };
  if (before.terminals.length !== after.terminals.length) return { kind: 'all' };
  const terminals = new Set<string>();
  const listed = new Set<string>();
  const places = new Set<string>();
  const above = placesAbove(after.registry);
  for (const terminal of after.terminals) {
    const { id, assignment } = terminal.record;
    const old = before.terminal(id);
    if (old === undefined) return { kind: 'all' };
    if (looksDifferent(old, terminal)) {
      listed.add(id);
      for (const place of above(assignment?.servicePoint)) places.add(place);
      for (const place of above(old.record.assignment?.servicePoint)) places.add(place);
    }
    if (listed.has(id) || isHeardAnew(old, terminal)) terminals.add(id);
  }
  return { kind: 'some', terminals, listed, places };
}

/** True where that terminal, or that service point or group, may have to be shown anew. */
export function isChanged(change: BoardChange, what: 'terminals' | 'places', id: string): boolean {
  return change.kind === 'all' || change[what].has(id);
}

/** True where a list of all terminals may have to be shown anew. */
export function isAnyListed(change: BoardChange): boolean {
  return change.kind === 'all' || change.listed.size > 0;
}

function looksDifferent(old: BoardTerminal, now: BoardTerminal): boolean {
  const [a, b] = [old.record, now.record];
  return (
    shownState(old) !== shownState(now) ||
    a.lastPressAt !== b.lastPressAt ||
    a.pendingPresses !== b.pendingPresses ||
    a.lostPresses !== b.lostPresses ||
    a.missingPresses !== b.missingPresses ||
    a.assignment?.servicePoint !== b.assignment?.servicePoint ||
    !sameCounts(old.today, now.today)
  );
}

/** Since when a terminal works moves a little with every heartbeat, and stands in no list. */
function shownState({ state }: BoardTerminal): string {
  return state.kind === 'working' ? state.kind : JSON.stringify(state);
}

function isHeardAnew({ record: a }: BoardTerminal, { record: b }: BoardTerminal): boolean {
  return a.lastSeenAt !== b.lastSeenAt || a.statusAt !== b.statusAt || a.availability !== b.availability;
}

function sameCounts(a: Counts, b: Counts): boolean {
  const same = a.repeats === b.repeats && a.estimated === b.estimated && a.excluded === b.excluded;
  return same && a.ratings.every((count, rating) => count === b.ratings[rating]);
}

/** A service point with its groups, up to the root. */
function placesAbove({ servicePoints, groups }: Registry): (servicePoint: string | undefined) => readonly string[] {
  const groupOf = new Map(servicePoints.map(({ id, group }) => [id, group]));
  const parentOf = new Map(groups.map(({ id, parent }) => [id, parent]));
  return (servicePoint) => {
    if (servicePoint === undefined) return [];
    const places = [servicePoint];
    for (let group = groupOf.get(servicePoint); group !== undefined && !places.includes(group); ) {
      places.push(group);
      group = parentOf.get(group);
    }
    return places;
  };
}
