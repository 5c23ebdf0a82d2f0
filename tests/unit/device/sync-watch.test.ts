import { emptyDisk, type MemoryDisk, MemoryJournal, SYNC_WAIT_MS, SyncWatch } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

const MINUTE = 60_000;
let opened = 0;

function watch(disk: MemoryDisk, clock: FakeClock) {
  opened += 1;
  const journal = new MemoryJournal(disk, {
    epoch: `epoch-${opened}`,
    bootId: clock.bootId,
    bootMs: clock.monotonic(),
  });
  const told = { changes: 0, faults: 0 };
  const syncWatch = new SyncWatch(
    clock,
    journal,
    () => {
      told.changes += 1;
    },
    () => {
      told.faults += 1;
    },
  );
  syncWatch.start();
  return { journal, syncWatch, told, ready: () => syncWatch.ready(journal.epoch) };
}

describe('presses of an uncertain time', () => {
  it('go at once where the clock is right', () => {
    const { ready, journal } = watch(emptyDisk(), new FakeClock());
    expect(ready()).toBe(true);
    expect(journal.facts()[0]?.offsetMs).toBe(Date.UTC(2026, 10, 20));
  });

  it('go when the clock becomes right, with the offset written down', () => {
    const clock = new FakeClock({ synced: false });
    const { ready, journal, told } = watch(emptyDisk(), clock);
    clock.advance(3_600_000);
    expect(ready()).toBe(false);
    clock.isSynced = true;
    clock.offsetMs = Date.UTC(2026, 10, 25);
    clock.advance(1_000);
    expect(ready()).toBe(true);
    expect(told.changes).toBe(1);
    expect(journal.facts()[0]?.offsetMs).toBe(Date.UTC(2026, 10, 25));
  });

  it('go after ten minutes of connected time, summed over connections', () => {
    const clock = new FakeClock({ synced: false });
    const { ready, syncWatch, told } = watch(emptyDisk(), clock);
    for (let i = 0; i < 3; i += 1) {
      syncWatch.setConnected(true);
      clock.advance(3 * MINUTE);
      syncWatch.setConnected(false);
      clock.advance(60 * MINUTE);
    }
    expect(ready()).toBe(false);
    expect(told.changes).toBe(0);
    syncWatch.setConnected(true);
    clock.advance(MINUTE);
    expect(ready()).toBe(true);
    expect(told.changes).toBe(1);
  });

  it('never wait anew: not after a restart, and after a crash at most a minute longer', () => {
    const clock = new FakeClock({ synced: false });
    const disk = emptyDisk();
    for (let i = 0; i < 4; i += 1) {
      const { syncWatch } = watch(disk, clock);
      syncWatch.setConnected(true);
      clock.advance(2 * MINUTE);
      syncWatch.stop();
    }
    // A crash: neither stopped nor told.
    const crashing = watch(disk, clock);
    crashing.syncWatch.setConnected(true);
    clock.advance(90_000);
    const last = watch(disk, clock);
    last.syncWatch.setConnected(true);
    clock.advance(59_000);
    expect(last.ready()).toBe(false);
    clock.advance(2_000);
    expect(last.ready()).toBe(true);
  });

  it('wait anew in another boot', () => {
    const disk = emptyDisk();
    const first = new FakeClock({ synced: false, bootId: 'one' });
    const before = watch(disk, first);
    before.syncWatch.setConnected(true);
    first.advance(SYNC_WAIT_MS + 1_000);
    before.syncWatch.stop();
    const after = watch(disk, new FakeClock({ synced: false, bootId: 'two' }));
    expect(after.ready()).toBe(false);
  });

  it('go where an earlier start of the same boot saw the clock right', () => {
    const disk = emptyDisk();
    const clock = new FakeClock();
    watch(disk, clock).syncWatch.stop();
    clock.isSynced = false;
    expect(watch(disk, clock).ready()).toBe(true);
  });

  it('do not stop on a disk that takes no notes', () => {
    const disk = emptyDisk();
    const clock = new FakeClock({ synced: false });
    const { ready, syncWatch, told } = watch(disk, clock);
    disk.failure = 'journal-full';
    syncWatch.setConnected(true);
    clock.advance(SYNC_WAIT_MS);
    expect(ready()).toBe(true);
    expect(told.faults).toBeGreaterThan(0);
  });
});
