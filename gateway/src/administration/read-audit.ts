import type { Store } from '../store/store.js';
import { ChainCheck } from './audit-chain.js';
import type { ChangeLogEntry } from './change-log.js';

const PAGE = 500;

/** The whole log of changes, oldest first, as it was when the reading began or with what has been added since. */
export async function* auditEntries(store: Pick<Store, 'registryLog'>): AsyncGenerator<ChangeLogEntry> {
  let after = 0;
  for (;;) {
    const page = await store.registryLog({ after, limit: PAGE });
    yield* page;
    const last = page.at(-1);
    // An entry whose number is not larger has been tampered with; the check says so, and reading must end.
    if (last === undefined || last.id <= after) return;
    after = last.id;
  }
}

/** Checks every entry. `sought`: a head that was noted elsewhere. */
export async function checkAudit(store: Pick<Store, 'registryLog'>, sought?: string): Promise<ChainCheck> {
  const check = new ChainCheck(sought);
  for await (const entry of auditEntries(store)) if (!check.add(entry)) break;
  return check;
}
