import type { Random } from '@hymio/protocol';
import { drawBetween, drawChance, drawInteger } from '../random/draw.js';
import { seededRandom } from '../random/seeded-random.js';
import { FAULT_KINDS, type FaultKind } from './fault-kinds.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What takes weeks to matter is made to happen in them. */
const OF_WEEKS: readonly FaultKind[] = ['long-unplugged', 'long-unplugged', 'gateway-restore', 'gateway-restore'];

/** How the clocks of a machine behave from boot to boot. */
export const CLOCK_HABITS = ['right', 'late', 'never', 'misled'] as const;
export type ClockHabit = (typeof CLOCK_HABITS)[number];

export interface TerminalPlan {
  id: string;
  clock: ClockHabit;
  /** Mean time between visits, ms. */
  visitGapMs: number;
  /** Once, this many presses in a row at once. */
  crowd: number;
}

/** What one seed means: a world, and the faults that may happen in it. */
export interface Plan {
  seed: number;
  /** `weeks`: few events over many days, for what only time brings out. */
  span: 'hours' | 'weeks';
  /** How long visitors and faults go on, ms. */
  activeMs: number;
  heartbeatMs: number;
  broker: 'embedded' | 'external';
  /** Longest one-way delay of a message, ms. */
  delayMs: number;
  duplicateChance: number;
  lateWillChance: number;
  /** Longest time before and after a COMMIT, ms. */
  commitMs: number;
  poisonChance: number;
  /** Presses lost at a power cut at most, because the card had not written what it said it had. */
  lyingCard: number;
  faults: readonly FaultKind[];
  /** Mean time between two faults, ms. */
  faultGapMs: number;
  /** Mean length of a fault that lasts, ms. */
  faultLengthMs: number;
  terminals: readonly TerminalPlan[];
  /** Whether operators change the registry. */
  operators: boolean;
  backups: boolean;
  /** Only these still happen; absent: all. */
  keptFaults?: ReadonlySet<number>;
  keptVisits?: ReadonlySet<string>;
}

/** Draws the plan of a seed. Each seed leaves out some faults, so that rare combinations are not drowned in noise. */
export function drawPlan(seed: number): Plan {
  const random = seededRandom(seed, 'plan');
  const span = drawChance(random, 0.05) ? 'weeks' : 'hours';
  const quiet = drawChance(random, 0.3);
  const faultShare = drawBetween(random, 0.15, 0.8);
  return {
    seed,
    span,
    activeMs: span === 'weeks' ? drawInteger(random, 10, 13) * DAY_MS : drawInteger(random, 8, 40) * MINUTE_MS,
    heartbeatMs: span === 'weeks' ? HOUR_MS : MINUTE_MS,
    broker: drawChance(random, 0.5) ? 'embedded' : 'external',
    delayMs: oneOf(random, [1, 20, 300, 1_500]),
    duplicateChance: oneOf(random, [0, 0, 0.01, 0.1]),
    lateWillChance: oneOf(random, [0, 0.3]),
    commitMs: oneOf(random, [0, 5, 200, 1_500]),
    poisonChance: oneOf(random, [0, 0, 0.01]),
    lyingCard: oneOf(random, [0, 0, 0, 3]),
    faults: [...FAULT_KINDS.filter(() => drawChance(random, faultShare)), ...(span === 'weeks' ? OF_WEEKS : [])],
    faultGapMs: span === 'weeks' ? 5 * HOUR_MS : (quiet ? 6 : drawBetween(random, 0.7, 3)) * MINUTE_MS,
    faultLengthMs: span === 'weeks' ? HOUR_MS : oneOf(random, [5_000, 40_000, 4 * MINUTE_MS]),
    terminals: drawTerminals(random, span),
    operators: true,
    backups: true,
  };
}

function drawTerminals(random: Random, span: Plan['span']): TerminalPlan[] {
  const habits: readonly ClockHabit[] = ['right', 'right', 'right', 'late', 'late', 'never', 'misled'];
  return Array.from({ length: drawInteger(random, 2, 5) }, (_, index) => {
    const clock = oneOf(random, habits);
    return {
      id: `terminal-${index + 1}`,
      // Without a time the firmware looks at its clock every second, which weeks of events cannot afford.
      clock: span === 'weeks' && clock === 'never' ? 'late' : clock,
      visitGapMs: span === 'weeks' ? drawBetween(random, 3, 12) * HOUR_MS : drawBetween(random, 15, 240) * 1_000,
      crowd: drawChance(random, 0.008) ? drawInteger(random, 300, 700) : 0,
    };
  });
}

export function oneOf<T>(random: Random, choices: readonly T[]): T {
  return choices[drawInteger(random, 0, choices.length - 1)] as T;
}
