import type { Registry } from '../../../registry/registry.js';
import { type SettingsScope, settingsScopeKey } from '../../../terminal-settings/settings-scope.js';
import type { PageContext } from '../../page-context.js';
import { subjectName } from '../reports/subject-name.js';

/** What a scope is called; a terminal by its name, or its id where it has none. */
export function settingsScopeName(scope: SettingsScope, registry: Registry, context: PageContext): string {
  if (scope.kind !== 'terminal') return subjectName(settingsScopeKey(scope), registry, context);
  return registry.terminals.find(({ id }) => id === scope.id)?.name ?? scope.id;
}
