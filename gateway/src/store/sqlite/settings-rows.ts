import type { Actor } from '../../exclusions/exclusion.js';
import type { Registry } from '../../registry/registry.js';
import {
  checkedSettings,
  orphanedSettings,
  type ScopeSettings,
  type SettingsEdit,
  settingsAt,
} from '../../terminal-settings/scope-settings.js';
import { settingsScopeKey, settingsScopeOf } from '../../terminal-settings/settings-scope.js';
import { settingsChange } from '../settings-change.js';
import { logChanges } from './change-log-rows.js';
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

/** What was desired of a place goes with the place, each with a line in the log of changes. */
export function dropOrphanedSettings(db: Db, registry: Registry, by: Actor): void {
  for (const { scope, settings } of orphanedSettings(readSettings(db), registry)) {
    const key = settingsScopeKey(scope);
    db.prepare('DELETE FROM terminal_settings WHERE scope = ?').run(key);
    const { change, what } = settingsChange(key, settings, {});
    logChanges(db, [change], by, { what });
  }
}

/** Writes of settings, within a transaction. */
export class SettingsWriter {
  private readonly db: Db;
  private readonly registry: Registry;

  constructor(db: Db, registry: Registry) {
    this.db = db;
    this.registry = registry;
  }

  save(edit: SettingsEdit, by: Actor): void {
    const all = readSettings(this.db);
    const settings = checkedSettings(edit, all, this.registry);
    const key = settingsScopeKey(edit.scope);
    if (Object.keys(settings).length === 0) {
      this.db.prepare('DELETE FROM terminal_settings WHERE scope = ?').run(key);
    } else {
      this.db
        .prepare(
          'INSERT INTO terminal_settings (scope, settings) VALUES (?, ?) ON CONFLICT DO UPDATE SET settings = excluded.settings',
        )
        .run(key, JSON.stringify(settings));
    }
    const { change, what } = settingsChange(key, settingsAt(all, edit.scope), settings);
    logChanges(this.db, [change], by, { what });
  }

  note(terminal: string, what: string, after: unknown, by: Actor): void {
    logChanges(this.db, [{ subject: { kind: 'terminal', id: terminal }, after }], by, { what });
  }
}
