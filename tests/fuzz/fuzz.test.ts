import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { testWith } from '../support/requirements.js';
import { ALL_FUZZED } from './all-fuzzed.js';
import { fuzzBudget } from './fuzz-budget.js';
import type { Fuzzed, FuzzProperty } from './fuzzed.js';

const budget = fuzzBudget();
const wanted = ALL_FUZZED.filter(({ topic }) => budget.topics.length === 0 || budget.topics.includes(topic));
const timeMs = budget.timeMs(wanted.length);
const tried: string[] = [];
/** For making an input that fails as small as it can be. */
const SHRINK_MS = 60_000;

describe.each([...new Set(wanted.map(({ topic }) => topic))])('odd input: %s', (of) => {
  for (const one of wanted.filter(({ topic }) => topic === of)) {
    testWith(one.needs ?? [], one.name, () => fuzz(one), budget.timeoutMs);
  }
});

it('has names that tell one property from another', () => {
  expect(new Set(ALL_FUZZED.map(({ name }) => name)).size).toBe(ALL_FUZZED.length);
});

// A run of minutes says what it did; in `npm test` the green line is enough.
afterAll(() => {
  if (timeMs !== undefined) process.stdout.write(`${tried.join('\n')}\n`);
});

async function fuzz({ topic, name, runs, start }: Fuzzed): Promise<void> {
  const { property, stop } = await start();
  try {
    const result = await fc.check(property, howMuch(runs));
    tried.push(`${String(result.numRuns).padStart(9)} inputs  ${topic}: ${name}`);
    if (result.failed) throw await failure(topic, property, result);
  } finally {
    await stop();
  }
}

function howMuch(runs: number): fc.Parameters<unknown> {
  const { seed, path } = budget;
  if (seed !== undefined && path !== undefined) return { seed, path, numRuns: 1 };
  if (timeMs === undefined) return { numRuns: runs, ...(seed !== undefined && { seed }) };
  // As long as somebody waits for it: other input each time.
  return {
    seed: seed ?? randomInt(2 ** 31),
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: timeMs,
  };
}

/** The smallest input that was found, and how to see it again. The time that was given may have ended before it was small. */
async function failure(topic: string, property: FuzzProperty, found: fc.RunDetails<unknown>): Promise<Error> {
  const { seed, counterexamplePath } = found;
  const path = counterexamplePath ?? '';
  const smaller = await fc.check(property, { seed, path, numRuns: 1, interruptAfterTimeLimit: SHRINK_MS });
  const result = smaller.failed ? smaller : found;
  const again = `npm run fuzz -- --only ${topic} --seed ${seed} --path "${result.counterexamplePath}"`;
  return new Error(`${fc.defaultReportMessage(result)}\nThe same again: ${again}`, { cause: result.errorInstance });
}
