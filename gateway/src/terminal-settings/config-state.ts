import { type ConfigMessage, SETTING_NAMES, type StatusMessage } from '@hymio/protocol';

/**
 * How far a terminal is with what is desired of it. `default`: nothing is desired, and it follows nothing. `unknown`: its
 * firmware reports the version, but not that it knows all of the settings.
 */
export type ConfigState = { kind: 'default' | 'pending' | 'applied' | 'unknown' } | { kind: 'refused'; reason: string };
export type ConfigStateKind = ConfigState['kind'];

type Reported = Pick<StatusMessage, 'configVersion' | 'configRefused' | 'knownSettings'>;

/** `reported`: its newest status; undefined where it never sent one. */
export function configState(desired: ConfigMessage, reported: Reported | undefined): ConfigState {
  const wanted = SETTING_NAMES.filter((name) => desired[name] !== undefined);
  const { configVersion, configRefused, knownSettings = [] } = reported ?? {};
  if (wanted.length === 0 && configVersion === undefined) return { kind: 'default' };
  if (configRefused?.version === desired.version) return { kind: 'refused', reason: configRefused.reason };
  if (configVersion !== desired.version) return { kind: 'pending' };
  if (wanted.length === 0) return { kind: 'default' };
  return { kind: wanted.every((name) => knownSettings.includes(name)) ? 'applied' : 'unknown' };
}

/** It would change something to publish the config again: it was neither applied nor refused. */
export function needsConfig(desired: ConfigMessage, reported: Reported | undefined): boolean {
  return configState(desired, reported).kind === 'pending';
}
