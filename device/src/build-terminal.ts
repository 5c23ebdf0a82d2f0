import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { machine, release, type } from 'node:os';
import { HymioError } from '@hymio/protocol';
import type { DeviceClock } from './clock/device-clock.js';
import { SystemClock } from './clock/system-clock.js';
import { SettingsFile } from './config/settings-file.js';
import type { TerminalConfig } from './config/terminal-config.js';
import { FIRMWARE_BUILT_AT, FIRMWARE_VERSION, FIRST_FIRMWARE_AT } from './firmware.js';
import { IdentityFile } from './identity/identity-file.js';
import { TerminalIdentity } from './identity/terminal-identity.js';
import { ResilientJournal } from './journal/resilient-journal.js';
import type { Log } from './log/log.js';
import type { RecentLog } from './log/recent-log.js';
import type { Panel } from './panel/panel.js';
import { FaultsFile } from './status/faults-file.js';
import { readHardware } from './status/linux-hardware.js';
import { Terminal } from './terminal.js';
import { MqttTransport } from './transport/mqtt-transport.js';

/** What the process that runs the firmware brings along; by hand it has nobody who would start it again. */
export interface TerminalProcess {
  clock?: DeviceClock;
  restart?: (() => void) | undefined;
  recentLog?: RecentLog;
}

/** The firmware on a real machine: its clock, disk and network, with the panel given. */
export function buildTerminal(
  config: TerminalConfig,
  panel: Panel,
  log: Log,
  { clock = new SystemClock(config.clock.source, FIRMWARE_BUILT_AT), restart, recentLog }: TerminalProcess = {},
): Terminal {
  const random = Math.random;
  const { url, username, passwordFile } = config.broker;
  const transport = new MqttTransport({
    terminal: config.terminal,
    url,
    clock,
    random,
    log,
    ...(username === undefined ? {} : { username }),
    ...(passwordFile === undefined ? {} : { password: readSecret(passwordFile, 'broker.passwordFile') }),
    ...(url.startsWith('mqtts:') && { identity: identityOf(config, clock, log) }),
  });
  return new Terminal({
    clock,
    random,
    panel,
    transport,
    log,
    restart,
    diagnostics: {
      node: process.version,
      system: `${type()} ${release()} ${machine()}`,
      log: () => recentLog?.lines() ?? [],
    },
    settings: new SettingsFile(config.data),
    faultBoard: new FaultsFile(config.data, log),
    hardware: () => readHardware(config.data),
    openJournal: (onNotice) =>
      new ResilientJournal(
        {
          folder: config.data,
          terminal: config.terminal,
          now: () => clock.now(),
          opening: () => ({ epoch: randomUUID(), bootId: clock.bootId, bootMs: clock.monotonic() }),
        },
        onNotice,
      ),
    firmware: FIRMWARE_VERSION,
    builtAt: FIRST_FIRMWARE_AT,
    ...(config.heartbeatIntervalMs === undefined ? {} : { heartbeatMs: config.heartbeatIntervalMs }),
  });
}

function identityOf({ terminal, data, broker }: TerminalConfig, clock: DeviceClock, log: Log): TerminalIdentity {
  const ca = broker.caFile === undefined ? undefined : readSecret(broker.caFile, 'broker.caFile');
  return new TerminalIdentity({ terminal, file: new IdentityFile(data), ca, clock, random: Math.random, log });
}

function readSecret(file: string, key: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd();
  } catch (error) {
    throw new HymioError(
      'config-invalid',
      `The file ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      `Make ${key} name a file that this user can read.`,
      { cause: error },
    );
  }
}
