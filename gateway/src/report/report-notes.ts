import type { StaffNote } from '../administration/staff-note.js';
import type { LocalizedText } from '../registry/registry.js';
import type { ReportMove, ReportNote, ReportQuestion } from './report-document.js';
import type { ReportInput } from './report-input.js';
import { servicePointsInScope } from './report-scope.js';

/** What the staff want to be read beside the week's numbers, in order of time. */
export function reportNotes(input: ReportInput): ReportNote[] {
  const { notes, week, registry } = input;
  const inScope = servicePointsInScope(registry, input);
  const names = new Map(registry.servicePoints.map(({ id, name }) => [id, name]));
  const concerns = ({ servicePoint, from, to = Infinity }: StaffNote): boolean =>
    from < week.to && to > week.from && (inScope === undefined || inScope.has(servicePoint));
  return notes
    .filter(concerns)
    .sort((a, b) => a.from - b.from || a.id - b.id)
    .map(({ id, kind, servicePoint, from, to = null, text }) => {
      return { id, kind, servicePoint, name: names.get(servicePoint) ?? {}, from, to, text };
    });
}

/** What the terminals in the scope asked in the week, each question once, with how many terminals asked it. */
export function reportQuestions(input: ReportInput): ReportQuestion[] {
  const { registry, week } = input;
  const inScope = servicePointsInScope(registry, input);
  const asking = new Map<string, Set<string>>();
  for (const { terminal, servicePoint, question, from, to = Infinity } of registry.assignments) {
    if (inScope !== undefined && !inScope.has(servicePoint)) continue;
    if (question === undefined || from >= week.to || to <= week.from) continue;
    asking.set(question, (asking.get(question) ?? new Set()).add(terminal));
  }
  return registry.questions.flatMap(({ id, text }) => {
    const terminals = asking.get(id)?.size ?? 0;
    return terminals === 0 ? [] : [{ id, text, terminals }];
  });
}

interface Placed {
  group: string;
  name: LocalizedText;
}

/**
 * Service points that were moved to another group within the week: their numbers go wholly with the group that they
 * belong to now. A group's report also names those that left it.
 */
export function reportMoves(input: ReportInput): ReportMove[] {
  const { changes, week, registry, servicePoint, group } = input;
  const nameOf = (id: string) => registry.groups.find((one) => one.id === id)?.name ?? {};
  const within = group === undefined ? undefined : groupsWithin(registry.groups, group);
  const moves = changes.flatMap(({ at, subject: { kind, id }, before, after }) => {
    if (kind !== 'service-point' || at < week.from || at >= week.to) return [];
    if (!isPlaced(before) || !isPlaced(after) || before.group === after.group) return [];
    if (servicePoint !== undefined && id !== servicePoint) return [];
    if (within !== undefined && !within.has(before.group) && !within.has(after.group)) return [];
    const groups = { from: before.group, to: after.group };
    return [
      { servicePoint: id, name: after.name, ...groups, fromName: nameOf(groups.from), toName: nameOf(groups.to), at },
    ];
  });
  return moves.sort((a, b) => a.at - b.at);
}

function isPlaced(value: unknown): value is Placed {
  return typeof value === 'object' && value !== null && 'group' in value && 'name' in value;
}

function groupsWithin(groups: ReportInput['registry']['groups'], root: string): ReadonlySet<string> {
  const within = new Set([root]);
  for (let size = 0; size < within.size; ) {
    size = within.size;
    for (const { id, parent } of groups) if (parent !== undefined && within.has(parent)) within.add(id);
  }
  return within;
}
