import { groupPath } from '../../../aggregates/group-tree.js';
import type { AlertScope } from '../../../alerts/alert-rule.js';
import { scopeKey } from '../../../alerts/scope-key.js';
import { localized } from '../../../language/language.js';
import type { Registry } from '../../../registry/registry.js';
import type { Choice } from '../../forms/fields.js';
import type { PageContext } from '../../page-context.js';

/** What a report is about, by the key of its scope; what is gone is named by that key. */
export function subjectName(key: string, registry: Registry, context: PageContext): string {
  const found = [...organisationAndGroups(registry, context), ...points(registry, context)];
  return found.find(({ value }) => value === key)?.text ?? `${key} (${context.messages.reportIssues.recipients.gone})`;
}

/** The organisation, then every group by its whole path. */
export function organisationAndGroups(registry: Registry, { language, messages }: PageContext): Choice[] {
  const groups = new Map(registry.groups.map((group) => [group.id, group]));
  const nameOf = (id: string) => localized(groups.get(id)?.name ?? {}, language);
  const choices = registry.groups.map(({ id }) => ({
    value: keyOf({ kind: 'group', id }),
    text: groupPath(groups, id).reverse().map(nameOf).join(' › '),
  }));
  return [
    { value: keyOf({ kind: 'organisation' }), text: messages.common.wholeOrganisation },
    ...sorted(choices, language),
  ];
}

/** Every service point. */
export function points({ servicePoints }: Registry, { language }: PageContext): Choice[] {
  return sorted(
    servicePoints.map(({ id, name }) => ({
      value: keyOf({ kind: 'service-point', id }),
      text: localized(name, language),
    })),
    language,
  );
}

const keyOf = (scope: AlertScope): string => scopeKey(scope);

function sorted(choices: Choice[], language: string): Choice[] {
  return choices.sort((a, b) => a.text.localeCompare(b.text, language));
}
