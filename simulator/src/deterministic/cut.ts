import { HymioError } from '@hymio/protocol';
import type { Plan } from './plan.js';

/** What makes a world less simple without being a fault with a time of its own, and how it is taken out of a plan. */
const CALMING: Readonly<Record<string, (plan: Plan) => Partial<Plan>>> = {
  crowds: ({ terminals }) => ({ terminals: terminals.map((terminal) => ({ ...terminal, crowd: 0 })) }),
  duplicates: () => ({ duplicateChance: 0 }),
  'late-wills': () => ({ lateWillChance: 0 }),
  poison: () => ({ poisonChance: 0 }),
  'lying-cards': () => ({ lyingCard: 0 }),
  'slow-network': () => ({ delayMs: 1 }),
  'slow-commits': () => ({ commitMs: 0 }),
  operators: () => ({ operators: false }),
  backups: () => ({ backups: false }),
  'wrong-clocks': ({ terminals }) => ({ terminals: terminals.map((terminal) => ({ ...terminal, clock: 'right' })) }),
};
export const CALMED = Object.keys(CALMING);

/** What is left of a plan. Everything absent is left as it is. */
export interface Cut {
  /** Numbers of the faults that still happen. */
  faults?: readonly number[];
  /** Visits that still happen, as `terminal-1:7`. */
  visits?: readonly string[];
  /** Ids of the terminals that there still are. */
  terminals?: readonly string[];
  /** When everything heals, ms from the start. */
  endMs?: number;
  /** Names of what is taken out, see CALMED. */
  without?: readonly string[];
}

/** A plan with less in it. What stays happens as before, as far as it does not depend on what is gone. */
export function applyCut(plan: Plan, { faults, visits, terminals, endMs, without = [] }: Cut): Plan {
  let left: Plan = {
    ...plan,
    activeMs: Math.min(plan.activeMs, endMs ?? plan.activeMs),
    terminals: plan.terminals.filter(({ id }) => terminals?.includes(id) ?? true),
    ...(faults === undefined ? {} : { keptFaults: new Set(faults) }),
    ...(visits === undefined ? {} : { keptVisits: new Set(visits) }),
  };
  for (const name of without) left = { ...left, ...CALMING[name]?.(left) };
  return left;
}

/** One word for the command line: `faults=3,7/terminals=terminal-1/without=poison`. */
export function describeCut(cut: Cut): string {
  return Object.entries(cut)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : value}`)
    .join('/');
}

/** The opposite of `describeCut`. Error: HymioError `option-invalid`. */
export function readCut(text: string): Cut {
  const cut: Cut = {};
  for (const part of text.split('/').filter((each) => each !== '')) {
    const [name = '', value = ''] = part.split('=');
    const list = value.split(',').filter((each) => each !== '');
    if (name === 'faults' && list.every(isNumber)) cut.faults = list.map(Number);
    else if (name === 'visits') cut.visits = list;
    else if (name === 'terminals') cut.terminals = list;
    else if (name === 'endMs' && isNumber(value)) cut.endMs = Number(value);
    else if (name === 'without' && list.every((each) => CALMED.includes(each))) cut.without = list;
    else {
      const expected = 'Give it as the failure printed it, such as faults=3,7/terminals=terminal-1.';
      throw new HymioError('option-invalid', `--cut has ${part}, which is nothing to cut.`, expected);
    }
  }
  return cut;
}

function isNumber(text: string): boolean {
  return /^\d+$/.test(text);
}
