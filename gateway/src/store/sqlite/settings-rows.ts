import type { ScopeSettings } from '../../terminal-settings/scope-settings.js';
import { settingsScopeOf } from '../../terminal-settings/settings-scope.js';
import type { Db } from './database.js';

/** By scope. */
export function readSettings(db: Db): ScopeSettings[] {
  return db
    .prepare<[], { scope: string; settings: string }>('SELECT scope, settings FROM terminal_settings ORDER BY scope')
    .all()
    .flatMap(({ scope: key, settings }) => {
      const scope = settingsScopeOf(key);
      return scope === undefined ? [] : [{ scope, settings: JSON.parse(settings) }];
    });
}

export function deleteSettings(db: Db, key: string): void {
  db.prepare('DELETE FROM terminal_settings WHERE scope = ?').run(key);
}
