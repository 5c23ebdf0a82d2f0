import { evidence, SILENT_AFTER_MS, type TerminalDetail } from '@hymio/gateway';
import { MAX_STATUS_EPOCHS } from '@hymio/protocol';
import type { CommittedEpoch } from './committed.js';
import type { World } from './world.js';

/** What the gateway says is lost or missing, against the naive account. */
export async function checkAccounts(world: World): Promise<void> {
  const { gateway, scheduler, plan, verdict } = world;
  for (const { id } of plan.terminals) {
    const detail = await gateway.store.terminal(id, scheduler.now());
    const epochs = [...world.committed.epochs()].filter(([, known]) => known.terminal === id);
    if (detail === undefined) {
      verdict.check(epochs.length === 0, 'terminal-unknown', () => id);
      continue;
    }
    checkMarks(world, detail, epochs);
    checkMissing(world, detail, epochs);
    checkState(world, detail);
  }
}

function checkMarks({ verdict }: World, detail: TerminalDetail, epochs: readonly [string, CommittedEpoch][]): void {
  for (const [epoch, known] of epochs) {
    const told = detail.epochs.find((each) => each.epoch === epoch)?.mark ?? 0;
    verdict.check(told === known.mark, 'wrong-mark', () => `${detail.id} ${epoch}: ${told}, not ${known.mark}`);
  }
  const lost = epochs.reduce((sum, [, known]) => sum + known.lost.size, 0);
  const ranges = detail.lost.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const same = detail.lostPresses === lost && ranges === lost;
  verdict.check(same, 'wrong-lost', () => `${detail.id}: ${detail.lostPresses} in ${ranges}, not ${lost}`);
}

/** A terminal that runs and is connected is not shown as offline, whatever late wills have said. */
function checkState({ machines, plan, scheduler, verdict, tampering }: World, detail: TerminalDetail): void {
  const { contact } = (tampering.evidence?.(evidence) ?? evidence)(detail, scheduler.now());
  const alive = machines.some(({ id, running }) => id === detail.id && running);
  if (!alive || plan.heartbeatMs > SILENT_AFTER_MS) return;
  verdict.check(contact.kind === 'connected', 'wrong-state', () => `${detail.id} is shown as ${contact.kind}`);
}

/** Reported once, not here, and on no card any more. */
function checkMissing(world: World, detail: TerminalDetail, epochs: readonly [string, CommittedEpoch][]): void {
  const { machines, verdict } = world;
  const own = machines.filter(({ id }) => id === detail.id);
  // A status that has no room for every epoch says nothing about those it leaves out.
  if (own.some(({ disk }) => disk.epochs.filter(({ presses }) => presses.length > 0).length >= MAX_STATUS_EPOCHS))
    return;
  const missing = epochs.reduce((sum, [, { reported, mark }]) => sum + Math.max(0, reported - mark), 0);
  verdict.check(
    detail.missingPresses === missing,
    'wrong-missing',
    () => `${detail.id}: ${detail.missingPresses} said to be missing, ${missing} are`,
  );
  const open = detail.incidents.filter(
    ({ kind, withdrawnAt }) => kind === 'presses-missing' && withdrawnAt === undefined,
  );
  const told = open.reduce((sum, incident) => sum + (incident.missing ?? 0), 0);
  verdict.check(told === missing, 'wrong-incidents', () => `${detail.id}: incidents tell of ${told}, ${missing} are`);
}
