import type { Assignment, Registry, ServicePoint } from './registry.js';
import type { RegistryFile } from './registry-file.js';

/** Every contradiction of a merged registry and the file behind it, one line each; empty where it is sound. */
export function registryFaults(registry: Registry, file: RegistryFile): string[] {
  return [
    ...duplicates('group', file.groups),
    ...duplicates('service point', file.servicePoints),
    ...duplicates('question', file.questions),
    ...duplicates('terminal', file.terminals),
    ...groupFaults(registry),
    ...registry.servicePoints.flatMap((point) => servicePointFaults(registry, point)),
    ...assignmentFaults(registry),
  ];
}

function duplicates(kind: string, items: readonly { id: string }[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { id } of items) (seen.has(id) ? twice : seen).add(id);
  return [...twice].map((id) => `The file lists ${kind} ${id} more than once.`);
}

function groupFaults({ groups }: Registry): string[] {
  const parents = new Map(groups.map((group) => [group.id, group.parent]));
  const faults: string[] = [];
  for (const { id, parent } of groups) {
    if (parent === undefined) continue;
    if (!parents.has(parent)) faults.push(`Group ${id} has the unknown parent ${parent}.`);
    else if (isOwnAncestor(id, parents)) faults.push(`Group ${id} is its own ancestor.`);
  }
  return faults;
}

function isOwnAncestor(id: string, parents: ReadonlyMap<string, string | undefined>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(id); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (at === id) return true;
    seen.add(at);
  }
  return false;
}

function servicePointFaults({ groups }: Registry, point: ServicePoint): string[] {
  const faults: string[] = [];
  if (!groups.some((group) => group.id === point.group)) {
    faults.push(`Service point ${point.id} is in the unknown group ${point.group}.`);
  }
  for (const [day, spans] of Object.entries(point.openingHours ?? {})) {
    let end = 0;
    for (const { from, to } of spans) {
      if (from >= to) faults.push(`Service point ${point.id} closes before it opens on ${day}.`);
      else if (from < end) faults.push(`Service point ${point.id} has overlapping opening hours on ${day}.`);
      end = Math.max(end, to);
    }
  }
  return faults;
}

function assignmentFaults(registry: Registry): string[] {
  const points = new Set(registry.servicePoints.map((point) => point.id));
  const questions = new Set(registry.questions.map((question) => question.id));
  const faults: string[] = [];
  let before: Assignment | undefined;
  for (const assignment of registry.assignments) {
    const { terminal, servicePoint, question, from, to } = assignment;
    const name = `The assignment of ${terminal} from ${new Date(from).toISOString()}`;
    if (!points.has(servicePoint)) faults.push(`${name} is to the unknown service point ${servicePoint}.`);
    if (question !== undefined && !questions.has(question))
      faults.push(`${name} asks the unknown question ${question}.`);
    if (to !== undefined && to <= from) faults.push(`${name} ends before it begins.`);
    if (before?.terminal === terminal && (before.to ?? Infinity) > from) {
      faults.push(`${name} overlaps the one before it.`);
    }
    before = assignment;
  }
  return faults;
}
