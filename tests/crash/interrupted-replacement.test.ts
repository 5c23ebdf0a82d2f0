import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOURNAL_NAME, type JournalNotice, ResilientJournal } from '@hymio/device';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { destroyPage, oldestPressPage } from '../support/journal-pages.js';
import { memoryFolder } from '../support/memory-folder.js';
import { interruptedAtName } from '../support/names-given.js';

const NOW = Date.UTC(2026, 10, 20);
/** Several pages of them. */
const OLD = 120;
const NEW = 20;
let folder: string;
let epochs: number;
let notices: JournalNotice[];

beforeEach(() => {
  folder = memoryFolder('hymio-replacement-');
  epochs = 0;
  notices = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function start(): ResilientJournal {
  const opening = () => {
    epochs += 1;
    return { epoch: `0f8fad5b-d9cb-469f-a165-${String(epochs).padStart(12, '0')}`, bootId: 'boot', bootMs: 0 };
  };
  const place = { folder, terminal: 'kallio-1', now: () => NOW, opening };
  return new ResilientJournal(place, (notice) => notices.push(notice));
}

function keep(journal: ResilientJournal, count: number): void {
  for (let made = 0; made < count; made += 1) journal.keep({ rating: 3, at: NOW + made, bootMs: made, synced: true });
}

/** A journal with a destroyed page, whose newest presses are in its log alone. */
function damagedJournal(what: 'header' | 'presses'): void {
  const file = join(folder, JOURNAL_NAME);
  const first = start();
  keep(first, OLD);
  first.close();
  const page = what === 'header' ? 1 : oldestPressPage(file);
  const second = start();
  keep(second, NEW);
  const files = [file, `${file}-wal`];
  const contents = files.map((path) => readFileSync(path));
  second.abandon();
  for (const [index, path] of files.entries()) writeFileSync(path, contents[index] ?? '');
  destroyPage(file, page);
}

/** Presses that can be delivered, by epoch. */
function held(journal: ResilientJournal): [string, number][] {
  return journal
    .spans()
    .map(({ epoch, oldestSeq, lastSeq }) => [
      epoch,
      journal.read(epoch, oldestSeq, lastSeq - oldestSeq + 1).filter((press) => press !== null).length,
    ]);
}

describe.each(['header', 'presses'] as const)('the replacement of a journal with destroyed %s', (what) => {
  it.each([1, 2, 3, 4, 5, 6])('saves all, where it is interrupted before name %i is given', async (nth) => {
    damagedJournal(what);
    await interruptedAtName(nth, () => start().abandon()).catch(() => undefined);
    const journal = start();
    const [[, old] = [], [, fresh] = []] = held(journal);
    journal.abandon();
    expect(old).toBeGreaterThan(OLD / 2);
    expect(fresh).toBe(NEW);
    expect(notices.map(({ code }) => code)).toContain('journal-damaged');
  });
});
