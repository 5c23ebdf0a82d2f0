import type { ReachedCounts } from './reached.js';
import { TRANSITIONS } from './transitions.js';

/** Where a run was, compared with the table of transitions. */
export interface ReachedDifference {
  /** Taken, and not in the table. */
  unknown: string[];
  /** In the table as taken often, and never taken. */
  missing: string[];
  /** Taken, though the table explains why it cannot be. */
  explainedAway: string[];
}

/** Compares what was reached of some machines with the table. */
export function compareReached(reached: ReachedCounts, machines: readonly string[]): ReachedDifference {
  const difference: ReachedDifference = { unknown: [], missing: [], explainedAway: [] };
  for (const machine of machines) {
    const table = TRANSITIONS[machine] ?? {};
    for (const [transition, expected] of Object.entries(table)) {
      const name = `${machine}: ${transition}`;
      if (typeof expected === 'object' && name in reached) difference.explainedAway.push(name);
      if (expected === 'often' && !(name in reached)) difference.missing.push(name);
    }
    const prefix = `${machine}: `;
    const taken = Object.keys(reached).filter((name) => name.startsWith(prefix));
    difference.unknown.push(...taken.filter((name) => !(name.slice(prefix.length) in table)));
  }
  return difference;
}

/** For a person: each machine with its transitions and how often they were taken, and why some never are. */
export function describeReached(reached: ReachedCounts, machines: readonly string[]): string {
  return machines.flatMap((machine) => describeMachine(machine, reached)).join('\n');
}

function describeMachine(machine: string, reached: ReachedCounts): string[] {
  const table = TRANSITIONS[machine] ?? {};
  const prefix = `${machine}: `;
  const unknown = Object.keys(reached)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((transition) => !(transition in table));
  const all = [...Object.keys(table), ...unknown];
  const taken = all.filter((transition) => prefix + transition in reached);
  return [
    `${machine}: ${taken.length} of ${all.length} transitions taken`,
    ...all.map((transition) => {
      const expected = table[transition];
      const why = typeof expected === 'object' ? `  (${expected.never})` : '';
      return `${String(reached[prefix + transition] ?? 'never').padStart(10)}  ${transition}${why}`;
    }),
  ];
}
