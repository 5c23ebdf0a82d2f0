import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { JOURNAL_NAME, type JournalNotice, ResilientJournal } from '@hymio/device';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryFolder } from '../support/memory-folder.js';

const NOW = Date.UTC(2026, 10, 20);
let folder: string;
let open: ResilientJournal[];
let notices: JournalNotice[];
let epochs: number;
/** The clock by which the files in use are looked at, ms: it stands still where no test moves it. */
let clockMs: number;

beforeEach(() => {
  clockMs = 0;
  folder = memoryFolder('hymio-damage-');
  open = [];
  notices = [];
  epochs = 0;
});
afterEach(() => {
  for (const journal of open) journal.abandon();
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, JOURNAL_NAME);
const codes = (): string[] => notices.map(({ code }) => code);
const setAside = (why: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith(`journal-${why}-`) && name.endsWith('.sqlite'));

function start(terminal = 'kallio-1'): ResilientJournal {
  const place = {
    folder,
    terminal,
    now: () => NOW,
    opening: () => {
      epochs += 1;
      return { epoch: `0f8fad5b-d9cb-469f-a165-${String(epochs).padStart(12, '0')}`, bootId: 'boot', bootMs: 0 };
    },
    nowMs: () => clockMs,
  };
  const journal = new ResilientJournal(place, (notice) => notices.push(notice));
  open.push(journal);
  return journal;
}

function keep(journal: ResilientJournal, count: number): void {
  for (let i = 0; i < count; i += 1) journal.keep({ rating: 3, at: NOW + i, bootMs: i, synced: true });
}

/** Every press that the journal can deliver, as `epoch seq at`; anything made up would show here. */
function delivered(journal: ResilientJournal): Set<string> {
  const found = journal
    .spans()
    .flatMap(({ epoch, oldestSeq, lastSeq }) =>
      journal
        .read(epoch, oldestSeq, lastSeq - oldestSeq + 1)
        .flatMap((press) => (press === null ? [] : [`${epoch} ${press.seq} ${press.at - NOW} ${press.rating}`])),
    );
  return new Set(found);
}

/** Ends the journal's use as a power cut would: its files stay as they are now. */
function unplug(journal: ResilientJournal): void {
  const files = ['', '-wal'].map((suffix) => ({
    path: `${file()}${suffix}`,
    bytes: readFileSync(`${file()}${suffix}`),
  }));
  journal.abandon();
  for (const { path, bytes } of files) writeFileSync(path, bytes);
}

/** A folder as it was left, and what its journal could deliver then. */
interface Left {
  files: ReadonlyMap<string, Uint8Array>;
  all: ReadonlySet<string>;
}
/** By presses in each epoch: made once, since the same presses make the same files. */
const left = new Map<number, Left>();
const EPOCHS = 3;

/** Three epochs, the last one's presses partly in the log; the process ends without closing. */
function used(perEpoch = 200): ReadonlySet<string> {
  const { files, all } = left.get(perEpoch) ?? leave(perEpoch);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  epochs = EPOCHS;
  return all;
}

function leave(perEpoch: number): Left {
  for (let i = 1; i < EPOCHS; i += 1) {
    const journal = start();
    keep(journal, perEpoch);
    journal.close();
  }
  const journal = start();
  keep(journal, perEpoch);
  const all = delivered(journal);
  unplug(journal);
  const files = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
  left.set(perEpoch, { files, all });
  return { files, all };
}

/** Every one of `some` is among `all`: nothing was made up, or nothing is missing. */
function expectWithin(some: ReadonlySet<string>, all: ReadonlySet<string>): void {
  expect([...some].filter((press) => !all.has(press))).toEqual([]);
}

/** The terminal goes on: a fresh epoch takes presses and keeps them over the next start. */
function goesOn(journal: ResilientJournal): void {
  const { epoch } = journal;
  const before = journal.spans().find((span) => span.epoch === epoch)?.lastSeq ?? 0;
  keep(journal, 3);
  journal.abandon();
  const told = notices.length;
  const again = start();
  expect(again.spans().find((span) => span.epoch === epoch)?.lastSeq).toBe(before + 3);
  expect(notices.length).toBe(told);
  again.abandon();
}

function patch(path: string, at: number, bytes: Buffer): void {
  const handle = openSync(path, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** Puts another file in the journal's place, as an editor or a restore would. */
function renameOver(content: string): void {
  rmSync(file());
  writeFileSync(file(), content);
}

/** The same numbers for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('a journal damaged while the terminal was off', () => {
  it('is reported where it was deleted, and the terminal goes on', () => {
    used();
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${file()}${suffix}`, { force: true });
    const journal = start();
    expect(codes()).toEqual(['journal-damaged']);
    expect(journal.spans()).toEqual([]);
    goesOn(journal);
  });

  it('gives back what its log still holds where only the file was deleted or emptied', () => {
    for (const harm of [() => rmSync(file()), () => truncateSync(file(), 0)]) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      notices = [];
      const journal = start();
      keep(journal, 50);
      const all = delivered(journal);
      unplug(journal);
      harm();
      const after = start();
      expect(codes()).toEqual(['journal-damaged']);
      expect(delivered(after)).toEqual(all);
      goesOn(after);
    }
  });

  it('says nothing where there never was one', () => {
    goesOn(start());
    expect(notices).toEqual([]);
  });

  it('is set aside where it is empty, and the terminal goes on', () => {
    used();
    truncateSync(file(), 0);
    rmSync(`${file()}-wal`);
    const journal = start();
    expect(codes()).toEqual(['journal-damaged']);
    goesOn(journal);
  });

  it.each(['', '-wal', '-shm'])('is set aside where a folder stands in its place: journal%s', (suffix) => {
    const all = used();
    rmSync(`${file()}${suffix}`, { force: true });
    mkdirSync(`${file()}${suffix}`);
    const journal = start();
    expect(codes()).toEqual(['journal-damaged']);
    expect(setAside('broken')).toHaveLength(1);
    expectWithin(delivered(journal), all);
    goesOn(journal);
  });

  it('is not needed: whatever is written into the lock file, the terminal starts', () => {
    const all = used();
    writeFileSync(join(folder, 'terminal.lock'), 'not a database at all, and long enough to be looked at '.repeat(9));
    expect(delivered(start())).toEqual(all);
    expect(notices).toEqual([]);
  });

  it.each([
    ['the first 16 bytes', 16],
    ['the header', 100],
    ['the first page', 1024],
  ])('gives back every press where %s were overwritten', (_, bytes) => {
    const journal = start();
    keep(journal, 3000);
    const all = delivered(journal);
    journal.close();
    patch(file(), 0, Buffer.alloc(bytes, 0xa5));
    const after = start();
    expect(codes()).toEqual(['journal-damaged']);
    expect(delivered(after)).toEqual(all);
    expect(setAside('broken')).toHaveLength(1);
    goesOn(after);
  });

  it('gives back every press where the table of epochs was overwritten', () => {
    const journal = start();
    keep(journal, 100);
    const { epoch } = journal;
    const all = delivered(journal);
    journal.close();
    // The first place is the one that is read from day to day.
    const at = readFileSync(file()).indexOf(epoch);
    patch(file(), at, Buffer.from('7'));
    const after = start();
    expect(codes()).toEqual(['journal-damaged']);
    expect(delivered(after)).toEqual(all);
    goesOn(after);
  });

  it('sends nothing that a flipped bit made up: an unreadable press is told as such', () => {
    const journal = start();
    keep(journal, 20);
    const { epoch } = journal;
    journal.close();
    const bytes = readFileSync(file());
    // Flip one bit in the time of a press: the file's structure stays sound.
    const marker = Buffer.alloc(6);
    marker.writeUIntBE(NOW + 7, 0, 6);
    const at = bytes.lastIndexOf(marker);
    expect(at).toBeGreaterThan(0);
    patch(file(), at + 5, Buffer.from([(bytes[at + 5] ?? 0) ^ 1]));
    const after = start();
    const read = after.read(epoch, 1, 20);
    expect(read.map((press, index) => (press === null ? index + 1 : 0)).filter(Boolean)).toEqual([8]);
    expect(codes()).toEqual(['press-unreadable']);
    after.read(epoch, 1, 20);
    expect(notices).toHaveLength(1);
  });

  it('of another terminal is set aside whole', () => {
    const journal = start('kallio-2');
    keep(journal, 5);
    journal.close();
    const own = start('kallio-1');
    expect(codes()).toEqual(['journal-of-another-terminal']);
    expect(setAside('of-kallio-2')).toHaveLength(1);
    expect(own.spans()).toEqual([]);
    goesOn(own);
  });

  it('rolled back to an older copy goes on under a new epoch with what the copy holds', () => {
    const journal = start();
    keep(journal, 5);
    const old = delivered(journal);
    journal.close();
    const copy = memoryFolder('hymio-copy-');
    cpSync(file(), join(copy, JOURNAL_NAME));
    const later = start();
    keep(later, 5);
    const lostEpoch = later.epoch;
    later.close();
    cpSync(join(copy, JOURNAL_NAME), file());
    rmSync(copy, { recursive: true });
    const after = start();
    expect(delivered(after)).toEqual(old);
    expect(after.epoch).not.toBe(lostEpoch);
    goesOn(after);
  });

  it('of a newer firmware is refused and left alone', () => {
    const journal = start();
    keep(journal, 1);
    journal.close();
    const bytes = readFileSync(file());
    bytes.writeUInt32BE(7, 60);
    writeFileSync(file(), bytes);
    // A flipped bit in the version alone is damage, not a newer firmware.
    const after = start();
    expect(codes()).toEqual(['journal-damaged']);
    expect(delivered(after).size).toBe(1);
  });
});

describe('a journal damaged at random', () => {
  /** Whatever was done to the files: it opens, invents nothing, and goes on. Returns how much came back. */
  function survives(all: ReadonlySet<string>): number {
    const journal = start();
    const back = delivered(journal);
    expectWithin(back, all);
    goesOn(journal);
    return back.size;
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('cut short: series %i', (series) => {
    const random = seeded(series);
    const all = used(300);
    const target = random() < 0.5 ? file() : `${file()}-wal`;
    truncateSync(target, Math.floor(random() * statSync(target).size));
    survives(all);
  });

  it.each(Array.from({ length: 40 }, (_, index) => index + 1))('flipped bytes: series %i', (series) => {
    const random = seeded(series * 7919);
    const all = used(300);
    const target = random() < 0.6 ? file() : `${file()}-wal`;
    const bytes = readFileSync(target);
    const flips = 1 + Math.floor(random() * 40);
    // Half of the series aim at the pages that hold the tables' roots.
    const range = random() < 0.5 ? 8 * 1024 : bytes.length;
    for (let i = 0; i < flips; i += 1) bytes[Math.floor(random() * range)] = Math.floor(random() * 256);
    writeFileSync(target, bytes);
    survives(all);
  });

  it('gives back all but a page of presses where one page is destroyed, wherever it is', () => {
    const journal = start();
    keep(journal, 1500);
    const all = delivered(journal);
    journal.close();
    const pristine = readFileSync(file());
    const random = seeded(42);
    for (let round = 0; round < 25; round += 1) {
      rmSync(folder, { recursive: true });
      mkdirSync(folder);
      const bytes = Buffer.from(pristine);
      const page = round < 12 ? round : Math.floor((random() * bytes.length) / 1024);
      bytes.fill(0xff, page * 1024, (page + 1) * 1024);
      writeFileSync(file(), bytes);
      const back = survives(all);
      // A page of presses holds about fifty of them; the root of the table is the one page behind which all is hidden.
      if (page !== 4 && page !== 5) expect(back, `page ${page}`).toBeGreaterThanOrEqual(all.size - 60);
    }
  });
});

describe('a journal damaged while in use', () => {
  it.each([
    ['deleted with its log', () => ['', '-wal', '-shm'].map((suffix) => rmSync(`${file()}${suffix}`, { force: true }))],
    ['deleted', () => rmSync(file())],
    ['deprived of its log', () => rmSync(`${file()}-wal`)],
    ['replaced by another file', () => renameOver('something else')],
  ])('is replaced where it was %s, with every press of it', (_, harm) => {
    const journal = start();
    keep(journal, 40);
    const all = delivered(journal);
    const { epoch } = journal;
    harm();
    keep(journal, 2);
    expect(codes()).toEqual(['journal-damaged']);
    expect(journal.epoch).not.toBe(epoch);
    expectWithin(all, delivered(journal));
    expect(delivered(journal).size).toBe(all.size + 2);
    goesOn(journal);
  });

  it.each(['', '-wal'])('is replaced where it was cut short: journal%s', (suffix) => {
    const journal = start();
    keep(journal, 40);
    const all = delivered(journal);
    truncateSync(`${file()}${suffix}`, 100);
    keep(journal, 2);
    expect(codes()).toEqual(['journal-damaged']);
    for (const press of delivered(journal))
      expect([...all].some((each) => each === press) || press.startsWith(journal.epoch)).toBe(true);
    goesOn(journal);
  });

  it.each(['', '-wal'])('is found to be cut short within a second, however long all was well: journal%s', (suffix) => {
    const journal = start();
    keep(journal, 40);
    // The folder has not changed for so long that its files are looked at only now and then, just now for the last time.
    for (let looks = 0; looks < 11; looks += 1) {
      clockMs += 1_000;
      keep(journal, 1);
    }
    truncateSync(`${file()}${suffix}`, 100);
    clockMs += 1_000;
    keep(journal, 1);
    expect(codes()).toEqual(['journal-damaged']);
    goesOn(journal);
  });

  it('keeps a second firmware out of its folder', () => {
    const journal = start();
    expect(() => start()).toThrow(expect.objectContaining({ code: 'journal-in-use' }));
    keep(journal, 1);
    journal.close();
    start();
  });
});

describe('a replacement that the disk does not take', () => {
  /** Until it is called: writes of presses into the replacement fail with this code of SQLite. */
  function failing(code: string): () => void {
    const { prepare } = Database.prototype;
    const spy = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql) {
      const statement = prepare.call(this, sql);
      if (this.name.endsWith('journal-new.sqlite') && sql.includes('INTO press')) {
        statement.run = () => {
          throw new Database.SqliteError('disk I/O error', code);
        };
      }
      return statement;
    });
    return () => spy.mockRestore();
  }
  afterEach(() => vi.restoreAllMocks());

  const FAILURES = [
    ['SQLITE_IOERR_WRITE', 'journal-unwritable'],
    ['SQLITE_IOERR_FSYNC', 'journal-unwritable'],
    ['SQLITE_IOERR_READ', 'journal-corrupt'],
    ['SQLITE_FULL', 'journal-full'],
  ] as const;

  it.each(FAILURES)('is not put in the place of the journal at a start: %s', (failure, code) => {
    const before = start();
    keep(before, 50);
    const all = delivered(before);
    before.close();
    patch(file(), 0, Buffer.alloc(100, 0xa5));
    const mend = failing(failure);
    expect(() => start()).toThrow(expect.objectContaining({ code }));
    expect(setAside('broken')).toEqual([]);
    mend();
    expect(delivered(start())).toEqual(all);
    expect(codes()).toEqual(['journal-damaged']);
  });

  it.each(FAILURES)('is not put in the place of the journal in use: %s', (failure, code) => {
    const journal = start();
    keep(journal, 40);
    const all = delivered(journal);
    renameOver('something else');
    const mend = failing(failure);
    expect(() => keep(journal, 1)).toThrow(expect.objectContaining({ code }));
    expect(notices).toEqual([]);
    mend();
    keep(journal, 1);
    expect(codes()).toEqual(['journal-damaged']);
    expectWithin(all, delivered(journal));
  });
});

