import { isDeepStrictEqual } from 'node:util';
import { toSortedMinutes } from './minute-span.js';
import type {
  Assignment,
  Group,
  OpeningException,
  OpeningHours,
  RegisteredTerminal,
  Registry,
  ServicePoint,
} from './registry.js';
import { WEEKDAYS } from './registry.js';
import type { RegistryFault, RegistrySubjectKind } from './registry-fault.js';
import { newFaults, registryFaults } from './registry-faults.js';
import type { RegistryFile } from './registry-file.js';

export interface MergedRegistry {
  registry: Registry;
  added: number;
  changed: number;
  unchanged: number;
  /** Every contradiction; the rest means nothing unless this is empty. */
  faults: RegistryFault[];
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
  const known = byId(current.terminals);
  const registry: Registry = {
    groups: mergeById(current.groups, toGroups(file.groups, byId(current.groups)), tally),
    servicePoints: mergeById(
      current.servicePoints,
      file.servicePoints.map((point) => toServicePoint(point, current)),
      tally,
    ),
    questions: mergeById(current.questions, file.questions.map(withoutUndefined), tally),
    terminals: mergeById(
      current.terminals,
      [...file.terminals, ...announced.map((id) => ({ id }))].map((terminal) => toTerminal(terminal, known)),
      tally,
    ),
    assignments: mergeAssignments(current.assignments, file.assignments.map(toAssignment), tally),
  };
  return { registry, ...tally, faults: mergeFaults(current, registry, file) };
}

function mergeFaults(current: Registry, registry: Registry, file: RegistryFile): RegistryFault[] {
  const questions = new Set(file.questions.map(({ id }) => id));
  // A question without a text from before this rule stands until someone names it again.
  const again = registryFaults(registry).filter(
    ({ code, subject }) => code === 'text-missing' && questions.has(subject.id),
  );
  const fresh = newFaults(current, registry);
  const faults = [...fresh, ...again.filter(({ text }) => !fresh.some((fault) => fault.text === text))];
  return [
    ...duplicates('group', file.groups),
    ...duplicates('service-point', file.servicePoints),
    ...duplicates('question', file.questions),
    ...duplicates('terminal', file.terminals),
    ...faults,
  ];
}

function duplicates(
  kind: Exclude<RegistrySubjectKind, 'assignment'>,
  items: readonly { id: string }[],
): RegistryFault[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of items) (seen.has(id) ? twice : seen).add(id);
  return [...twice].map((id): RegistryFault => {
    const text = `The file lists ${kind.replace('-', ' ')} ${id} more than once.`;
    return { code: 'listed-twice', subject: { kind, id }, text };
  });
}

function byId<T extends { id: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
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

function toGroups(groups: RegistryFile['groups'], known: ReadonlyMap<string, Group>): Group[] {
  return groups.map(({ exceptions, ...rest }) =>
    withoutUndefined({ ...rest, exceptions: toExceptions(exceptions) ?? known.get(rest.id)?.exceptions }),
  );
}

function toServicePoint(
  { openingHours, exceptions, ...rest }: RegistryFile['servicePoints'][number],
  current: Registry,
): ServicePoint {
  const held = current.servicePoints.find(({ id }) => id === rest.id);
  return withoutUndefined({
    ...rest,
    openingHours: openingHours === undefined ? undefined : toOpeningHours(openingHours),
    exceptions: toExceptions(exceptions) ?? held?.exceptions,
  });
}

function toOpeningHours(given: NonNullable<RegistryFile['servicePoints'][number]['openingHours']>): OpeningHours {
  const hours: OpeningHours = {};
  for (const day of WEEKDAYS) {
    const spans = given[day];
    if (spans !== undefined) hours[day] = toSortedMinutes(spans);
  }
  return hours;
}

function toExceptions(given: RegistryFile['groups'][number]['exceptions']): OpeningException[] | undefined {
  if (given === undefined) return undefined;
  return given
    .map(({ date, open, name }): OpeningException => withoutUndefined({ date, spans: toSortedMinutes(open), name }))
    .sort((a, b) => (a.date < b.date ? -1 : 1));
}

function toTerminal(
  { retiredAt, replacedAt, ...rest }: RegistryFile['terminals'][number],
  known: ReadonlyMap<string, RegisteredTerminal>,
): RegisteredTerminal {
  const held = known.get(rest.id);
  return withoutUndefined({
    ...rest,
    retiredAt: retiredAt === undefined ? held?.retiredAt : Date.parse(retiredAt),
    replacedAt: replacedAt === undefined ? held?.replacedAt : Date.parse(replacedAt),
  });
}
