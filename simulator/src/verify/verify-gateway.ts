import { setTimeout as sleep } from 'node:timers/promises';
import { HymioError } from '@hymio/protocol';
import type { LedgerContent } from '../ledger/read-ledger.js';
import { GatewayReader } from './gateway-reader.js';
import type { Verdict } from './verdict.js';
import { missingPresses, verifyRun } from './verify-run.js';

const POLL_MS = 250;

/**
 * Compares a ledger with a running gateway. Waits up to `waitMs` for kept presses that are still on their way.
 * Errors: HymioError `ledger-empty`, `gateway-address`, `gateway-unreachable`, `gateway-answer`.
 */
export async function verifyGateway(ledger: LedgerContent, gatewayUrl: string, waitMs = 0): Promise<Verdict> {
  if (ledger.kept.length === 0) {
    throw new HymioError(
      'ledger-empty',
      'The ledger holds no kept press.',
      'Let `fleet` run longer: --days, --terminals.',
    );
  }
  const reader = new GatewayReader(gatewayUrl);
  const deadline = performance.now() + waitMs;
  let presses = await reader.presses();
  while (missingPresses(ledger, presses).length > 0 && performance.now() < deadline) {
    await sleep(POLL_MS);
    presses = await reader.presses();
  }
  const windowOf = await reader.windows(new Set(presses.map(({ terminal }) => terminal)));
  return verifyRun(ledger, { presses, aggregates: await reader.aggregates(presses), windowOf });
}
