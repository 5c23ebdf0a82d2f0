import type { Exclusion } from '../exclusions/exclusion.js';
import type { ReportExclusion } from './report-document.js';
import type { ReportInput } from './report-input.js';
import { servicePointsInScope } from './report-scope.js';

/** The spans of the week whose presses were left out, and why, in order of time; for a service point or group only its own. */
export function reportExclusions(input: ReportInput): ReportExclusion[] {
  const { exclusions, week, registry } = input;
  const inScope = servicePointsInScope(registry, input);
  const concerns = ({ target, from, to }: Exclusion): boolean => {
    if (inScope === undefined) return true;
    if (target.kind === 'service-point') return inScope.has(target.id);
    return registry.assignments.some(
      (stay) =>
        stay.terminal === target.id &&
        inScope.has(stay.servicePoint) &&
        Math.max(stay.from, from, week.from) < Math.min(stay.to ?? Infinity, to, week.to),
    );
  };
  return exclusions
    .filter((exclusion) => exclusion.from < week.to && exclusion.to > week.from && concerns(exclusion))
    .sort((a, b) => a.from - b.from || a.id - b.id)
    .map(({ id, target, from, to, reason }) => ({ id, target, name: nameOf(target, registry), from, to, reason }));
}

function nameOf({ kind, id }: Exclusion['target'], registry: ReportInput['registry']): ReportExclusion['name'] {
  if (kind === 'terminal') return null;
  return registry.servicePoints.find((point) => point.id === id)?.name ?? null;
}
