import type { Store, TerminalRecord } from '../store/store.js';
import { type ConfigState, configState } from './config-state.js';
import { configOf, type EffectiveSettings, effectiveSettings } from './effective-settings.js';

/** What is desired of a terminal beside what it reports. */
export interface TerminalConfig extends EffectiveSettings {
  /** Of what is desired. */
  version: string;
  state: ConfigState;
}

/** Where the terminal stands as `terminal` says. */
export async function terminalConfig(
  store: Pick<Store, 'registry' | 'settings'>,
  terminal: Pick<TerminalRecord, 'id' | 'assignment' | 'status'>,
): Promise<TerminalConfig> {
  const [registry, all] = await Promise.all([store.registry(), store.settings.list()]);
  const place = { terminal: terminal.id, servicePoint: terminal.assignment?.servicePoint };
  const effective = effectiveSettings(registry, all, place);
  const desired = configOf(effective.settings);
  return { ...effective, version: desired.version, state: configState(desired, terminal.status) };
}
