import type { Arrival, StoredPress } from '@hymio/gateway';
import type { Ledger, LedgerPress } from './ledger.js';
import type { Verdict } from './verdict.js';

const EARLIEST_MS = Date.UTC(2020, 0, 1);
const DAY_MS = 24 * 3_600_000;
/** Rounding of wall and boot time. */
const EXACT_MS = 1;

/** A stored press must be one that a panel kept, with its rating, and its time as well as it can be known. */
export function checkStored(press: StoredPress, arrival: Arrival, ledger: Ledger, verdict: Verdict): void {
  const name = `${press.terminal} ${press.epoch} ${press.seq}`;
  const kept = ledger.find(press.epoch, press.seq);
  if (kept === undefined) {
    verdict.fail('never-kept', `${name} is stored, but no panel kept it`);
    return;
  }
  verdict.check(kept.terminal === press.terminal, 'wrong-terminal', () => `${name} was kept by ${kept.terminal}`);
  verdict.check(kept.rating === press.rating, 'wrong-rating', () => `${name}: ${press.rating}, not ${kept.rating}`);
  verdict.check(!kept.poisoned, 'poison-stored', () => `${name} should have been refused`);
  verdict.check(
    arrival.terminal === press.terminal && press.receivedAt === arrival.receivedAt,
    'wrong-arrival',
    () => `${name} is filed under another arrival`,
  );
  checkTime(press, kept, name, verdict);
}

function checkTime(press: StoredPress, kept: LedgerPress, name: string, verdict: Verdict): void {
  const { at, clock, countedAt, receivedAt } = press;
  if (at < EARLIEST_MS || at > receivedAt + DAY_MS) {
    const counted = clock === 'estimated' && countedAt === receivedAt;
    verdict.check(counted, 'impossible-time', () => `${name}: at ${at} is counted at ${countedAt} as ${clock}`);
    return;
  }
  verdict.check(countedAt === at, 'counted-elsewhere', () => `${name}: at ${at}, counted at ${countedAt}`);
  const offMs = Math.abs(at - kept.trueAt);
  switch (clock) {
    case 'synced':
      verdict.check(kept.synced, 'claims-synced', () => `${name} was made while the clock was not synchronised`);
      verdict.check(at === kept.wallAt, 'wrong-time', () => `${name}: at ${at}, made at ${kept.wallAt}`);
      return;
    case 'corrected':
      verdict.check(!kept.synced, 'needless-correction', () => `${name} was made while the clock was synchronised`);
      if (kept.truthful) verdict.check(offMs <= EXACT_MS, 'wrong-time', () => `${name}: corrected, ${offMs} ms off`);
      return;
    case 'estimated': {
      const { uncertaintyMs } = press;
      verdict.check(uncertaintyMs !== undefined, 'no-uncertainty', () => `${name} is estimated without uncertainty`);
      if (!kept.truthful || uncertaintyMs === undefined) return;
      const within = offMs <= uncertaintyMs;
      verdict.check(within, 'wrong-time', () => `${name}: estimated ± ${uncertaintyMs} ms, ${offMs} ms off`);
    }
  }
}
