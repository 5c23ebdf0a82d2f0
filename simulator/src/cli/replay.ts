import { HymioError } from '@hymio/protocol';
import { describeFailure, describeSeed } from '../deterministic/describe-seed.js';
import { simulateSeed } from '../deterministic/simulate-seed.js';

/** Runs one seed again, event by event as before; exit code 1 where it fails. Error: `option-invalid`. */
export async function replay({ seed, verbose }: { seed: number; verbose?: boolean }): Promise<void> {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new HymioError('option-invalid', '--seed is not a whole number.', 'Give the seed that the failure printed.');
  }
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const result = await simulateSeed(seed, verbose ? { onLine: print } : {});
  print(result.breach === undefined ? describeSeed(result) : describeFailure(result));
  if (result.breach !== undefined) process.exitCode = 1;
}
