import type { Random } from '@hymio/protocol';
import { drawBetween, drawChance, drawExponential } from '../random/draw.js';
import { seededRandom } from '../random/seeded-random.js';
import type { WallError } from '../time/simulated-clock.js';
import { type Disturbance, UNDISTURBED } from './disturbed-transport.js';

export const FAULT_LEVELS = ['none', 'some', 'many'] as const;
export type FaultLevel = (typeof FAULT_LEVELS)[number];

/** What happens to a terminal, in true time (UTC ms). */
export type Fault =
  | { kind: 'offline'; at: number; until: number }
  /** The firmware's process dies and is started again at once. */
  | { kind: 'kill'; at: number }
  /** The machine goes down, by a power cut or in good order, and comes up at `upAt` without knowing the time. */
  | { kind: 'reboot'; at: number; upAt: number; graceful: boolean; syncsAt: number; wallErrors: WallError[] };

/** What may happen while a terminal delivers, as shares of the windows. */
export interface WindowFaults {
  cut: number;
  kill: number;
}

interface Level {
  /** Expected faults of each kind per day and terminal. */
  perDay: { offline: number; kill: number; reboot: number };
  window: WindowFaults;
  disturbance: Disturbance;
}

const LEVELS: Record<FaultLevel, Level> = {
  none: { perDay: { offline: 0, kill: 0, reboot: 0 }, window: { cut: 0, kill: 0 }, disturbance: UNDISTURBED },
  some: {
    perDay: { offline: 0.15, kill: 0.2, reboot: 0.15 },
    window: { cut: 0.2, kill: 0.15 },
    disturbance: { duplicate: 0.05, late: 0.05, ackLost: 0.03 },
  },
  many: {
    perDay: { offline: 0.5, kill: 1, reboot: 0.8 },
    window: { cut: 0.5, kill: 0.5 },
    disturbance: { duplicate: 0.25, late: 0.2, ackLost: 0.15 },
  },
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export function disturbanceOf(level: FaultLevel): Disturbance {
  return LEVELS[level].disturbance;
}

export function windowFaultsOf(level: FaultLevel): WindowFaults {
  return LEVELS[level].window;
}

/** Faults of one terminal with from <= at < to, in order of time; the same for the same seed and name. */
export function planFaults(level: FaultLevel, seed: number, name: string, span: { from: number; to: number }): Fault[] {
  const { perDay } = LEVELS[level];
  const random = (kind: string): Random => seededRandom(seed, name, 'faults', kind);
  return [
    ...eventsOf(random('offline'), perDay.offline, span, offline),
    ...eventsOf(random('kill'), perDay.kill, span, (_, at) => ({ kind: 'kill', at })),
    ...eventsOf(random('reboot'), perDay.reboot, span, reboot),
  ].sort((a, b) => a.at - b.at);
}

function eventsOf(
  random: Random,
  perDay: number,
  { from, to }: { from: number; to: number },
  make: (random: Random, at: number) => Fault,
): Fault[] {
  const faults: Fault[] = [];
  if (perDay === 0) return faults;
  for (
    let at = from + drawExponential(random, DAY_MS / perDay);
    at < to;
    at += drawExponential(random, DAY_MS / perDay)
  ) {
    faults.push(make(random, Math.floor(at)));
  }
  return faults;
}

/** Minutes as often as days. */
function offline(random: Random, at: number): Fault {
  return { kind: 'offline', at, until: Math.floor(at + 2 * MINUTE_MS * 2_000 ** random()) };
}

function reboot(random: Random, at: number): Fault {
  const upAt = Math.floor(at + drawBetween(random, 0.5, 90) * MINUTE_MS);
  const never = drawChance(random, 0.25);
  const syncsAt = never ? Number.POSITIVE_INFINITY : Math.floor(upAt + 5_000 * 2_000 ** random());
  return {
    kind: 'reboot',
    at,
    upAt,
    graceful: drawChance(random, 0.4),
    syncsAt,
    wallErrors: wrongClock(random, at, upAt),
  };
}

/** Without a battery the clock goes on from where it stopped, or begins in 1970, or is just wrong; some jump as well. */
function wrongClock(random: Random, at: number, upAt: number): WallError[] {
  const kind = random();
  const first = kind < 0.5 ? at - upAt : kind < 0.75 ? -upAt : Math.floor(drawBetween(random, -400, 400) * DAY_MS);
  const errors = [{ from: upAt, errorMs: first }];
  if (drawChance(random, 0.3)) {
    const from = Math.floor(upAt + drawBetween(random, 1, 120) * MINUTE_MS);
    errors.push({ from, errorMs: first + Math.floor(drawBetween(random, -26, 26) * HOUR_MS) });
  }
  return errors;
}
