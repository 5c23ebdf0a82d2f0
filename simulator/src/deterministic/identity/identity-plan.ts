import { drawBetween, drawChance, drawInteger } from '../../random/draw.js';
import { seededRandom } from '../../random/seeded-random.js';
import { oneOf } from '../plan.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What can go wrong with identities, each with a line for the reader of a failure. */
export const IDENTITY_FAULTS = {
  'kill-firmware': 'the firmware is killed, at an event or between two effects of one',
  'power-cut': 'a terminal loses power, and what its card had not flushed',
  unplugged: 'a terminal has no network',
  'answers-lost': 'what the gateway answers a terminal does not arrive, or too late',
  'clock-wrong': 'a terminal boots with a clock that is wrong until the network sets it',
  'gateway-kill': 'the gateway is killed, at an event or between two effects of one',
  'gateway-restore': 'the store of the gateway is restored from an earlier backup',
  'store-fails': 'one call of the store fails',
  'shut-out': 'an administrator shuts a terminal out: it was stolen, or it was the wrong one',
  'enrolled-anew': 'a terminal is enrolled again though its certificate holds',
  'code-again': 'another code is made for a terminal, before the one before was used',
  'code-withdrawn': 'a code is withdrawn before it is used',
  'code-late': 'a code is used a day late',
  'code-copied': 'a code is typed on a second machine with the same id as well',
} as const;
export type IdentityFault = keyof typeof IDENTITY_FAULTS;
export const IDENTITY_FAULT_KINDS = Object.keys(IDENTITY_FAULTS) as IdentityFault[];

/** What one seed of the world of certificates means. */
export interface IdentityPlan {
  seed: number;
  terminals: readonly string[];
  /** How long people and faults go on each time, ms. */
  activeMs: number;
  /** How long everything is switched off between, ms. */
  gapsMs: readonly number[];
  faults: readonly IdentityFault[];
  /** Mean time between two faults, ms. */
  faultGapMs: number;
  /** Mean length of a fault that lasts, ms. */
  faultLengthMs: number;
  /** Chance that something dies or is lost over a request. */
  overRequestChance: number;
  /** Longest one-way delay of a message, ms. */
  delayMs: number;
  /** Longest time before and after a call of the store takes effect, ms. */
  callMs: number;
  /** Only these still happen; absent: all. */
  keptFaults?: ReadonlySet<number>;
}

/** Draws the plan of a seed. */
export function drawIdentityPlan(seed: number): IdentityPlan {
  const random = seededRandom(seed, 'identity plan');
  const share = drawChance(random, 0.15) ? 0 : drawBetween(random, 0.2, 0.9);
  return {
    seed,
    terminals: Array.from({ length: drawInteger(random, 1, 3) }, (_, index) => `terminal-${index + 1}`),
    activeMs: drawInteger(random, 16, 40) * HOUR_MS,
    gapsMs: Array.from({ length: drawInteger(random, 1, 2) }, () => drawGap()),
    faults: IDENTITY_FAULT_KINDS.filter(() => drawChance(random, share)),
    faultGapMs: drawBetween(random, 0.5, 5) * HOUR_MS,
    faultLengthMs: oneOf(random, [30_000, 20 * MINUTE_MS, 3 * HOUR_MS]),
    overRequestChance: share === 0 ? 0 : oneOf(random, [0, 0.3, 0.6]),
    delayMs: oneOf(random, [1, 300, 4_000]),
    callMs: oneOf(random, [0, 20, 2_000]),
  };

  /** Mostly to where a renewal falls due (two thirds of 397 days); at times to where a certificate is about to end or did. */
  function drawGap(): number {
    const days = drawChance(random, 0.65)
      ? drawBetween(random, 259, 263.5)
      : oneOf(random, [drawBetween(random, 300, 380), drawBetween(random, 393, 424), drawBetween(random, 430, 500)]);
    return Math.round(days * DAY_MS);
  }
}
