import { applyCut, CALMED, type Cut, describeCut } from './cut.js';
import { describeFailure } from './describe-seed.js';
import { shrinkList } from './shrink-list.js';
import { type SeedResult, type SimulateOptions, simulateSeed } from './simulate-seed.js';

/** Nobody waits longer for a smaller plan than for so many runs of it. */
const MOST_RUNS = 600;

export interface Shrunk {
  cut: Cut;
  /** The smallest run that still breaks the same promise. */
  result: SeedResult;
  /** How many runs it took. */
  runs: number;
}

/** The smallest plan found in which a failed seed breaks the same promise: fewer faults, terminals, visits, less time. */
export async function shrinkSeed(failed: SeedResult, options: SimulateOptions = {}): Promise<Shrunk> {
  let best: Shrunk = { cut: {}, result: failed, runs: 0 };
  let runs = 0;
  const tries = async (change: Cut): Promise<boolean> => {
    if (runs >= MOST_RUNS) return false;
    runs += 1;
    const cut = { ...best.cut, ...change };
    const replan = (plan: SeedResult['plan']) => applyCut(options.replan?.(plan) ?? plan, cut);
    const result = await simulateSeed(failed.plan.seed, { ...options, replan });
    if (result.breach?.code !== failed.breach?.code) return false;
    best = { cut, result, runs };
    return true;
  };
  const numbers = failed.faults.map(({ number }) => number);
  const terminals = failed.plan.terminals.map(({ id }) => id);
  await shrinkList(numbers, (faults) => tries({ faults }));
  await shrinkList(terminals, async (some) => some.length > 0 && tries({ terminals: some }));
  for (const name of CALMED) await tries({ without: [...(best.cut.without ?? []), name] });
  await shrinkList(best.result.visits, (visits) => tries({ visits }));
  for (let endMs = best.result.plan.activeMs / 2; endMs >= 1_000; endMs /= 2) {
    if (!(await tries({ endMs: Math.ceil(endMs) }))) break;
  }
  // Less around it may have made more of them needless.
  await shrinkList(best.cut.faults ?? numbers, (faults) => tries({ faults }));
  return { ...best, runs };
}

/** What a person reads of it: the command that repeats it, and what happens in it. */
export function describeShrunk({ cut, result, runs }: Shrunk): string {
  const { faults, terminals, visits } = cut;
  const left = [
    `${result.faults.length} faults${faults === undefined ? '' : ` (${faults.join(', ')})`}`,
    `${result.plan.terminals.length} terminals${terminals === undefined ? '' : ` (${terminals.join(', ')})`}`,
    `${result.visits.length} visits${visits === undefined ? '' : ` (${visits.join(', ')})`}`,
  ];
  return [
    `smallest plan that fails so, after ${runs} runs: ${left.join(', ')}`,
    describeFailure(result, describeCut(cut)),
  ].join('\n');
}
