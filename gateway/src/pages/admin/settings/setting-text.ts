import type { SettingName, Settings } from '@hymio/protocol';
import type { PageContext } from '../../page-context.js';

/** A setting as people read it; undefined where nothing is desired. */
export function settingText(name: SettingName, settings: Settings, { messages }: PageContext): string | undefined {
  const { terminalSettings: words } = messages;
  const { heartbeatIntervalMs, lockoutMs, thanks } = settings;
  switch (name) {
    case 'heartbeatIntervalMs':
      return heartbeatIntervalMs === undefined ? undefined : words.seconds(heartbeatIntervalMs / 1_000);
    case 'lockoutMs':
      return lockoutMs === undefined ? undefined : words.milliseconds(lockoutMs);
    case 'thanks':
      return thanks === undefined ? undefined : words.thanks[thanks];
  }
}
