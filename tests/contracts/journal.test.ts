import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { emptyDisk, JOURNAL_NAME, type Journal, MemoryJournal, ResilientJournal } from '@hymio/device';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { memoryFolder } from '../support/memory-folder.js';
import { type JournalDisk, journalContract, press } from './journal-contract.js';

const NOW = Date.UTC(2026, 10, 20);

function memoryDisk(): JournalDisk {
  const disk = emptyDisk();
  return {
    open: (opening) => new MemoryJournal(disk, opening),
    withoutMarks: (act) => {
      const marks = disk.epochs.map(({ acked }) => acked);
      act();
      disk.epochs.forEach((epoch, index) => {
        epoch.acked = marks[index] ?? epoch.acked;
      });
    },
    remove: () => undefined,
  };
}

/** A journal that is not closed keeps its folder: its lock is let go as a crash would, its file left as it is. */
function realDisk(): JournalDisk {
  const folder = memoryFolder('hymio-journal-');
  let journal: ResilientJournal | undefined;
  return {
    open: (opening): Journal => {
      journal?.abandon();
      journal = new ResilientJournal(
        { folder, terminal: 'kallio-1', now: () => NOW, opening: () => opening },
        (notice) => {
          if (notice.code !== 'press-unreadable') throw new Error(notice.detail);
        },
      );
      return journal;
    },
    withoutMarks: (act) => {
      const db = new Database(join(folder, JOURNAL_NAME));
      const rows = db.prepare('SELECT * FROM epoch').all();
      act();
      const takeBack = db.prepare(
        'UPDATE epoch SET last_boot_ms = @last_boot_ms, acked = @acked, crc = @crc WHERE no = @no',
      );
      for (const row of rows) takeBack.run(row);
      db.close();
    },
    remove: () => {
      journal?.abandon();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

journalContract('memory journal', memoryDisk);
journalContract('journal in a file', realDisk);

describe('memory journal', () => {
  it('fails as its disk does, and goes on when the disk does', () => {
    const disk = emptyDisk();
    const journal = new MemoryJournal(disk, { epoch: 'e', bootId: 'b', bootMs: 0 });
    disk.failure = 'journal-full';
    expect(() => journal.keep(press(1))).toThrow(expect.objectContaining({ code: 'journal-full' }));
    delete disk.failure;
    expect(journal.keep(press(1))).toBe(1);
  });
});
