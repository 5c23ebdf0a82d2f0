import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore, restoreStore } from '@hymio/gateway';
import { HymioError } from '@hymio/protocol';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { memoryFolder } from '../../support/memory-folder.js';
import { fillWithSample, SAMPLE_NOW } from '../../support/sample-store.js';
import { share } from '../arbitraries/odd-texts.js';
import type { Fuzzed } from '../fuzzed.js';

const CODES = ['store-corrupt', 'store-newer-schema', 'store-unwritable', 'backup-missing'];

const damage = fc.oneof(
  fc.record({ kind: fc.constant('byte' as const), at: share, bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }) }),
  // Its first page says what all others are.
  fc.record({
    kind: fc.constant('head' as const),
    at: fc.nat(99),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 4 }),
  }),
  fc.record({ kind: fc.constant('cut' as const), at: share }),
  fc.record({ kind: fc.constant('hole' as const), at: share }),
);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

/** A copy that lay on a bad disk, or was none. */
export const backups: readonly Fuzzed[] = [
  {
    topic: 'backup',
    name: 'a backup is put back sound and with all that it holds, or refused, and the store that was there is as it was',
    runs: 12,
    start: async () => {
      const folder = memoryFolder('hymio-fuzz-');
      const whole = join(folder, 'whole');
      const store = await openSqliteStore({
        folder: join(folder, 'source'),
        reads: 'in-thread',
        now: () => SAMPLE_NOW,
      });
      await fillWithSample(store);
      await store.backup(whole);
      await store.close();
      const bytes = readFileSync(whole);
      let turn = 0;
      const property = fc.asyncProperty(fc.array(damage, { maxLength: 3 }), async (damages) => {
        turn += 1;
        const data = join(folder, `data-${turn}`);
        const from = join(folder, `copy-${turn}`);
        const copy = damages.reduce(harm, bytes);
        writeFileSync(from, copy);
        try {
          await putBack(data, whole);
          const before = await contents(data);
          const restored = await putBack(data, from);
          const after = await contents(data);
          if (copy.equals(bytes)) expect(restored).toBe(true);
          if (!restored) expect(after).toEqual(before);
          else expect(pressesIn(join(data, 'store.sqlite'))).toEqual({ ...pressesIn(from), sound: 'ok' });
        } finally {
          rmSync(data, { recursive: true, force: true });
          rmSync(from);
        }
      });
      return { property, stop: async () => rmSync(folder, { recursive: true }) };
    },
  },
];

async function putBack(folder: string, from: string): Promise<boolean> {
  try {
    await restoreStore({ folder, from, now: SAMPLE_NOW + Math.floor(performance.now()) });
    return true;
  } catch (error) {
    if (!(error instanceof HymioError) || !CODES.includes(error.code)) throw error;
    return false;
  }
}

/** A store that was put back can be opened and read. */
async function contents(folder: string): Promise<{ presses: object; terminals: object }> {
  const store = await openSqliteStore({ folder, reads: 'in-thread', now: () => SAMPLE_NOW });
  try {
    return { presses: (await store.presses({ limit: 1_000 })).presses, terminals: await store.terminals(SAMPLE_NOW) };
  } finally {
    await store.close();
  }
}

/** Whether the file is sound by SQLite's own judgement, and all its presses. */
function pressesIn(file: string): { sound: unknown; presses: unknown[] } {
  const db = new Database(file, { readonly: true });
  try {
    const presses = db.prepare('SELECT arrival, terminal, epoch, seq, at, rating, clock FROM presses ORDER BY arrival');
    return { sound: db.pragma('integrity_check(1)', { simple: true }), presses: presses.all() };
  } finally {
    db.close();
  }
}

function harm(bytes: Buffer, how: Damage): Buffer {
  const at = how.kind === 'head' ? how.at : Math.floor(how.at * bytes.length);
  switch (how.kind) {
    case 'cut':
      return bytes.subarray(0, at);
    case 'hole':
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.alloc(Math.min(4_096, bytes.length - at)),
        bytes.subarray(at + 4_096),
      ]);
    default:
      return Buffer.concat([bytes.subarray(0, at), how.bytes, bytes.subarray(at + how.bytes.length)]);
  }
}
