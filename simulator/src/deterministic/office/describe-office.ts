import type { OfficeResult } from './simulate-office.js';

/** What a seed of the office came to: one line where it held, otherwise how to repeat it, its faults and last events. */
export function describeOffice(result: OfficeResult): string {
  const { plan, breach, faults, lastLines, alerts, weeks, mails, messages, traceHash } = result;
  if (breach === undefined) {
    const told = `${alerts} alerts, ${weeks} weeks, ${mails} mails, ${messages} messages, ${faults.length} faults`;
    return `office seed ${plan.seed} held: ${told}, trace ${traceHash}`;
  }
  return [
    `office seed ${plan.seed} failed: ${breach.code}`,
    `  ${breach.detail}`,
    `replay it with: npm run simulator -- replay --office --seed ${plan.seed} --verbose`,
    'faults:',
    ...faults.map(({ number, kind, detail }) => `  ${number} ${kind}: ${detail}`),
    'last events:',
    ...lastLines,
  ].join('\n');
}
