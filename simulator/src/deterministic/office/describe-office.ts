import type { OfficeResult } from './simulate-office.js';

/**
 * What a seed of the office came to: one line where it held, otherwise how to repeat it, its faults and last events. `cut`:
 * what was left of its plan, as `describeCut` writes it.
 */
export function describeOffice(result: OfficeResult, cut = ''): string {
  const { plan, breach, faults, lastLines, alerts, weeks, mails, messages, traceHash } = result;
  if (breach === undefined) {
    const told = `${alerts} alerts, ${weeks} weeks, ${mails} mails, ${messages} messages, ${faults.length} faults`;
    return `office seed ${plan.seed} held: ${told}, trace ${traceHash}`;
  }
  return [
    `office seed ${plan.seed} failed: ${breach.code}`,
    `  ${breach.detail}`,
    `replay it with: npm run simulator -- replay --office --seed ${plan.seed}${cut === '' ? '' : ` --cut ${cut}`} --verbose`,
    'faults:',
    ...faults.map(({ number, kind, detail }) => `  ${number} ${kind}: ${detail}`),
    'last events:',
    ...lastLines,
  ].join('\n');
}
