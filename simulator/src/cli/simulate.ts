import { HymioError } from '@hymio/protocol';
import { describeFailure } from '../deterministic/describe-seed.js';
import { describeTally, simulateSeeds } from '../deterministic/simulate-seeds.js';

/** Runs many seeds of the deterministic simulation; exit code 1 where any of them fails. Error: `option-invalid`. */
export async function simulate({ seeds }: { seeds: string }): Promise<void> {
  const { from, to } = readRange(seeds);
  const tally = await simulateSeeds(from, to, {
    onSeed: (result) => {
      if (result.breach !== undefined) process.stdout.write(`${describeFailure(result)}\n\n`);
    },
  });
  process.stdout.write(`${describeTally(tally)}\n`);
  if (tally.failed.length > 0) {
    process.stdout.write(`failed: ${tally.failed.map(({ plan }) => plan.seed).join(', ')}\n`);
    process.exitCode = 1;
  }
}

function readRange(text: string): { from: number; to: number } {
  const match = /^(\d+)(?:\.\.(\d+))?$/.exec(text);
  const from = Number(match?.[1] ?? Number.NaN);
  const to = Number(match?.[2] ?? from);
  if (!(from <= to)) {
    throw new HymioError('option-invalid', `--seeds ${text} is not a range.`, 'Write it as 1..1000.');
  }
  return { from, to };
}
