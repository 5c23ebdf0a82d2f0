import { HymioError } from '@hymio/protocol';
import { auditEntries, checkAudit } from '../administration/read-audit.js';
import { readGatewayConfig } from '../config/gateway-config.js';
import { openSqliteStore } from '../store/sqlite/sqlite-store.js';
import type { Store } from '../store/store.js';
import { writeOutputFile } from './output-file.js';

/**
 * Says that the log of changes is as it was written, or what is the first entry that is not. Errors: HymioError
 * `audit-broken`, `audit-head-missing`, `bad-arguments`, and the store's.
 */
export async function verifyAudit({ config, head }: { config: string; head?: string }): Promise<void> {
  const sought = head?.trim().toLowerCase();
  if (sought !== undefined && !/^[0-9a-f]{64}$/.test(sought)) {
    throw new HymioError('bad-arguments', `--head ${head} is not a hash.`, 'Give the 64 hexadecimal digits as noted.');
  }
  const check = await withStore(config, (store) => checkAudit(store, sought));
  const { entries, hash } = check.head;
  if (check.brokenAt !== undefined) {
    throw new HymioError(
      'audit-broken',
      `The log of changes was tampered with: entry ${check.brokenAt} is not the one that was written after entry ${entries}.`,
      'Keep this store as it is, compare it with a backup and the exported log, and find out who could write the file.',
    );
  }
  if (sought !== undefined && check.foundAt === undefined) {
    throw new HymioError(
      'audit-head-missing',
      `The log of changes holds together, ${entries} entries, but none has the hash ${sought}.`,
      'The log was cut off or written anew after that hash was noted, unless a backup was restored since: an entry says so.',
    );
  }
  process.stdout.write(`log of changes intact: ${entries} entries, head ${hash}\n`);
  if (sought !== undefined) process.stdout.write(`the noted head is that of entry ${check.foundAt}\n`);
}

/** Writes the log, oldest first, an entry a line with its hash. Errors: those of `writeOutputFile`, the store's. */
export async function exportAudit({ config, out }: { config: string; out: string }): Promise<void> {
  await withStore(config, (store) =>
    writeOutputFile(
      out,
      (async function* () {
        for await (const entry of auditEntries(store)) yield `${JSON.stringify(entry)}\n`;
      })(),
    ),
  );
}

/** Beside a gateway that serves the store, too. */
async function withStore<T>(config: string, work: (store: Store) => Promise<T>): Promise<T> {
  const { data } = readGatewayConfig(config);
  const store = await openSqliteStore({ folder: data, reads: 'in-thread', access: 'read' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
