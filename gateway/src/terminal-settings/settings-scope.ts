import { TERMINAL_ID_PATTERN } from '@hymio/protocol/plain';
import type { AlertScope } from '../alerts/alert-rule.js';
import { scopeKey } from '../alerts/scope-key.js';

/** What settings are desired of: a place with everything below it, or one terminal wherever it stands. */
export type SettingsScope = AlertScope | { kind: 'terminal'; id: string };

/** `organisation`, `group/health`, `service-point/kallio`, `terminal/kallio-1`. */
export function settingsScopeKey(scope: SettingsScope): string {
  return scope.kind === 'terminal' ? `terminal/${scope.id}` : scopeKey(scope);
}

/** The scope of a key; undefined where it is none. */
export function settingsScopeOf(key: string): SettingsScope | undefined {
  const [kind = '', id] = key.split('/', 2);
  if (kind === 'organisation') return id === undefined ? { kind } : undefined;
  if (kind !== 'group' && kind !== 'service-point' && kind !== 'terminal') return undefined;
  return id !== undefined && TERMINAL_ID_PATTERN.test(id) ? { kind, id } : undefined;
}
