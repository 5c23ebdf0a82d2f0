import type { Actor } from '../../exclusions/exclusion.js';
import { placeOfPublicSetting } from '../../public/public-setting.js';
import { orphansOf } from '../../registry/orphans.js';
import type { Registry } from '../../registry/registry.js';
import { settingsScopeKey } from '../../terminal-settings/settings-scope.js';
import { publicSettingRemoved } from '../public-setting-removed.js';
import { settingsChange } from '../settings-change.js';
import { ALERT_READS } from './alert-reader.js';
import { AlertWriter } from './alert-writer.js';
import { logChanges } from './change-log-rows.js';
import { checkedAlertSettings } from './checked-alert-settings.js';
import type { Db } from './database.js';
import { deletePublicSetting, readPublicSettings } from './public-rows.js';
import { deleteSettings, readSettings } from './settings-rows.js';

/** What was set at a place goes with the place, each with a line in the log of changes; call it in the transaction. */
export function dropOrphans(db: Db, registry: Registry, by: Actor): void {
  for (const { scope, settings } of orphansOf(readSettings(db), ({ scope }) => scope, registry)) {
    const key = settingsScopeKey(scope);
    deleteSettings(db, key);
    const { change, what } = settingsChange(key, settings, {});
    logChanges(db, [change], by, { what });
  }
  for (const setting of orphansOf(readPublicSettings(db), placeOfPublicSetting, registry)) {
    deletePublicSetting(db, setting.servicePoint);
    const { change, what } = publicSettingRemoved(setting);
    logChanges(db, [change], by, { what });
  }
  const alerts = new AlertWriter(db);
  const { rules, recipients } = checkedAlertSettings(ALERT_READS.settings(db));
  for (const rule of orphansOf(rules, ({ scope }) => scope, registry)) alerts.removeRule(rule, by);
  for (const { scope } of orphansOf(recipients, ({ scope }) => scope, registry)) alerts.saveRecipients(scope, [], by);
}