describe('a replacement that a crash interrupted', () => {
  const replacement = () => join(folder, 'journal-new.sqlite');
  const aside = () => join(folder, 'journal-broken-2026-11-20T00-00-00-000Z.sqlite');
  const successor = () => `${aside()}.successor`;
  let all: Set<string>;
  beforeEach(() => {
    const journal = start();
    keep(journal, 5);
    all = delivered(journal);
    journal.close();
  });

  it('is made anew where it was not complete, also where there is no journal', () => {
    cpSync(file(), replacement());
    expect(delivered(start())).toEqual(all);
    expect(existsSync(replacement())).toBe(false);
    open.at(-1)?.close();
    cpSync(file(), replacement());
    rmSync(file());
    expect(delivered(start())).toEqual(new Set());
    expect(codes()).toEqual(['journal-damaged']);
    expect(existsSync(replacement())).toBe(false);
  });

  it.each([
    ['nothing was moved yet', ['', '-wal'], []],
    ['the log alone was moved', [''], ['-wal']],
    ['all was moved', [], ['', '-wal']],
  ])('is finished where it was complete and %s', (_, left, moved) => {
    renameSync(file(), successor());
    for (const suffix of left) writeFileSync(`${file()}${suffix}`, 'broken');
    for (const suffix of moved) writeFileSync(`${aside()}${suffix}`, 'broken');
    expect(delivered(start())).toEqual(all);
    expect(notices).toMatchObject([{ code: 'journal-damaged', detail: expect.stringContaining(aside()) }]);
    expect(existsSync(successor())).toBe(false);
    for (const suffix of ['', '-wal']) expect(readFileSync(`${aside()}${suffix}`, 'utf8')).toBe('broken');
  });
});
