import { rmSync } from 'node:fs';
import { emptyDisk, type Journal, MemoryJournal, ResilientJournal } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import { memoryFolder } from '../support/memory-folder.js';
import { type JournalDisk, journalContract, press } from './journal-contract.js';

const NOW = Date.UTC(2026, 10, 20);

function memoryDisk(): JournalDisk {
  const disk = emptyDisk();
  return { open: (opening) => new MemoryJournal(disk, opening), remove: () => undefined };
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
