/** What must be 0. */
export const CHECKS = [
  'lost',
  'doubled',
  'wrong rating',
  'wrong bucket',
  'wrong time',
  'wrongly marked repeat',
  'wrong aggregate',
] as const;
export type Check = (typeof CHECKS)[number];

/** How often a check failed, with the first examples in words. */
export interface Finding {
  check: Check;
  count: number;
  examples: string[];
}

export interface Verdict {
  findings: Finding[];
  /** Kept presses compared, presses in the store, and those of them whose terminal died before it could say kept. */
  kept: number;
  stored: number;
  unanswered: number;
  estimated: number;
}

const EXAMPLES = 10;

/** Collects failures by check. */
export class Findings {
  readonly #findings = new Map<Check, Finding>(CHECKS.map((check) => [check, { check, count: 0, examples: [] }]));

  add(check: Check, example: string): void {
    const finding = this.#findings.get(check) as Finding;
    finding.count += 1;
    if (finding.examples.length < EXAMPLES) finding.examples.push(example);
  }

  list(): Finding[] {
    return [...this.#findings.values()];
  }
}

export function isClean(verdict: Verdict): boolean {
  return verdict.findings.every(({ count }) => count === 0);
}

/** The verdict for people: what was compared, one line of counts, examples of what is wrong. */
export function describeVerdict({ findings, kept, stored, unanswered, estimated }: Verdict): string {
  const lines = [
    `compared ${kept} kept presses with ${stored} stored ones (${estimated} with estimated time, ` +
      `${unanswered} kept by a terminal that died before it could say so)`,
    findings.map(({ check, count }) => `${check} ${count}`).join(', '),
  ];
  for (const { check, count, examples } of findings) {
    if (count === 0) continue;
    lines.push('', `${check}: ${count}${count > examples.length ? `, the first ${examples.length}` : ''}`);
    lines.push(...examples.map((example) => `  ${example}`));
  }
  return lines.join('\n');
}
