import type { SeedResult } from './simulate-seed.js';

/**
 * What a failed seed tells: which promise broke, the command that replays it, the faults and the last events. `cut`: what
 * was left of its plan, as `describeCut` writes it.
 */
export function describeFailure(result: SeedResult, cut = ''): string {
  const { breach, plan, faults, lastLines } = result;
  return [
    `seed ${plan.seed} failed: ${breach?.code ?? 'nothing'}`,
    `  ${breach?.detail ?? ''}`,
    `replay it with: npm run simulator -- replay --seed ${plan.seed}${cut === '' ? '' : ` --cut ${cut}`} --verbose`,
    '',
    ...describePlan(result),
    '',
    'faults:',
    ...faults.map(
      ({ number, atMs, kind, detail }) => `${(atMs / 1000).toFixed(3).padStart(12)} s  ${number} ${kind}: ${detail}`,
    ),
    '',
    'last events:',
    ...lastLines,
  ].join('\n');
}

/** One line for a seed that held. */
export function describeSeed({ plan, presses, thanked, stored, lost, faults, events, traceHash }: SeedResult): string {
  return (
    `seed ${plan.seed} held: ${plan.terminals.length} terminals, ${presses} presses, ${thanked} thanked for, ` +
    `${stored} stored, ${lost} recorded as lost, ${faults.length} faults, ${events} events, trace ${traceHash}`
  );
}

function describePlan({ plan, traceHash }: SeedResult): string[] {
  const { terminals, broker, span, delayMs, duplicateChance, commitMs, lyingCard } = plan;
  return [
    `terminals: ${terminals.map(({ id, clock }) => `${id} (clock ${clock})`).join(', ')}`,
    `world: ${span}, ${broker} broker, delays to ${delayMs} ms, duplicates ${duplicateChance * 100} %, ` +
      `commits to ${commitMs} ms, a power cut loses ${lyingCard} presses at most; trace ${traceHash}`,
  ];
}
