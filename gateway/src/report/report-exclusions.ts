import type { Exclusion } from '../exclusions/exclusion.js';
import type { ReportExclusion } from './report-document.js';
import type { ReportInput } from './report-input.js';

/** The spans of the week whose presses were left out, and why, in order of time; for a service point only its own. */
export function reportExclusions({ exclusions, week, servicePoint, registry }: ReportInput): ReportExclusion[] {
  const concerns = ({ target, from, to }: Exclusion): boolean => {
    if (servicePoint === undefined) return true;
    if (target.kind === 'service-point') return target.id === servicePoint;
    return registry.assignments.some(
      (stay) =>
        stay.terminal === target.id &&
        stay.servicePoint === servicePoint &&
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
