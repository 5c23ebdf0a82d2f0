import { type ConfigMessage, SETTING_NAMES, type SettingName, type Settings } from '@hymio/protocol';
import { scopesAbove, scopesOf, scopesOfPoint } from '../alerts/effective-rules.js';
import type { Group, Registry, ServicePoint } from '../registry/registry.js';
import { servicePointsById } from '../registry/service-points-by-id.js';
import { type ScopeSettings, settingsAt, settingsVersion } from './scope-settings.js';
import { type SettingsScope, settingsScopeKey } from './settings-scope.js';

type Places = Pick<Registry, 'groups' | 'servicePoints'>;

/** Settings with the scope that each comes from. */
export interface EffectiveSettings {
  settings: Settings;
  from: Partial<Record<SettingName, SettingsScope>>;
}

/** Where a terminal stands; `servicePoint` absent: nowhere. */
export interface TerminalPlace {
  terminal: string;
  servicePoint?: string | undefined;
}

/** What is desired of a terminal: of each setting the nearest. */
export function effectiveSettings(
  places: Places,
  all: readonly ScopeSettings[],
  { terminal, servicePoint }: TerminalPlace,
): EffectiveSettings {
  return nearest([{ kind: 'terminal', id: terminal }, ...scopesOf(places, servicePoint)], (scope) =>
    settingsAt(all, scope),
  );
}

/** What is desired, for who asks about many terminals: places and settings are gone through once. */
export class SettingsIndex {
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #points: ReadonlyMap<string, ServicePoint>;
  readonly #own: ReadonlyMap<string, Settings>;

  constructor(places: Places, all: readonly ScopeSettings[]) {
    this.#groups = new Map(places.groups.map((group) => [group.id, group]));
    this.#points = servicePointsById(places);
    this.#own = new Map(all.map(({ scope, settings }) => [settingsScopeKey(scope), settings]));
  }

  /** What is desired of a terminal: of each setting the nearest. */
  effective({ terminal, servicePoint }: TerminalPlace): EffectiveSettings {
    const point = servicePoint === undefined ? undefined : this.#points.get(servicePoint);
    const scopes: SettingsScope[] = [{ kind: 'terminal', id: terminal }, ...scopesOfPoint(this.#groups, point)];
    return nearest(scopes, (scope) => this.#own.get(settingsScopeKey(scope)) ?? {});
  }
}

/** What holds at a scope from above, were nothing desired there. */
export function inheritedSettings(
  places: Places,
  all: readonly ScopeSettings[],
  scope: SettingsScope,
  servicePoint?: string,
): EffectiveSettings {
  const own = (one: SettingsScope) => settingsAt(all, one);
  if (scope.kind === 'terminal') return nearest(scopesOf(places, servicePoint), own);
  return nearest(scopesAbove(places, scope).slice(1), own);
}

/** What is published. The version says what it says: equal settings are equal, also after a restored backup. */
export function configOf(settings: Settings): ConfigMessage {
  return { version: settingsVersion(settings), ...settings };
}

function nearest(scopes: readonly SettingsScope[], ownOf: (scope: SettingsScope) => Settings): EffectiveSettings {
  const settings: Record<string, unknown> = {};
  const from: Partial<Record<SettingName, SettingsScope>> = {};
  for (const scope of scopes) {
    const own = ownOf(scope);
    for (const name of SETTING_NAMES) {
      if (own[name] === undefined || from[name] !== undefined) continue;
      settings[name] = own[name];
      from[name] = scope;
    }
  }
  return { settings, from };
}
