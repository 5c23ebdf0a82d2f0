import type { Change } from '../administration/change-log.js';
import type { PublicSetting } from '../public/public-setting.js';

/** The line that a public view leaves in the log when its service point is removed. */
export function publicSettingRemoved(before: PublicSetting): { change: Change; what: string } {
  return { what: 'remove-public-view', change: { subject: { kind: 'public-view', id: before.servicePoint }, before } };
}
