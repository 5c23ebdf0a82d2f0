import type { ReportSuspect } from './report-document.js';
import type { ReportInput } from './report-input.js';
import { servicePointsInScope } from './report-scope.js';

/** Presses of the scope that no panel can have sent, by terminal and why; the most first. */
export function reportSuspects(input: ReportInput): ReportSuspect[] {
  const inScope = servicePointsInScope(input.registry, input);
  const found = new Map<string, ReportSuspect>();
  for (const { terminal, servicePoint, why, presses } of input.suspects) {
    if (inScope !== undefined && (servicePoint === undefined || !inScope.has(servicePoint))) continue;
    const key = `${terminal} ${why}`;
    found.set(key, { terminal, why, presses: presses + (found.get(key)?.presses ?? 0) });
  }
  return [...found]
    .sort(([a, one], [b, other]) => other.presses - one.presses || (a < b ? -1 : 1))
    .map(([, one]) => one);
}
