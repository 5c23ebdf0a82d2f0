import type { Alert } from '../alerts/alert.js';
import type { ReportAlert } from './report-document.js';
import type { ReportInput } from './report-input.js';
import { servicePointsInScope } from './report-scope.js';

/** What rang in the week in the scope, in order of time; a terminal that stood nowhere rings for the organisation. */
export function reportAlerts(input: ReportInput): ReportAlert[] {
  const { alerts, week, registry } = input;
  const inScope = servicePointsInScope(registry, input);
  const names = new Map(registry.servicePoints.map(({ id, name }) => [id, name]));
  const terminals = new Map(registry.terminals.map(({ id, name }) => [id, name]));
  const concerns = ({ openedAt, subject: { servicePoint } }: Alert): boolean =>
    openedAt >= week.from && openedAt < week.to && (inScope === undefined || inScope.has(servicePoint ?? ''));
  return alerts
    .filter(concerns)
    .sort((a, b) => a.openedAt - b.openedAt || a.id - b.id)
    .map(({ id, rule, subject, numbers, openedAt, reopened, acknowledged, state }) => ({
      id,
      rule: rule.name,
      condition: rule.condition,
      servicePoint: subject.servicePoint ?? null,
      name: names.get(subject.servicePoint ?? '') ?? null,
      terminal: subject.kind === 'terminal' ? subject.terminal : null,
      terminalName: subject.kind === 'terminal' ? (terminals.get(subject.terminal) ?? null) : null,
      numbers,
      openedAt,
      reopened,
      acknowledged: acknowledged ?? null,
      closedAt: state.kind === 'closed' ? state.at : null,
    }));
}
