import { explainError, HymioError } from '@hymio/protocol';
import { buildTerminal } from '../build-terminal.js';
import { SystemClock } from '../clock/system-clock.js';
import { readTerminalConfig } from '../config/terminal-config.js';
import { FIRMWARE_BUILT_AT } from '../firmware.js';
import type { Log } from '../log/log.js';
import { pinoLog } from '../log/pino-log.js';
import { RecentLog } from '../log/recent-log.js';
import { buildPanel } from '../panel/build-panel.js';
import { NO_SUPERVISOR, type Supervisor } from '../supervision/supervisor.js';
import { supervisorOf } from '../supervision/systemd-supervisor.js';
import { buildWatchdog } from './build-watchdog.js';
import { releaseStartMemory } from './frugal-memory.js';

/** Why the firmware ends where the gateway asked for it. */
const RESTART = 'restart';
/** EX_TEMPFAIL of sysexits.h: any service manager that restarts on failure starts it again. */
const RESTART_EXIT_CODE = 75;
/** By then the first attempt to connect has been made. */
const RELEASE_AFTER_MS = 2_000;

/**
 * Runs the firmware until SIGINT or SIGTERM, or until the gateway asks for a restart (exit code 75); this is where the process ends. Where it fails, all that was started is
 * stopped. Errors: those of the configuration and of the journal, `internal`.
 */
export async function run(file: string): Promise<void> {
  const config = readTerminalConfig(file);
  const log = new RecentLog(pinoLog(config.log.level), () => Date.now());
  // Whoever read our answers may go away; the presses go on.
  process.stdout.on('error', (error) => log.warn('answers cannot be written', { error: error.message }));
  const clock = new SystemClock(config.clock.source, FIRMWARE_BUILT_AT);
  const answer = (line: string): void => void process.stdout.write(`${line}\n`);
  const panel = buildPanel(config, clock, log, { input: process.stdin, answer });
  const supervisor = supervisorOf(process.env, process.pid, log);
  const { ended, restart } = endOf(supervisor);
  const terminal = buildTerminal(config, panel, log, { clock, restart, recentLog: log });
  const watchdog = buildWatchdog(config, terminal, panel, { log, supervisor });
  try {
    terminal.start();
    watchdog.start();
    setTimeout(releaseStartMemory, RELEASE_AFTER_MS).unref();
    // The end of the input must not end the process even where no network holds it open.
    setInterval(() => undefined, 2 ** 30);
    log.info('stopping', { signal: await ended });
  } catch (error) {
    await stopAll([watchdog, terminal], log);
    throw coded(error);
  }
  const clean = await stopAll([watchdog, terminal], log);
  if (!clean) process.exit(1);
  process.exit((await ended) === RESTART ? RESTART_EXIT_CODE : 0);
}

/** Resolves with why the firmware is to end: the signal, listened for from the first presses on, or the gateway's wish. */
function endOf(supervisor: Supervisor): { ended: Promise<string>; restart: (() => void) | undefined } {
  let restart: () => void = () => undefined;
  const ended = new Promise<string>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
    restart = () => resolve(RESTART);
  });
  // Where nobody supervises the process, a restart that was asked for from afar would be the end.
  return { ended, restart: supervisor === NO_SUPERVISOR ? undefined : () => restart() };
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
