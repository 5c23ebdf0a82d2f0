import { randomUUID } from 'node:crypto';
import { cpSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { JOURNAL_NAME, ResilientJournal } from '@hymio/device';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { BENCH_TERMINAL } from '../terminal/terminal-config.js';

const MEMORY_FOLDER = '/dev/shm';

/**
 * Makes a journal with so many presses that no one has acknowledged, by the firmware's own journal: in memory, where a
 * commit costs no disk, and then copied to `target`. `everyMs`: time between presses, up to now.
 */
export async function fillJournal(target: string, presses: number, everyMs: number): Promise<void> {
  await inTemporaryFolder(
    async (folder) => {
      const now = Date.now();
      const opening = (): { epoch: string; bootId: string; bootMs: number } => ({
        epoch: randomUUID(),
        bootId: randomUUID(),
        bootMs: 1_000,
      });
      const place = { folder, terminal: BENCH_TERMINAL, now: () => now, opening };
      const journal = new ResilientJournal(place, ({ code, detail }) => {
        throw new Error(`${code}: ${detail}`);
      });
      for (let count = 1; count <= presses; count += 1) {
        const rating = ([3, 2, 3, 0, 1] as const)[count % 5] ?? 3;
        journal.keep({ rating, at: now - (presses - count) * everyMs, bootMs: count * everyMs, synced: true });
      }
      journal.close();
      cpSync(folder, target, { recursive: true, filter: (path) => path === folder || path.includes(JOURNAL_NAME) });
    },
    existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(),
  );
}
