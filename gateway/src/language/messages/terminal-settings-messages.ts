import type { CommandName, SettingName, Thanks } from '@hymio/protocol';
import type { CommandRun } from '../../commands/command-run.js';
import type { ConfigStateKind } from '../../terminal-settings/config-state.js';

/** What is desired of terminals, and what they are asked to do. */
export interface TerminalSettingsMessages {
  listLead: string;
  place: string;
  desired: string;
  title(of: string): string;
  lead: string;
  names: Record<SettingName, string>;
  hints: Record<SettingName, string>;
  thanks: Record<Thanks, string>;
  seconds(n: number): string;
  milliseconds(n: number): string;
  asAbove: string;
  inherited(value: string, from: string): string;
  inheritedNothing: string;
  faults: { heartbeat: string; lockout: string };
  settingsTitle: string;
  change: string;
  state: string;
  states: Record<ConfigStateKind, string>;
  reason: string;
  desiredVersion: string;
  nothingDesired: string;
  reportedVersion: string;
  nothingReported: string;
  commandsTitle: string;
  commandsHint: string;
  commands: Record<CommandName, string>;
  asked: string;
  runs: Record<CommandRun['state'], string>;
  refusals: Readonly<Record<string, string>>;
  diagnostics: string;
}
