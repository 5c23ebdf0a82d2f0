import type { Actor } from '../../exclusions/exclusion.js';
import type { Registry } from '../../registry/registry.js';
import { checkedSettings, type SettingsEdit, settingsAt } from '../../terminal-settings/scope-settings.js';
import { settingsScopeKey } from '../../terminal-settings/settings-scope.js';
import { settingsChange } from '../settings-change.js';
import { logChanges } from './change-log-rows.js';
import type { Db } from './database.js';
import { deleteSettings, readSettings } from './settings-rows.js';

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
      deleteSettings(this.db, key);
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
