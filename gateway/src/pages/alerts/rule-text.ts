import type { AlertCondition, AlertRule, AlertScope } from '../../alerts/alert-rule.js';
import { amountOf } from '../../alerts/describe-alert.js';
import type { Formats } from '../../language/formats.js';
import { localized } from '../../language/language.js';
import type { Messages } from '../../language/messages.js';
import type { Registry } from '../../registry/registry.js';
import type { PageContext } from '../page-context.js';

/** A rule that is there from the start by what it is, others by the name that they were given. */
export function ruleName(name: string, { alertRules }: Messages): string {
  return alertRules.names[name] ?? name;
}

/** What opens an alert, as a phrase. */
export function conditionText(condition: AlertCondition, messages: Messages, formats: Formats): string {
  const { conditions } = messages.alertRules;
  const span = (ms: number) => messages.alerts.span(...amountOf(ms, formats));
  switch (condition.kind) {
    case 'negative-share':
      return conditions.negative(
        formats.percent(condition.share),
        formats.count(condition.minPresses),
        span(condition.windowMs),
      );
    case 'index-below':
      return conditions.indexBelow(
        formats.index(condition.index),
        formats.count(condition.minPresses),
        span(condition.windowMs),
      );
    case 'index-above':
      return conditions.indexAbove(
        formats.index(condition.index),
        formats.count(condition.minPresses),
        span(condition.windowMs),
      );
    case 'presses-below':
      return conditions.pressesBelow(condition.presses, formats.count(condition.presses), span(condition.windowMs));
    case 'presses-above':
      return conditions.pressesAbove(formats.count(condition.presses), span(condition.windowMs));
    case 'very-happy-streak':
      return conditions.streak(formats.count(condition.presses));
    case 'suspect-presses':
      return conditions.suspects(condition.presses, formats.count(condition.presses), span(condition.windowMs));
    case 'terminal-state': {
      const names: Readonly<Record<string, string>> = messages.state.names;
      const states = condition.states.map((state) => names[state] ?? state).join(', ');
      return condition.forMs === 0
        ? conditions.terminalAtOnce(states)
        : conditions.terminal(states, span(condition.forMs));
    }
  }
}

export function scopeName(scope: AlertScope, registry: Registry, context: PageContext): string {
  if (scope.kind === 'organisation') return context.messages.common.wholeOrganisation;
  const places = scope.kind === 'group' ? registry.groups : registry.servicePoints;
  const name = places.find(({ id }) => id === scope.id)?.name;
  return name === undefined ? scope.id : localized(name, context.language);
}

/** Where a rule comes from, seen from a scope. */
export function originText(
  rule: AlertRule,
  here: AlertScope,
  isStored: boolean,
  registry: Registry,
  context: PageContext,
): string {
  const { alertRules } = context.messages;
  if (!isStored) return alertRules.fromDefault;
  const isHere = JSON.stringify(rule.scope) === JSON.stringify(here);
  return isHere ? alertRules.fromHere : scopeName(rule.scope, registry, context);
}
