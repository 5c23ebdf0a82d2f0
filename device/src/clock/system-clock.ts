import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Cancel } from '@hymio/protocol';
import { isChronySynced } from './chrony-tracking.js';
import type { DeviceClock } from './device-clock.js';

export const CLOCK_SOURCES = ['auto', 'system', 'timesyncd', 'chrony'] as const;
export type ClockSource = (typeof CLOCK_SOURCES)[number];

const TIMESYNCD_FLAG = '/run/systemd/timesync/synchronized';
const CHRONY_POLL_MS = 10_000;
/** Less is rounding and the slow correction of a clock that is kept right. */
const WALL_JUMP_MS = 20;

/** The real clock of a Linux machine. */
export class SystemClock implements DeviceClock {
  readonly bootId: string;
  /** False where /proc hides the boot id: every start then counts as a boot of its own. */
  readonly bootIdKnown: boolean;
  readonly #source: Exclude<ClockSource, 'auto'>;
  readonly #builtAt: number;
  /** Boot time minus this process's own time, ms, as of the last look, and wall time minus process time then. */
  #boot = { aheadMs: 0, wallAheadMs: Number.NaN };
  #synced = false;
  #chrony: { askedAt: number } | undefined;

  /** `builtAt` (UTC ms): a wall clock before it is certainly wrong. */
  constructor(source: ClockSource, builtAt: number) {
    this.#source = source === 'auto' ? detectSource() : source;
    this.#builtAt = builtAt;
    const bootId = readBootId();
    this.bootIdKnown = bootId !== undefined;
    this.bootId = bootId ?? randomUUID();
  }

  now(): number {
    return Date.now();
  }

  /**
   * CLOCK_BOOTTIME through libuv, which reads a file each time. The process's own clock keeps step with it except over a
   * sleep of the machine, which shows as a jump of the wall time against it: then, as when the clock is set, it looks anew.
   */
  monotonic(): number {
    const ownMs = performance.now();
    const wallAheadMs = Date.now() - ownMs;
    if (!(Math.abs(wallAheadMs - this.#boot.wallAheadMs) < WALL_JUMP_MS)) {
      this.#boot = { aheadMs: Math.max(uptime() * 1000 - ownMs, this.#boot.aheadMs), wallAheadMs };
    }
    return ownMs + this.#boot.aheadMs;
  }

  after(delayMs: number, run: () => void): Cancel {
    const timer = setTimeout(run, Math.min(delayMs, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }

  synced(): boolean {
    this.#synced ||= this.#look();
    return this.#synced;
  }

  #look(): boolean {
    switch (this.#source) {
      case 'system':
        return Date.now() > this.#builtAt;
      case 'timesyncd':
        return existsSync(TIMESYNCD_FLAG);
      case 'chrony':
        this.#askChrony();
        return false;
    }
  }

  /** The answer comes later and sets the flag; asked at most every ten seconds. */
  #askChrony(): void {
    const now = this.monotonic();
    if (this.#chrony && now - this.#chrony.askedAt < CHRONY_POLL_MS) return;
    this.#chrony = { askedAt: now };
    execFile('chronyc', ['-c', 'tracking'], { timeout: 5000 }, (error, output) => {
      if (!error && isChronySynced(output)) this.#synced = true;
    });
  }
}

/** A daemon counts only where it can run: its program in a container without systemd sets no clock. */
function detectSource(): Exclude<ClockSource, 'auto'> {
  const systemd = existsSync('/run/systemd/system');
  if (existsSync('/run/chrony') || (systemd && existsSync('/usr/sbin/chronyd'))) return 'chrony';
  if (systemd && existsSync('/usr/lib/systemd/systemd-timesyncd')) return 'timesyncd';
  return 'system';
}

function readBootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
