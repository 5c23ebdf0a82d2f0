import { isDeepStrictEqual } from 'node:util';
import type { Assignment, OpeningHours, Registry, ServicePoint } from './registry.js';
import { WEEKDAYS } from './registry.js';
import { registryFaults } from './registry-faults.js';
import type { RegistryFile } from './registry-file.js';

export interface MergedRegistry {
  registry: Registry;
  added: number;
  changed: number;
  unchanged: number;
  /** Every contradiction, one line each; the rest means nothing unless this is empty. */
  faults: string[];
}

type Tally = Pick<MergedRegistry, 'added' | 'changed' | 'unchanged'>;

/**
 * A registry file laid over the registry: what it does not name stays, the assignments it lists for a terminal take the
 * place of all of that terminal's. A terminal that only an assignment names is thereby announced.
 */
export function mergeRegistry(current: Registry, file: RegistryFile): MergedRegistry {
  const tally: Tally = { added: 0, changed: 0, unchanged: 0 };
  const named = new Set(file.terminals.map((terminal) => terminal.id));
  const announced = [...new Set(file.assignments.map((assignment) => assignment.terminal))].filter(
    (id) => !named.has(id) && !current.terminals.some((terminal) => terminal.id === id),
  );
  const registry: Registry = {
    groups: mergeById(current.groups, file.groups.map(withoutUndefined), tally),
    servicePoints: mergeById(current.servicePoints, file.servicePoints.map(toServicePoint), tally),
    questions: mergeById(current.questions, file.questions.map(withoutUndefined), tally),
    terminals: mergeById(
      current.terminals,
      [...file.terminals, ...announced.map((id) => ({ id }))].map(withoutUndefined),
      tally,
    ),
    assignments: mergeAssignments(current.assignments, file.assignments.map(toAssignment), tally),
  };
  return { registry, ...tally, faults: registryFaults(registry, file) };
}

/** Optional fields that are absent and those that are undefined are the same to the reader: make them the same here. */
function withoutUndefined<T extends object>(value: T): T & { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as T & { [K in keyof T]: Exclude<T[K], undefined> };
}

function mergeById<T extends { id: string }>(current: readonly T[], news: readonly T[], tally: Tally): T[] {
  const merged = new Map(current.map((item) => [item.id, item]));
  for (const item of news) {
    count(tally, merged.get(item.id), item);
    merged.set(item.id, item);
  }
  return [...merged.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function mergeAssignments(current: readonly Assignment[], news: readonly Assignment[], tally: Tally): Assignment[] {
  const replaced = new Set(news.map((assignment) => assignment.terminal));
  const old = new Map(
    current.filter(({ terminal }) => replaced.has(terminal)).map((item) => [assignmentKey(item), item]),
  );
  for (const item of news) {
    count(tally, old.get(assignmentKey(item)), item);
    old.delete(assignmentKey(item));
  }
  tally.changed += old.size;
  const kept = current.filter(({ terminal }) => !replaced.has(terminal));
  return [...kept, ...news].sort((a, b) =>
    a.terminal === b.terminal ? a.from - b.from : a.terminal < b.terminal ? -1 : 1,
  );
}

function assignmentKey({ terminal, from }: Assignment): string {
  return `${terminal} ${from}`;
}

function count(tally: Tally, before: unknown, after: unknown): void {
  if (before === undefined) tally.added++;
  else if (isDeepStrictEqual(before, after)) tally.unchanged++;
  else tally.changed++;
}

function toAssignment({ from, to, ...rest }: RegistryFile['assignments'][number]): Assignment {
  return withoutUndefined({
    ...rest,
    from: Date.parse(from),
    to: to === undefined ? undefined : Date.parse(to),
  }) as Assignment;
}

function toServicePoint({ openingHours, ...rest }: RegistryFile['servicePoints'][number]): ServicePoint {
  if (openingHours === undefined) return rest;
  const hours: OpeningHours = {};
  for (const day of WEEKDAYS) {
    const spans = openingHours[day];
    if (spans !== undefined) hours[day] = spans.map(toMinutes).sort((a, b) => a.from - b.from);
  }
  return { ...rest, openingHours: hours };
}

/** `08:00-16:30` as minutes from midnight. */
function toMinutes(span: string): { from: number; to: number } {
  const [from = 0, to = 0] = span.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return hours * 60 + minutes;
  });
  return { from, to };
}
