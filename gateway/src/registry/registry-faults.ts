import type { Assignment, OpeningException, RegisteredTerminal, Registry, ServicePoint } from './registry.js';
import { LANGUAGES } from './registry.js';
import type { RegistryFault, RegistryFaultCode, RegistrySubject } from './registry-fault.js';

/** Everything that contradicts itself in a registry; empty where it is sound. */
export function registryFaults(registry: Registry): RegistryFault[] {
  return [
    ...groupFaults(registry),
    ...registry.groups.flatMap(({ id, exceptions }) => exceptionFaults({ kind: 'group', id }, exceptions)),
    ...registry.servicePoints.flatMap((point) => servicePointFaults(registry, point)),
    ...questionFaults(registry),
    ...assignmentFaults(registry),
  ];
}

/** Faults of `after` that `before` did not have: what was wrong already is no reason to refuse another change. */
export function newFaults(before: Registry, after: Registry): RegistryFault[] {
  const known = new Set(registryFaults(before).map(({ text }) => text));
  return registryFaults(after).filter(({ text }) => !known.has(text));
}

/** What the text names the subject by. */
export function nameOf({ kind, id }: RegistrySubject): string {
  switch (kind) {
    case 'group':
      return `Group ${id}`;
    case 'service-point':
      return `Service point ${id}`;
    case 'question':
      return `Question ${id}`;
    case 'terminal':
    case 'assignment':
      return `Terminal ${id}`;
  }
}

/** A fault whose text is the subject's name and what follows. */
export function faultOf(
  code: RegistryFaultCode,
  subject: RegistrySubject,
  says: string,
  more: { field?: string; detail?: string } = {},
): RegistryFault {
  return { code, subject, ...more, text: `${nameOf(subject)} ${says}` };
}

function groupFaults({ groups }: Registry): RegistryFault[] {
  const parents = new Map(groups.map((group) => [group.id, group.parent]));
  const faults: RegistryFault[] = [];
  for (const { id, parent, name } of groups) {
    const subject = { kind: 'group', id } as const;
    if (!hasText(name)) faults.push(faultOf('name-missing', subject, 'has no name.', { field: 'name' }));
    if (parent === undefined) continue;
    const more = { field: 'parent', detail: parent };
    if (!parents.has(parent))
      faults.push(faultOf('unknown-parent', subject, `has the unknown parent ${parent}.`, more));
    else if (isOwnAncestor(id, parents)) faults.push(faultOf('own-ancestor', subject, 'is its own ancestor.', more));
  }
  return faults;
}

function hasText(text: Partial<Record<string, string>>): boolean {
  return Object.values(text).some((each) => (each ?? '').trim() !== '');
}

function isOwnAncestor(id: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(id); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

function servicePointFaults({ groups }: Registry, point: ServicePoint): RegistryFault[] {
  const subject = { kind: 'service-point', id: point.id } as const;
  const faults: RegistryFault[] = [];
  if (!hasText(point.name)) faults.push(faultOf('name-missing', subject, 'has no name.', { field: 'name' }));
  if (!groups.some((group) => group.id === point.group)) {
    const more = { field: 'group', detail: point.group };
    faults.push(faultOf('unknown-group', subject, `is in the unknown group ${point.group}.`, more));
  }
  for (const [day, spans] of Object.entries(point.openingHours ?? {})) {
    faults.push(...spanFaults(subject, `openingHours.${day}`, day, spans));
  }
  return [...faults, ...exceptionFaults(subject, point.exceptions)];
}

function spanFaults(
  subject: RegistrySubject,
  field: string,
  day: string,
  spans: readonly { from: number; to: number }[],
): RegistryFault[] {
  const faults: RegistryFault[] = [];
  const more = { field, detail: day };
  let end = 0;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    if (from >= to) faults.push(faultOf('closes-before-it-opens', subject, `closes before it opens on ${day}.`, more));
    else if (from < 0 || to > 1440) {
      faults.push(faultOf('impossible-hours', subject, `has hours outside of the day on ${day}.`, more));
    } else if (from < end) {
      faults.push(faultOf('overlapping-hours', subject, `has overlapping opening hours on ${day}.`, more));
    }
    end = Math.max(end, to);
  }
  return faults;
}

function exceptionFaults(subject: RegistrySubject, exceptions: readonly OpeningException[] = []): RegistryFault[] {
  const seen = new Set<string>();
  return exceptions.flatMap(({ date, spans }) => {
    const more = { field: `exceptions.${date}`, detail: date };
    if (!isDate(date)) return [faultOf('impossible-date', subject, `has the impossible date ${date}.`, more)];
    if (seen.has(date)) return [faultOf('date-twice', subject, `has two exceptions on ${date}.`, more)];
    seen.add(date);
    return spanFaults(subject, `exceptions.${date}`, date, spans);
  });
}

function isDate(date: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

function questionFaults({ questions }: Registry): RegistryFault[] {
  return questions.flatMap(({ id, text }) =>
    LANGUAGES.filter((language) => (text[language] ?? '').trim() === '').map((language) =>
      faultOf('text-missing', { kind: 'question', id }, `has no text in ${language}.`, {
        field: `text.${language}`,
        detail: language,
      }),
    ),
  );
}

function assignmentFaults(registry: Registry): RegistryFault[] {
  const points = new Set(registry.servicePoints.map((point) => point.id));
  const questions = new Set(registry.questions.map((question) => question.id));
  const terminals = new Map(registry.terminals.map((terminal) => [terminal.id, terminal]));
  const faults: RegistryFault[] = [];
  let before: Assignment | undefined;
  for (const assignment of registry.assignments) {
    const { terminal, servicePoint, question, from, to } = assignment;
    const add = (code: RegistryFaultCode, says: string, more: { field?: string; detail?: string }): void => {
      const text = `The assignment of ${terminal} from ${new Date(from).toISOString()} ${says}`;
      faults.push({ code, subject: { kind: 'assignment', id: terminal }, ...more, text });
    };
    const place = { field: 'servicePoint', detail: servicePoint };
    if (!points.has(servicePoint))
      add('unknown-service-point', `is to the unknown service point ${servicePoint}.`, place);
    if (question !== undefined && !questions.has(question)) {
      add('unknown-question', `asks the unknown question ${question}.`, { field: 'question', detail: question });
    }
    if (to !== undefined && to <= from) add('ends-before-it-begins', 'ends before it begins.', { field: 'to' });
    if (before?.terminal === terminal && (before.to ?? Infinity) > from) {
      add('overlapping-assignments', 'overlaps the one before it.', { field: 'from' });
    }
    if (outlivesRetirement(assignment, terminals.get(terminal))) {
      add('retired', 'goes on after the terminal was taken out of use.', { field: 'from' });
    }
    before = assignment;
  }
  return faults;
}

function outlivesRetirement({ to }: Assignment, terminal: RegisteredTerminal | undefined): boolean {
  return terminal?.retiredAt !== undefined && (to ?? Infinity) > terminal.retiredAt;
}
