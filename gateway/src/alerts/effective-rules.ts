import { groupPath } from '../aggregates/group-tree.js';
import type { Group, Registry, ServicePoint } from '../registry/registry.js';
import type { AlertRule, AlertScope, AlertSettings, Recipient } from './alert-rule.js';
import { DEFAULT_ALERT_RULES } from './default-alert-rules.js';
import { scopeKey } from './scope-key.js';

type Places = Pick<Registry, 'groups' | 'servicePoints'>;

/** A scope and those above it, nearest first. */
export function scopesAbove(places: Places, scope: AlertScope): AlertScope[] {
  if (scope.kind === 'service-point') return scopesOf(places, scope.id);
  const groups = new Map(places.groups.map((group) => [group.id, group]));
  const above = scope.kind === 'group' ? groupPath(groups, scope.id) : [];
  return [...above.map((id): AlertScope => ({ kind: 'group', id })), { kind: 'organisation' }];
}

/** The scopes that hold for a service point (undefined: for a terminal that stands nowhere), nearest first. */
export function scopesOf(places: Places, servicePoint: string | undefined): AlertScope[] {
  const point = places.servicePoints.find(({ id }) => id === servicePoint);
  return scopesOfPoint(new Map(places.groups.map((group) => [group.id, group])), point);
}

/** The same for who has groups and service points at hand. */
export function scopesOfPoint(groups: ReadonlyMap<string, Group>, point: ServicePoint | undefined): AlertScope[] {
  if (point === undefined) return [{ kind: 'organisation' }];
  const above = groupPath(groups, point.group);
  return [
    { kind: 'service-point', id: point.id },
    ...above.map((id): AlertScope => ({ kind: 'group', id })),
    { kind: 'organisation' },
  ];
}

/**
 * The rules that hold for a service point: of each name the nearest, those switched off included; the defaults stand
 * behind the organisation's. By name.
 */
export function effectiveRules(
  places: Places,
  rules: readonly AlertRule[],
  servicePoint: string | undefined,
): AlertRule[] {
  return nearestRules(scopesOf(places, servicePoint), rules);
}

/** The same for a list of scopes, nearest first: what holds at a group, for example. */
export function nearestRules(scopes: readonly AlertScope[], rules: readonly AlertRule[]): AlertRule[] {
  const byName = new Map<string, AlertRule>();
  for (const scope of scopes) {
    const key = scopeKey(scope);
    for (const rule of rules) {
      if (scopeKey(rule.scope) === key && !byName.has(rule.name)) byName.set(rule.name, rule);
    }
  }
  for (const rule of DEFAULT_ALERT_RULES) if (!byName.has(rule.name)) byName.set(rule.name, rule);
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * Whom an alert of a rule is told: the rule's own recipients where it names any (an empty list is nobody), else those
 * of the service point, its groups and the organisation together; each once.
 */
export function recipientsOf(
  places: Places,
  settings: AlertSettings,
  rule: AlertRule,
  servicePoint: string | undefined,
): Recipient[] {
  if (rule.recipients !== undefined) return unique(rule.recipients);
  const byScope = new Map(settings.recipients.map(({ scope, recipients }) => [scopeKey(scope), recipients]));
  return unique(scopesOf(places, servicePoint).flatMap((scope) => byScope.get(scopeKey(scope)) ?? []));
}

/** The nearest scope decides on the language of an address that is named twice. */
function unique(recipients: readonly Recipient[]): Recipient[] {
  const seen = new Map<string, Recipient>();
  for (const recipient of recipients) {
    const key = recipient.kind === 'email' ? recipient.address.toLowerCase() : `webhook ${recipient.webhook}`;
    if (!seen.has(key)) seen.set(key, recipient);
  }
  return [...seen.values()];
}
