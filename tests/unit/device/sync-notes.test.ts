import { emptyDisk, type MemoryDisk, MemoryJournal, SYNC_WAIT_MS, SyncWatch } from '@hymio/device';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

const MINUTE = 60_000;

function watch(disk: MemoryDisk, clock: FakeClock, epoch: string) {
  const journal = new MemoryJournal(disk, { epoch, bootId: clock.bootId, bootMs: clock.monotonic() });
  const told = { changes: 0, faults: 0 };
  const onChange = () => {
    told.changes += 1;
  };
  const onFault = () => {
    told.faults += 1;
  };
  const syncWatch = new SyncWatch(clock, journal, onChange, onFault);
  syncWatch.start();
  const waitedMs = () => journal.facts().find((each) => each.epoch === epoch)?.waitedMs;
  return { syncWatch, told, waitedMs };
}

describe('the time that presses have waited for the clock', () => {
  it('is written down when the connection ends, and when the watch does', () => {
    const clock = new FakeClock({ synced: false });
    const { syncWatch, waitedMs } = watch(emptyDisk(), clock, 'e');
    syncWatch.setConnected(true);
    clock.advance(20_000);
    expect(waitedMs()).toBe(0);
    syncWatch.setConnected(false);
    expect(waitedMs()).toBe(20_000);
    syncWatch.setConnected(true);
    clock.advance(30_000);
    syncWatch.stop();
    expect(waitedMs()).toBe(50_000);
    clock.advance(5 * MINUTE);
    expect(waitedMs()).toBe(50_000);
  });

  it('is that of this boot alone, and of each of its starts', () => {
    const disk = emptyDisk();
    const wait = (bootId: string, epoch: string, ms: number) => {
      const clock = new FakeClock({ synced: false, bootId });
      const { syncWatch, waitedMs } = watch(disk, clock, epoch);
      syncWatch.setConnected(true);
      clock.advance(ms);
      syncWatch.stop();
      return waitedMs();
    };
    expect(wait('one', 'a', 2 * MINUTE)).toBe(2 * MINUTE);
    expect(wait('two', 'b', 3 * MINUTE)).toBe(3 * MINUTE);
    expect(wait('two', 'c', 4 * MINUTE)).toBe(4 * MINUTE);
  });

  it('does not grow once the clock is right', () => {
    const clock = new FakeClock();
    const { syncWatch, waitedMs } = watch(emptyDisk(), clock, 'e');
    syncWatch.setConnected(true);
    clock.advance(5 * MINUTE);
    syncWatch.setConnected(false);
    expect(waitedMs()).toBe(0);
  });

  it('is not written down again where nothing was waited', () => {
    const disk = emptyDisk();
    const { syncWatch, told } = watch(disk, new FakeClock({ synced: false }), 'e');
    disk.failure = 'journal-full';
    syncWatch.setConnected(true);
    syncWatch.setConnected(false);
    expect(told.faults).toBe(0);
  });
});

describe('a watch over the clock', () => {
  it('says once that the clock is right, however often it is asked', () => {
    const clock = new FakeClock({ synced: false });
    const { syncWatch, told } = watch(emptyDisk(), clock, 'e');
    expect(syncWatch.synced()).toBe(false);
    clock.isSynced = true;
    expect([syncWatch.synced(), syncWatch.synced()]).toEqual([true, true]);
    expect(told.changes).toBe(1);
  });

  it('says once that the wait is over, however long it goes on', () => {
    const clock = new FakeClock({ synced: false });
    const { syncWatch, told } = watch(emptyDisk(), clock, 'e');
    syncWatch.setConnected(true);
    clock.advance(SYNC_WAIT_MS);
    clock.advance(5 * MINUTE);
    expect(told.changes).toBe(1);
  });

  it('says nothing once it was stopped', () => {
    const clock = new FakeClock({ synced: false });
    const { syncWatch, told } = watch(emptyDisk(), clock, 'e');
    syncWatch.stop();
    clock.isSynced = true;
    clock.advance(MINUTE);
    expect(told.changes).toBe(0);
  });

  it('lets go what is certain: of a boot that was right once, and everything once this one is', () => {
    const disk = emptyDisk();
    watch(disk, new FakeClock({ bootId: 'one' }), 'a').syncWatch.stop();
    const clock = new FakeClock({ synced: false, bootId: 'two' });
    const { syncWatch } = watch(disk, clock, 'b');
    expect(['a', 'b', 'of no boot'].map((epoch) => syncWatch.ready(epoch))).toEqual([true, false, false]);
    clock.isSynced = true;
    clock.advance(1_000);
    expect(['a', 'b', 'of no boot'].map((epoch) => syncWatch.ready(epoch))).toEqual([true, true, true]);
  });
});
