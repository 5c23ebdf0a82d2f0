import { explainError } from '@hymio/protocol';
import { buildTerminal } from '../build-terminal.js';
import { SystemClock } from '../clock/system-clock.js';
import { readTerminalConfig } from '../config/terminal-config.js';
import { FIRMWARE_BUILT_AT } from '../firmware.js';
import { pinoLog } from '../log/pino-log.js';
import { buildPanel } from '../panel/build-panel.js';
import { buildWatchdog } from './build-watchdog.js';
import { releaseStartMemory } from './frugal-memory.js';

/** By then the first attempt to connect has been made. */
const RELEASE_AFTER_MS = 2_000;

/** Runs the firmware until SIGINT or SIGTERM; this is where the process ends. */
export async function run(file: string): Promise<void> {
  const config = readTerminalConfig(file);
  const log = pinoLog(config.log.level);
  // Whoever read our answers may go away; the presses go on.
  process.stdout.on('error', (error) => log.warn('answers cannot be written', { error: error.message }));
  const clock = new SystemClock(config.clock.source, FIRMWARE_BUILT_AT);
  const answer = (line: string): void => void process.stdout.write(`${line}\n`);
  const panel = buildPanel(config, clock, log, { input: process.stdin, answer });
  const terminal = buildTerminal(config, panel, log, clock);
  const stopped = stopSignal();
  terminal.start();
  const watchdog = buildWatchdog(config, terminal, panel, log);
  watchdog.start();
  setTimeout(releaseStartMemory, RELEASE_AFTER_MS).unref();
  // The end of the input must not end the process even where no network holds it open.
  const alive = setInterval(() => undefined, 2 ** 30);
  const signal = await stopped;
  clearInterval(alive);
  log.info('stopping', { signal });
  try {
    await Promise.all([watchdog.stop(), terminal.stop()]);
  } catch (error) {
    log.error('stopped uncleanly', { error: explainError(error) });
    process.exitCode = 1;
  }
  process.exit();
}

/** Resolves with the signal that asks for the end; listens from the first presses on. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
}
