import { type Check, GatewayReader, isClean, type LedgerContent, type Verdict, verifyGateway } from '@hymio/simulator';
import type { GatewayProgram } from '../support/gateway-program.js';
import { until } from '../support/until.js';

/** Times are drawn by the machine under test itself; other tests look at them. */
const NOT_OF_POWER: readonly Check[] = ['wrong bucket', 'wrong time'];

/** What the gateway says that is missing of a terminal. */
interface Troubles {
  lost: { from: number; to: number }[];
  incidents: object[];
}

/** What came of the presses of some terminals in the store. */
export interface Judgement {
  verdict: Verdict;
  /** Presses that the gateway says are lost. */
  accounted: number;
  incidents: object[];
}

/** All ledgers as one. */
export function joinLedgers(ledgers: readonly LedgerContent[]): LedgerContent {
  return {
    runs: ledgers.flatMap(({ runs }) => runs),
    kept: ledgers.flatMap(({ kept }) => kept),
    unanswered: ledgers.flatMap(({ unanswered }) => unanswered),
  };
}

/** Waits until a press is in the store: a terminal delivers in order, so that all its older ones have been delivered then. */
export async function delivered(gateway: GatewayProgram, press: { epoch: string; seq: number }): Promise<void> {
  const reader = new GatewayReader(gateway.http);
  await until(
    `press ${press.epoch} ${press.seq} is in the store`,
    () => reader.presses(),
    (presses) => presses.some(({ epoch, seq }) => epoch === press.epoch && seq === press.seq),
  );
}

/** Compares what was thanked for with what the store holds, press by press. */
export async function judgeStore(
  gateway: GatewayProgram,
  terminals: readonly string[],
  ledger: LedgerContent,
): Promise<Judgement> {
  const verdict = await verifyGateway(ledger, gateway.http);
  const troubles = await Promise.all(terminals.map((id) => gateway.json<Troubles>(`/api/v1/terminals/${id}`)));
  return {
    verdict: { ...verdict, findings: verdict.findings.filter(({ check }) => !NOT_OF_POWER.includes(check)) },
    accounted: troubles.flatMap(({ lost }) => lost).reduce((sum, { from, to }) => sum + to - from + 1, 0),
    incidents: troubles.flatMap(({ incidents }) => incidents),
  };
}

/** What is wrong with it where nothing may be; `starts`: each may have had no time to say one press. Empty: nothing. */
export function faultsOf({ verdict, accounted, incidents }: Judgement, starts: number): string[] {
  const faults = isClean(verdict)
    ? []
    : verdict.findings.flatMap(({ check, count, examples }) =>
        count === 0 ? [] : [`${check}: ${count}, such as ${examples[0]}`],
      );
  if (accounted > 0) faults.push(`${accounted} presses are recorded as lost`);
  if (incidents.length > 0) faults.push(`incidents: ${JSON.stringify(incidents)}`);
  if (verdict.unanswered > starts) faults.push(`${verdict.unanswered} presses came from nowhere`);
  return faults;
}
