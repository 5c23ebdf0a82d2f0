import type { Settings } from '@hymio/protocol';
import type { Change } from '../administration/change-log.js';

/** The line that a change of desired settings leaves in the log. */
export function settingsChange(key: string, before: Settings, after: Settings): { change: Change; what: string } {
  const said = (settings: Settings) => Object.keys(settings).length > 0;
  return {
    what: said(after) ? 'put-terminal-settings' : 'remove-terminal-settings',
    change: {
      subject: { kind: 'terminal-settings', id: key },
      ...(said(before) && { before }),
      ...(said(after) && { after }),
    },
  };
}
