import type { StoredPress } from '@hymio/gateway';
import { holds } from './card.js';
import { checkAccounts } from './check-accounts.js';
import { checkCounts } from './check-counts.js';
import { checkPresence } from './check-presence.js';
import type { LedgerPress } from './ledger.js';
import type { World } from './world.js';

const PAGE = 500;

/** After everything has healed and settled: the store holds what it must, once, and says what it lacks. */
export async function checkAtTheEnd(world: World): Promise<void> {
  const presses = await readAll(world);
  checkContents(world, presses);
  checkFates(world);
  await checkAccounts(world);
  await checkPresence(world);
  await checkCounts(world, presses);
}

async function readAll(world: World): Promise<StoredPress[]> {
  const all: StoredPress[] = [];
  let after: number | undefined;
  for (;;) {
    const page = await world.gateway.store.presses({ limit: PAGE, ...(after === undefined ? {} : { after }) });
    all.push(...page.presses);
    if (page.next === undefined) return all;
    after = page.next;
  }
}

/** What can be read from the store is what it said at its commits: nothing twice, nothing more, nothing less. */
function checkContents({ committed, verdict }: World, presses: readonly StoredPress[]): void {
  const seen = new Set<string>();
  for (const { epoch, seq } of presses) {
    const name = `${epoch} ${seq}`;
    verdict.check(!seen.has(name), 'stored-twice', () => name);
    verdict.check(committed.epoch(epoch)?.stored.has(seq) === true, 'never-committed', () => name);
    seen.add(name);
  }
  for (const [epoch, { stored, lost, mark }] of committed.epochs()) {
    for (const seq of stored.keys()) {
      verdict.check(seen.has(`${epoch} ${seq}`), 'vanished-from-store', () => `${epoch} ${seq}`);
    }
    const whole = stored.size + lost.size === mark;
    verdict.check(whole, 'mark-with-holes', () => `${epoch}: mark ${mark}, ${stored.size} stored, ${lost.size} lost`);
  }
}

/** Each press ever kept: in the store, or lost for a reason that the faults gave. */
function checkFates({ ledger, committed, machines, verdict }: World): void {
  for (const press of ledger.presses()) {
    const { epoch, seq } = press;
    const known = committed.epoch(epoch);
    if (known?.stored.has(seq)) continue;
    const held = machines.some(({ disk }) => holds(disk, epoch, seq));
    const name = `${press.terminal} ${epoch} ${seq}${press.thanked ? ', thanked for,' : ''}`;
    checkFate(press, { held, recorded: known?.lost.has(seq) === true }, (code, what) =>
      verdict.fail(code, `${name} ${what}, and is not in the store`),
    );
  }
}

/** A press that is not in the store. */
function checkFate(
  { poisoned, unreadable, forgotten, cardLost, truthful }: LedgerPress,
  { held, recorded }: { held: boolean; recorded: boolean },
  fail: (code: string, what: string) => void,
): void {
  if (held && !poisoned && !unreadable) fail('lost-though-held', 'lies readable in a journal');
  else if (held && !recorded) fail('lost-without-record', 'could not be delivered, is not recorded as lost');
  // A clock that is wrong and believed makes seven days of a moment.
  else if (forgotten === 'aware' && truthful && !unreadable && !poisoned)
    fail('lost-though-forgotten', 'was deleted as acknowledged');
  else if (!held && forgotten === 'not' && !unreadable && !poisoned && !cardLost)
    fail('vanished-from-journal', 'lies in no journal');
}
