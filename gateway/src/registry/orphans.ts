import { scopeExists } from '../alerts/scope-exists.js';
import type { SettingsScope } from '../terminal-settings/settings-scope.js';
import type { Registry } from './registry.js';

/** What was set at places that are no more: the next of such a name is another place. Terminals stay known. */
export function orphansOf<T>(all: readonly T[], placeOf: (one: T) => SettingsScope, registry: Registry): T[] {
  return all.filter((one) => !isPlace(placeOf(one), registry));
}

/** Whether something can be set there. */
export function isPlace(scope: SettingsScope, registry: Registry): boolean {
  return scope.kind === 'terminal' || scopeExists(scope, registry);
}
