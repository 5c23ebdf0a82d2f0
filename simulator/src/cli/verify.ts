import { readLedger } from '../ledger/read-ledger.js';
import { describeVerdict, isClean } from '../verify/verdict.js';
import { verifyGateway } from '../verify/verify-gateway.js';
import { readVerifyOptions } from '../verify/verify-options.js';

/** Prints the comparison; exit code 1 where anything is not 0. */
export async function verify({ config, ...given }: { config?: string }): Promise<void> {
  const { ledger, gateway, waitSeconds } = readVerifyOptions(given, config);
  const verdict = await verifyGateway(readLedger(ledger), gateway, waitSeconds * 1_000);
  process.stdout.write(`${describeVerdict(verdict)}\n`);
  if (!isClean(verdict)) process.exitCode = 1;
}
