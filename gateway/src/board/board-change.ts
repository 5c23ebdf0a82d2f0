import { sameCounts } from '../aggregates/counts.js';
import type { Registry } from '../registry/registry.js';
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
  const points = new Set<string>();
  for (let index = 0; index < after.terminals.length; index += 1) {
    const alike = before.terminals[index];
    const terminal = after.terminals[index];
    if (alike === terminal || terminal === undefined) continue;
    const { id, assignment } = terminal.record;
    const old = alike?.record.id === id ? alike : before.terminal(id);
    if (old === undefined) return { kind: 'all' };
    if (looksDifferent(old, terminal)) {
      listed.add(id);
      if (assignment !== undefined) points.add(assignment.servicePoint);
      if (old.record.assignment !== undefined) points.add(old.record.assignment.servicePoint);
    }
    if (listed.has(id) || isHeardAnew(old, terminal)) terminals.add(id);
  }
  return { kind: 'some', terminals, listed, places: withGroups(after.registry, points) };
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

/** Service points with the groups above them, up to the root. */
function withGroups({ servicePoints, groups }: Registry, points: ReadonlySet<string>): Set<string> {
  if (points.size === 0) return new Set();
  const parentOf = new Map(groups.map(({ id, parent }) => [id, parent]));
  const above = new Set<string>();
  for (const point of servicePoints) {
    if (!points.has(point.id)) continue;
    for (let group: string | undefined = point.group; group !== undefined && !above.has(group); ) {
      above.add(group);
      group = parentOf.get(group);
    }
  }
  return new Set([...points, ...above]);
}
