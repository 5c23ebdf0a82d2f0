import { createHash } from 'node:crypto';
import { describeIssues, HymioError, SETTING_NAMES, type Settings, settingsSchema } from '@hymio/protocol';
import { isPlace } from '../registry/orphans.js';
import type { Registry } from '../registry/registry.js';
import { registryRefusal } from '../registry/registry-refusal.js';
import { SETTINGS_BOUNDS } from './settings-bounds.js';
import { type SettingsScope, settingsScopeKey } from './settings-scope.js';

/** What is desired at one scope; what is absent is as farther away. */
export interface ScopeSettings {
  scope: SettingsScope;
  settings: Settings;
}

/** What somebody wants to be desired. `version`: of what they saw; absent: they did not look. */
export interface SettingsEdit extends ScopeSettings {
  version?: string;
}

/** Tells settings from others by what they say: 16 hexadecimal digits. */
export function settingsVersion(settings: Settings): string {
  const said = SETTING_NAMES.flatMap((name) => (settings[name] === undefined ? [] : [[name, settings[name]]]));
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 16);
}

/** What is desired at a scope itself. */
export function settingsAt(all: readonly ScopeSettings[], scope: SettingsScope): Settings {
  const key = settingsScopeKey(scope);
  return all.find((one) => settingsScopeKey(one.scope) === key)?.settings ?? {};
}

/**
 * The settings as they are kept. By the same schema as the terminal checks them. Errors: HymioError `settings-refused`,
 * `unknown-scope`; RegistryRefusal `changed-meanwhile`.
 */
export function checkedSettings(edit: SettingsEdit, all: readonly ScopeSettings[], registry: Registry): Settings {
  const { scope, settings, version } = edit;
  const read = settingsSchema.strict().safeParse(settings);
  if (!read.success) {
    const [seconds, lockout] = [SETTINGS_BOUNDS.heartbeatSeconds, SETTINGS_BOUNDS.lockoutMs].map((of) =>
      of.join(' to '),
    );
    const next = `Stay within the bounds: a heartbeat of ${seconds} s, a lockout of ${lockout} ms.`;
    throw new HymioError('settings-refused', `The settings are refused: ${describeIssues(read.error)}.`, next);
  }
  const key = settingsScopeKey(scope);
  if (!isPlace(scope, registry)) {
    throw new HymioError('unknown-scope', `There is no ${key}.`, 'Choose one from the list.');
  }
  if (version !== undefined && version !== settingsVersion(settingsAt(all, scope))) {
    const subject = { kind: scope.kind === 'organisation' ? 'group' : scope.kind, id: key } as const;
    throw registryRefusal([
      { code: 'changed-meanwhile', subject, text: `The settings of ${key} have been changed meanwhile.` },
    ]);
  }
  return read.data;
}
