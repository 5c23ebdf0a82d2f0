import { explainError, HymioError } from '@hymio/protocol';
import { buildTerminal } from '../build-terminal.js';
import { SystemClock } from '../clock/system-clock.js';
import { readTerminalConfig } from '../config/terminal-config.js';
import { FIRMWARE_BUILT_AT } from '../firmware.js';
import type { Log } from '../log/log.js';
import { pinoLog } from '../log/pino-log.js';
import { buildPanel } from '../panel/build-panel.js';
import { buildWatchdog } from './build-watchdog.js';
import { releaseStartMemory } from './frugal-memory.js';

/** By then the first attempt to connect has been made. */
const RELEASE_AFTER_MS = 2_000;

/**
 * Runs the firmware until SIGINT or SIGTERM; this is where the process ends. Where it fails, all that was started is
 * stopped. Errors: those of the configuration and of the journal, `internal`.
 */
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
  const watchdog = buildWatchdog(config, terminal, panel, log);
  try {
    terminal.start();
    watchdog.start();
    setTimeout(releaseStartMemory, RELEASE_AFTER_MS).unref();
    // The end of the input must not end the process even where no network holds it open.
    setInterval(() => undefined, 2 ** 30);
    log.info('stopping', { signal: await stopped });
  } catch (error) {
    await stopAll([watchdog, terminal], log);
    throw coded(error);
  }
  process.exit((await stopAll([watchdog, terminal], log)) ? 0 : 1);
}

/** Whether all stopped cleanly; what did not is in the log. */
async function stopAll(parts: readonly { stop(): Promise<void> }[], log: Log): Promise<boolean> {
  const stops = await Promise.allSettled(parts.map((part) => part.stop()));
  const failed = stops.filter((stop) => stop.status === 'rejected');
  for (const { reason } of failed) log.error('stopped uncleanly', { error: explainError(reason) });
  return failed.length === 0;
}

/** Whoever finds the process gone needs a code also for what nobody thought of. */
function coded(error: unknown): HymioError {
  if (error instanceof HymioError) return error;
  const message = `The firmware failed: ${explainError(error)}.`;
  return new HymioError('internal', message, 'Report it with the log; a new start goes on.', { cause: error });
}

/** Resolves with the signal that asks for the end; listens from the first presses on. */
function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
  });
}
