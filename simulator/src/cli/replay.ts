import { HymioError } from '@hymio/protocol';
import { applyCut, readCut } from '../deterministic/cut.js';
import { describeFailure, describeSeed } from '../deterministic/describe-seed.js';
import { describeIdentity } from '../deterministic/identity/describe-identity.js';
import { simulateIdentity } from '../deterministic/identity/simulate-identity.js';
import { describeOffice } from '../deterministic/office/describe-office.js';
import { applyOfficeCut } from '../deterministic/office/office-cut.js';
import { simulateOffice } from '../deterministic/office/simulate-office.js';
import { simulateSeed } from '../deterministic/simulate-seed.js';

interface Given {
  seed: number;
  verbose?: boolean;
  /** What is left of the seed's plan. */
  cut?: string;
  /** A seed of the other world, where alerts ring and reports go out. */
  office?: boolean;
  /** A seed of the world in which terminals enrol and renew. */
  identity?: boolean;
}

/** Runs one seed again, event by event as before; exit code 1 where it fails. Error: `option-invalid`. */
export async function replay({ seed, verbose, cut = '', office, identity }: Given): Promise<void> {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new HymioError('option-invalid', '--seed is not a whole number.', 'Give the seed that the failure printed.');
  }
  const print = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  const left = readCut(cut);
  if (office) {
    const result = await simulateOffice(seed, {
      replan: (plan) => applyOfficeCut(plan, left),
      ...(verbose ? { onLine: print } : {}),
    });
    print(describeOffice(result, cut));
    if (result.breach !== undefined) process.exitCode = 1;
    return;
  }
  if (identity) {
    const result = await simulateIdentity(seed, verbose ? { onLine: print } : {});
    print(describeIdentity(result));
    if (result.breach !== undefined) process.exitCode = 1;
    return;
  }
  const result = await simulateSeed(seed, {
    replan: (plan) => applyCut(plan, left),
    ...(verbose ? { onLine: print } : {}),
  });
  print(result.breach === undefined ? describeSeed(result) : describeFailure(result, cut));
  if (result.breach !== undefined) process.exitCode = 1;
}
