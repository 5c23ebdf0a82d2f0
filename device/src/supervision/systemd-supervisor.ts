import { execFile } from 'node:child_process';
import type { Log } from '../log/log.js';
import { NO_SUPERVISOR, type Supervisor } from './supervisor.js';

/** Part of systemd itself, so it is there wherever there is somebody to notify. */
const PROGRAM = 'systemd-notify';
/** It waits up to 5 s for systemd to have read the message. */
const PATIENCE_MS = 10_000;
/** Chances per watchdog time, so that one that is late or fails does no harm. */
const FEEDS_PER_TIMEOUT = 3;

/** What systemd puts into the environment of a service; names are its own. */
export interface ServiceEnvironment {
  NOTIFY_SOCKET?: string | undefined;
  WATCHDOG_USEC?: string | undefined;
  WATCHDOG_PID?: string | undefined;
}

/**
 * Notifies systemd through its own `systemd-notify`, because Node has no unix datagram sockets. The message comes from
 * a child that is gone soon: the unit needs `NotifyAccess=all`, and the child waits until systemd has attributed it.
 * A message that fails is logged once until one succeeds.
 */
export class SystemdSupervisor implements Supervisor {
  readonly feedEveryMs: number | undefined;
  readonly #log: Log;
  #last: Promise<void> = Promise.resolve();
  #feeding = false;
  #failing = false;

  /** `watchdogMs`: the unit's WatchdogSec; undefined where it has none. */
  constructor(watchdogMs: number | undefined, log: Log) {
    this.feedEveryMs = watchdogMs === undefined ? undefined : watchdogMs / FEEDS_PER_TIMEOUT;
    this.#log = log;
  }

  ready(text: string): void {
    void this.#tell('READY=1', statusOf(text));
  }

  alive(): void {
    // Where one is still on its way, another one would say nothing more.
    if (this.#feeding) return;
    this.#feeding = true;
    void this.#tell('WATCHDOG=1').then(() => {
      this.#feeding = false;
    });
  }

  status(text: string): void {
    void this.#tell(statusOf(text));
  }

  stopping(): Promise<void> {
    return this.#tell('STOPPING=1', statusOf('Stopping'));
  }

  /** One after the other: a later state must not be overtaken by an earlier one. */
  #tell(...assignments: string[]): Promise<void> {
    this.#last = this.#last.then(async () => this.#note(await notify(assignments)));
    return this.#last;
  }

  #note(fault: string | undefined): void {
    if (fault !== undefined && !this.#failing) this.#log.error('systemd not notified', { error: fault });
    this.#failing = fault !== undefined;
  }
}

/** The supervisor that the environment speaks of. `pid`: this process, which the watchdog must mean. */
export function supervisorOf(environment: ServiceEnvironment, pid: number, log: Log): Supervisor {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID } = environment;
  if (NOTIFY_SOCKET === undefined || NOTIFY_SOCKET === '') return NO_SUPERVISOR;
  const watchdogMs = Number(WATCHDOG_USEC) / 1000;
  const meant = WATCHDOG_PID === undefined || Number(WATCHDOG_PID) === pid;
  return new SystemdSupervisor(meant && watchdogMs > 0 ? watchdogMs : undefined, log);
}

/** Resolves with what went wrong, in words. */
function notify(assignments: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(PROGRAM, assignments, { timeout: PATIENCE_MS, killSignal: 'SIGKILL' }, (error, _output, said) => {
      resolve(error === null ? undefined : said.trim() || error.message);
    });
  });
}

/** A message is lines: a text of several would say something else. */
function statusOf(text: string): string {
  return `STATUS=${text.replaceAll(/\s+/g, ' ')}`;
}
