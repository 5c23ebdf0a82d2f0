import { type Cut, describeCut } from '../cut.js';
import { shrinkList } from '../shrink-list.js';
import { describeOffice } from './describe-office.js';
import { applyOfficeCut } from './office-cut.js';
import { type OfficeOptions, type OfficeResult, simulateOffice } from './simulate-office.js';

/** Nobody waits longer for a smaller plan than for so many runs of it. */
const MOST_RUNS = 300;

export interface ShrunkOffice {
  cut: Cut;
  /** The smallest run that still breaks the same promise. */
  result: OfficeResult;
  /** How many runs it took. */
  runs: number;
}

/** The smallest plan found in which a failed seed of the office breaks the same promise: fewer faults, less time. */
export async function shrinkOffice(failed: OfficeResult, options: OfficeOptions = {}): Promise<ShrunkOffice> {
  let best: ShrunkOffice = { cut: {}, result: failed, runs: 0 };
  let runs = 0;
  const tries = async (change: Cut): Promise<boolean> => {
    if (runs >= MOST_RUNS) return false;
    runs += 1;
    const cut = { ...best.cut, ...change };
    const replan = (plan: OfficeResult['plan']) => applyOfficeCut(options.replan?.(plan) ?? plan, cut);
    const result = await simulateOffice(failed.plan.seed, { ...options, replan });
    if (result.breach?.code !== failed.breach?.code) return false;
    best = { cut, result, runs };
    return true;
  };
  await shrinkList(
    failed.faults.map(({ number }) => number),
    (faults) => tries({ faults }),
  );
  for (let endMs = failed.plan.activeMs / 2; endMs >= 60_000; endMs /= 2) {
    if (!(await tries({ endMs: Math.ceil(endMs) }))) break;
  }
  return { ...best, runs };
}

/** What a person reads of it: the command that repeats it, and what happens in it. */
export function describeShrunkOffice({ cut, result, runs }: ShrunkOffice): string {
  const { faults } = cut;
  const left = `${result.faults.length} faults${faults === undefined ? '' : ` (${faults.join(', ')})`}`;
  return [`smallest plan that fails so, after ${runs} runs: ${left}`, describeOffice(result, describeCut(cut))].join(
    '\n',
  );
}
