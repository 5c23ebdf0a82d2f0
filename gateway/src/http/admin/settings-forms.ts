import { type Settings, THANKS } from '@hymio/protocol';
import * as z from 'zod';
import { loadSettings, settingsPage } from '../../pages/admin/settings/settings-page.js';
import { SETTINGS_BOUNDS } from '../../terminal-settings/settings-bounds.js';
import type { FormWhere } from '../form-route.js';
import { editForm } from './edit-form.js';
import type { TypedItem } from './typed-item.js';

/** A scope as the addresses of these pages have it. */
export const scopeParams = z.object({ kind: z.string().max(20), id: z.string().max(63) });

/** The form of what is desired of terminals, at one place or of one. */
export function settingsForms(where: FormWhere): void {
  editForm(where, {
    id: 'settings',
    fields: ['heartbeatSeconds', 'lockoutMs', 'thanks'],
    path: '/admin/settings/:kind/:id',
    params: scopeParams,
    load: (params, parts, { now }) => loadSettings(parts, params, now),
    read: (typed, { model: { scope, path }, parts, context }) => {
      const settings = readSettings(typed, context.messages.terminalSettings.faults);
      return async (by) => {
        await parts.administration.saveSettings({ scope, settings, ...typed.version() }, by);
        return { to: path };
      };
    },
    page: settingsPage,
  });
}

function readSettings(typed: TypedItem, faults: { heartbeat: string; lockout: string }): Settings {
  const heartbeatSeconds = whole(typed, 'heartbeatSeconds', SETTINGS_BOUNDS.heartbeatSeconds, faults.heartbeat);
  const lockoutMs = whole(typed, 'lockoutMs', SETTINGS_BOUNDS.lockoutMs, faults.lockout);
  const thanks = THANKS.find((one) => one === typed.text('thanks', 20));
  return {
    ...(heartbeatSeconds !== undefined && { heartbeatIntervalMs: heartbeatSeconds * 1_000 }),
    ...(lockoutMs !== undefined && { lockoutMs }),
    ...(thanks !== undefined && { thanks }),
  };
}

/** A whole number within bounds; undefined where the field is empty. */
function whole(
  typed: TypedItem,
  name: string,
  [least, most]: readonly [number, number],
  fault: string,
): number | undefined {
  const text = typed.text(name, 10);
  if (text === '') return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most)) typed.fault(name, fault);
  return value;
}
