import type { Registry } from '../registry/registry.js';
import type { Store, TerminalRecord } from '../store/store.js';
import { type ConfigState, configState } from './config-state.js';
import { configOf, type EffectiveSettings, effectiveSettings } from './effective-settings.js';
import type { ScopeSettings } from './scope-settings.js';

/** What is desired of a terminal beside what it reports. */
export interface TerminalConfig extends EffectiveSettings {
  /** Of what is desired. */
  version: string;
  state: ConfigState;
}

type ConfiguredTerminal = Pick<TerminalRecord, 'id' | 'assignment' | 'status'>;

/** Reads it. */
export async function terminalConfig(
  store: Pick<Store, 'registry' | 'settings'>,
  terminal: ConfiguredTerminal,
): Promise<TerminalConfig> {
  const [registry, all] = await Promise.all([store.registry(), store.settings.list()]);
  return terminalConfigIn(registry, all, terminal);
}

/** The same for who has read registry and settings. Where the terminal stands as `terminal` says. */
export function terminalConfigIn(
  registry: Pick<Registry, 'groups' | 'servicePoints'>,
  all: readonly ScopeSettings[],
  terminal: ConfiguredTerminal,
): TerminalConfig {
  const place = { terminal: terminal.id, servicePoint: terminal.assignment?.servicePoint };
  const effective = effectiveSettings(registry, all, place);
  const desired = configOf(effective.settings);
  return { ...effective, version: desired.version, state: configState(desired, terminal.status) };
}
