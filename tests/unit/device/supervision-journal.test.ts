import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournalWatch } from '@hymio/device';
import { HymioError, type StatusMessage } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

let folder: string;
let clock: FakeClock;
let faults: string[];
let readable: boolean;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hymio-journal-watch-'));
  clock = new FakeClock();
  faults = [];
  readable = true;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function watch(): JournalWatch {
  const status = (): StatusMessage => {
    if (!readable) throw new HymioError('journal-corrupt', 'It cannot be read.', 'Look at the card.');
    return {
      sentAt: 0,
      firmware: '0.1.0',
      epoch: '7d3f2a9e-3b64-4c1e-9a59-0d6ea2f0c1b2',
      epochs: [],
      pending: 0,
      clock: 'synced',
      uptimeMs: 0,
      faults: faults.map((code) => ({ code, since: 0 })),
      hardware: {},
    };
  };
  return new JournalWatch({ status }, folder, clock);
}

describe('the journal as the watchdog sees it', () => {
  it('is sound while nothing failed, whatever else is wrong', () => {
    faults = ['panel-unplugged', 'clock-unsynced'];
    expect(watch().progress()).toEqual({ kind: 'sound' });
  });

  it('fails from the moment it was first seen failing, and is sound again when it works', () => {
    const journal = watch();
    faults = ['journal-unwritable'];
    expect(journal.progress()).toEqual({ kind: 'failing', code: 'journal-unwritable', forMs: 0 });
    clock.advance(30_000);
    expect(journal.progress()).toEqual({ kind: 'failing', code: 'journal-unwritable', forMs: 30_000 });
    faults = [];
    expect(journal.progress()).toEqual({ kind: 'sound' });
    faults = ['journal-unwritable'];
    expect(journal.progress()).toEqual({ kind: 'failing', code: 'journal-unwritable', forMs: 0 });
  });

  it('fails where it cannot be read', () => {
    readable = false;
    expect(watch().progress()).toMatchObject({ kind: 'failing', code: 'journal-corrupt' });
  });

  it('fails where its folder went away, before the next press notices', () => {
    rmSync(folder, { recursive: true });
    expect(watch().progress()).toMatchObject({ kind: 'failing', code: 'journal-unwritable' });
  });
});
