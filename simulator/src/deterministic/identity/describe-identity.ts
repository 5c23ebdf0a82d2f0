import type { IdentityResult } from './simulate-identity.js';

/** What a seed of certificates came to: one line where it held, otherwise how to repeat it, its faults and last events. */
export function describeIdentity(result: IdentityResult): string {
  const { plan, breach, faults, lastLines, enrolled, renewed, traceHash } = result;
  if (breach === undefined) {
    const told = `${plan.terminals.length} terminals, ${enrolled} enrolments, ${renewed} renewals, ${faults.length} faults`;
    return `identity seed ${plan.seed} held: ${told}, trace ${traceHash}`;
  }
  return [
    `identity seed ${plan.seed} failed: ${breach.code}`,
    `  ${breach.detail}`,
    `replay it with: npm run simulator -- replay --identity --seed ${plan.seed} --verbose`,
    'faults:',
    ...faults.map(({ number, kind, detail }) => `  ${number} ${kind}: ${detail}`),
    'last events:',
    ...lastLines,
  ].join('\n');
}
