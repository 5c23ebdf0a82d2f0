import { type AlertSettings, alertRuleSchema } from '../../alerts/alert-rule.js';
import type { AlertReads } from './alert-reader.js';

/** What is kept about alerts, its rules checked. Throws where one is none of ours. */
export function checkedAlertSettings({ rules, recipients }: ReturnType<AlertReads['settings']>): AlertSettings {
  return { rules: rules.map((rule) => alertRuleSchema.parse(rule)), recipients };
}
