import type { KeptPress, UnansweredPress } from '../ledger/ledger-line.js';
import type { LedgerContent } from '../ledger/read-ledger.js';
import type { ExportedPress, StoreView } from './exported.js';
import { bucketOf, cellKey, countedAt, pressKey, recountBuckets, recountRepeats } from './recount.js';
import { Findings, type Verdict } from './verdict.js';

/** Rounding of wall and boot clock may move a press this far over the edge of its bucket, ms. */
const EDGE_MS = 20;
/** A synced or corrected time is never further from the truth, ms. */
const CERTAIN_MS = 1_000;
/** A press that its terminal did not live to confirm is recognised by its time, if that is certain. */
const UNANSWERED_MS = 60_000;

/** Compares what a run's terminals were told with what the store holds, press by press. Pure. */
export function verifyRun(ledger: LedgerContent, store: StoreView): Verdict {
  const findings = new Findings();
  const stored = firstOfEach(store.presses, findings);
  for (const kept of ledger.kept) compare(kept, stored.get(pressKey(kept)), findings);
  const unanswered = accountForOthers(ledger, [...stored.values()], findings);
  checkRepeats(store, findings);
  checkAggregates(store, findings);
  return {
    findings: findings.list(),
    kept: ledger.kept.length,
    stored: store.presses.length,
    unanswered,
    estimated: store.presses.filter(({ clock }) => clock === 'estimated').length,
  };
}

/** Kept presses that the store does not hold (yet). */
export function missingPresses(ledger: LedgerContent, presses: readonly ExportedPress[]): KeptPress[] {
  const stored = new Set(presses.map(pressKey));
  return ledger.kept.filter((kept) => !stored.has(pressKey(kept)));
}

function firstOfEach(presses: readonly ExportedPress[], findings: Findings): Map<string, ExportedPress> {
  const stored = new Map<string, ExportedPress>();
  for (const press of presses) {
    const key = pressKey(press);
    if (stored.has(key)) findings.add('doubled', `${key} is in the store more than once`);
    else stored.set(key, press);
  }
  return stored;
}

function compare(kept: KeptPress, press: ExportedPress | undefined, findings: Findings): void {
  const key = pressKey(kept);
  const pressed = `${key}, rating ${kept.rating}, pressed ${iso(kept.trueAt)} (its clock said ${iso(kept.wallAt)})`;
  if (press === undefined) {
    findings.add('lost', pressed);
    return;
  }
  if (press.rating !== kept.rating) findings.add('wrong rating', `${pressed}: stored with rating ${press.rating}`);
  const errorMs = Math.abs(press.at - kept.trueAt);
  const claim = `${pressed}: stored at ${iso(press.at)} as ${press.clock}`;
  if (press.clock === 'estimated') {
    const { uncertaintyMs } = press;
    if (typeof uncertaintyMs !== 'number') findings.add('wrong bucket', `${claim} without its uncertainty`);
    else if (errorMs > uncertaintyMs)
      findings.add('wrong bucket', `${claim} ± ${uncertaintyMs} ms, off by ${errorMs} ms`);
    return;
  }
  if (bucketOf(countedAt(press)) !== bucketOf(kept.trueAt) && errorMs > EDGE_MS) {
    findings.add('wrong bucket', `${claim}, off by ${errorMs} ms`);
  }
  if (errorMs > CERTAIN_MS) findings.add('wrong time', `${claim}, off by ${errorMs} ms`);
}

/**
 * Presses of the run's terminals that no one was told of. Each must be one that a terminal was asked to keep as it
 * died; otherwise it is a press counted under two identities, or one that nobody made. Returns how many are explained.
 */
function accountForOthers(ledger: LedgerContent, stored: readonly ExportedPress[], findings: Findings): number {
  const told = new Set(ledger.kept.map(pressKey));
  const epochs = new Set(ledger.kept.map(({ epoch }) => epoch));
  const began = beginnings(ledger);
  const open = [...ledger.unanswered];
  let explained = 0;
  for (const press of stored) {
    if (told.has(pressKey(press))) continue;
    const ofThisRun = epochs.has(press.epoch) || countedAt(press) >= (began.get(press.terminal) ?? Infinity);
    if (!ofThisRun) continue;
    const index = open.findIndex((asked) => couldBe(asked, press));
    if (index === -1) {
      findings.add(
        'doubled',
        `${pressKey(press)}, rating ${press.rating}, at ${iso(press.at)}: no such press was made`,
      );
    } else {
      open.splice(index, 1);
      explained += 1;
    }
  }
  return explained;
}

function beginnings({ runs }: LedgerContent): Map<string, number> {
  const began = new Map<string, number>();
  for (const { terminals, from } of runs) {
    for (const terminal of terminals) began.set(terminal, Math.min(from, began.get(terminal) ?? from));
  }
  return began;
}

function couldBe(asked: UnansweredPress, press: ExportedPress): boolean {
  if (asked.terminal !== press.terminal || asked.rating !== press.rating) return false;
  const slackMs = press.clock === 'estimated' ? (press.uncertaintyMs ?? Infinity) : UNANSWERED_MS;
  return Math.abs(asked.trueAt - press.at) <= slackMs + UNANSWERED_MS;
}

function checkRepeats({ presses, windowOf }: StoreView, findings: Findings): void {
  const repeats = recountRepeats(presses, windowOf);
  for (const press of presses) {
    const repeat = repeats.has(pressKey(press));
    if (repeat === press.repeat) continue;
    const marked = press.repeat ? 'marked as a repeat, is none' : 'a repeat, not marked';
    findings.add('wrongly marked repeat', `${pressKey(press)} at ${iso(countedAt(press))}: ${marked}`);
  }
}

function checkAggregates({ presses, aggregates }: StoreView, findings: Findings): void {
  const expected = recountBuckets(presses);
  for (const row of aggregates) {
    const key = cellKey(row.terminal ?? '', row.start);
    const cell = expected.get(key) ?? { ratings: [0, 0, 0, 0], repeats: 0, estimated: 0 };
    expected.delete(key);
    const n = cell.ratings.reduce((sum, count) => sum + count, 0);
    const counted = JSON.stringify({ n, ...cell });
    const { ratings, repeats, estimated } = row;
    const claimed = JSON.stringify({ n: row.n, ratings, repeats, estimated });
    if (claimed !== counted) findings.add('wrong aggregate', `${key}: ${claimed}, the presses say ${counted}`);
  }
  for (const [key, cell] of expected) {
    findings.add('wrong aggregate', `${key}: absent, the presses say ${JSON.stringify(cell)}`);
  }
}

function iso(at: number): string {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : String(at);
}
