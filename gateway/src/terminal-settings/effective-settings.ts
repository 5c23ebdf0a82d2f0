import { type ConfigMessage, SETTING_NAMES, type SettingName, type Settings } from '@hymio/protocol';
import { scopesAbove, scopesOf } from '../alerts/effective-rules.js';
import type { Registry } from '../registry/registry.js';
import { type ScopeSettings, settingsAt, settingsVersion } from './scope-settings.js';
import type { SettingsScope } from './settings-scope.js';

type Places = Pick<Registry, 'groups' | 'servicePoints'>;

/** Settings with the scope that each comes from. */
export interface EffectiveSettings {
  settings: Settings;
  from: Partial<Record<SettingName, SettingsScope>>;
}

/** What is desired of a terminal that stands at a service point (undefined: nowhere): of each setting the nearest. */
export function effectiveSettings(
  places: Places,
  all: readonly ScopeSettings[],
  { terminal, servicePoint }: { terminal: string; servicePoint?: string | undefined },
): EffectiveSettings {
  return nearest([{ kind: 'terminal', id: terminal }, ...scopesOf(places, servicePoint)], all);
}

/** What holds at a scope from above, were nothing desired there. */
export function inheritedSettings(
  places: Places,
  all: readonly ScopeSettings[],
  scope: SettingsScope,
  servicePoint?: string,
): EffectiveSettings {
  if (scope.kind === 'terminal') return nearest(scopesOf(places, servicePoint), all);
  return nearest(scopesAbove(places, scope).slice(1), all);
}

/** What is published. The version says what it says: equal settings are equal, also after a restored backup. */
export function configOf(settings: Settings): ConfigMessage {
  return { version: settingsVersion(settings), ...settings };
}

function nearest(scopes: readonly SettingsScope[], all: readonly ScopeSettings[]): EffectiveSettings {
  const settings: Record<string, unknown> = {};
  const from: Partial<Record<SettingName, SettingsScope>> = {};
  for (const scope of scopes) {
    const own = settingsAt(all, scope);
    for (const name of SETTING_NAMES) {
      if (own[name] === undefined || from[name] !== undefined) continue;
      settings[name] = own[name];
      from[name] = scope;
    }
  }
  return { settings, from };
}
