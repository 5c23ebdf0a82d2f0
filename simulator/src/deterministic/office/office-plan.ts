import { drawBetween, drawChance, drawInteger } from '../../random/draw.js';
import { seededRandom } from '../../random/seeded-random.js';
import { oneOf } from '../plan.js';

/** What can go wrong where alerts are judged and reports are sent. */
export const OFFICE_FAULTS = {
  'gateway-kill': 'the gateway is killed between two effects, and started again',
  'gateway-stop': 'the gateway is stopped in good order and started again',
  'store-fails': 'the store takes and tells nothing',
  'receiver-down': 'the mail server cannot be reached',
  'receiver-busy': 'the mail server says not now',
  'receiver-refuses': 'the mail server says never',
  'receiver-hangs': 'the mail server takes a message and does not answer for a while',
  'clock-set': 'somebody sets the clock of the gateway, and later sets it right',
  unhappy: 'people are unhappy somewhere',
  'terminal-offline': 'a terminal is not heard',
  'by-hand': 'somebody acknowledges or closes an alert',
  'rule-changed': 'somebody switches a rule off, and on again',
  'recipient-changed': 'somebody changes who gets reports and notices',
} as const;
export type OfficeFault = keyof typeof OFFICE_FAULTS;
export const OFFICE_FAULT_KINDS = Object.keys(OFFICE_FAULTS) as OfficeFault[];

/** What one seed means here. */
export interface OfficePlan {
  seed: number;
  /** Mondays that are lived through; between them the gateway is off, or a week passes in no time. */
  mondays: number;
  /** Longest time before and after a call of the store or a message, ms. */
  callMs: number;
  /** How long faults go on each Monday, ms. */
  activeMs: number;
  faults: readonly OfficeFault[];
  faultGapMs: number;
  faultLengthMs: number;
  /** Only these still happen; absent: all. */
  keptFaults?: ReadonlySet<number>;
}

export function drawOfficePlan(seed: number): OfficePlan {
  const random = seededRandom(seed, 'office');
  const share = drawBetween(random, 0.3, 0.9);
  return {
    seed,
    mondays: drawInteger(random, 1, 3),
    callMs: oneOf(random, [0, 20, 500]),
    activeMs: drawInteger(random, 60, 150) * 60_000,
    faults: OFFICE_FAULT_KINDS.filter(() => drawChance(random, share)),
    faultGapMs: drawBetween(random, 2, 15) * 60_000,
    faultLengthMs: oneOf(random, [20_000, 4 * 60_000, 25 * 60_000]),
  };
}
