import { emptyDisk, FaultList, Heartbeat, KEEP_ACKNOWLEDGED_MS, MemoryJournal, type Publication } from '@hymio/device';
import { type StatusMessage, statusMessageSchema } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { FakeClock } from './fake-clock.js';

const EPOCH = '0f8fad5b-d9cb-469f-a165-000000000001';
const MINUTE = 60_000;

function setUp({ synced = true, intervalMs = MINUTE } = {}) {
  const clock = new FakeClock({ synced });
  const disk = emptyDisk();
  const journal = new MemoryJournal(disk, { epoch: EPOCH, bootId: 'boot', bootMs: 0 });
  const sent: { atMs: number; status: StatusMessage }[] = [];
  const transport = {
    start: () => undefined,
    stop: async () => undefined,
    publish: ({ kind, payload }: Publication) => {
      if (kind === 'status')
        sent.push({ atMs: clock.monotonic(), status: statusMessageSchema.parse(JSON.parse(payload)) });
    },
  };
  const faults = new FaultList(
    () => clock.now(),
    () => heartbeat.changed(),
  );
  const heartbeat: Heartbeat = new Heartbeat({
    clock,
    journal,
    transport,
    faults,
    hardware: () => ({ model: 'test' }),
    clockState: () => (clock.synced() ? 'synced' : 'unsynced'),
    config: () => ({ configVersion: '7' }),
    lastPressAt: () => undefined,
    intervalMs: () => intervalMs,
    firmware: '1.2.3',
    builtAt: 0,
  });
  const keep = (ageMs: number): number =>
    journal.keep({ rating: 1, at: clock.now() - ageMs, bootMs: clock.monotonic(), synced: true });
  const times = (): number[] => sent.map(({ atMs }) => atMs);
  return { clock, disk, journal, faults, heartbeat, sent, keep, times };
}

describe('the status', () => {
  it('goes at every connect and each interval, and never while offline', () => {
    const { clock, heartbeat, times } = setUp();
    clock.advance(5 * MINUTE);
    expect(times()).toEqual([]);
    heartbeat.connected();
    clock.advance(2 * MINUTE);
    heartbeat.disconnected();
    clock.advance(10 * MINUTE);
    heartbeat.connected();
    expect(times()).toEqual([5 * MINUTE, 6 * MINUTE, 7 * MINUTE, 17 * MINUTE]);
    expect(clock.pending).toBe(1);
  });

  it('carries the interval in force, within what the protocol allows', () => {
    for (const [intervalMs, told] of [
      [3_600_000, 3_600_000],
      [500, 1_000],
    ] as const) {
      const { heartbeat, sent } = setUp({ intervalMs });
      heartbeat.connected();
      expect(sent[0]?.status.heartbeatIntervalMs).toBe(told);
    }
  });

  it('tells a change at once, then at most every 5 s', () => {
    const { clock, faults, heartbeat, times, sent } = setUp();
    heartbeat.connected();
    clock.advance(20_000);
    for (let i = 0; i < 100; i += 1) {
      faults.raise('shaking', String(i));
      clock.advance(100);
    }
    faults.clear('shaking');
    clock.advance(5_000);
    expect(times()).toEqual([0, 20_000, 25_000, 30_000, 35_000]);
    expect(sent.at(-1)?.status.faults).toEqual([]);
  });

  it('does not move the next regular one away for ever', () => {
    const { clock, heartbeat, times } = setUp();
    heartbeat.connected();
    clock.advance(30_000);
    heartbeat.changed();
    clock.advance(60_000);
    expect(times()).toEqual([0, 30_000, 90_000]);
  });

  it('says what is held, what is pending and since when', () => {
    const { clock, journal, heartbeat, keep, sent } = setUp();
    for (const ageMs of [3_000, 2_000, 1_000]) keep(ageMs);
    journal.acknowledge(EPOCH, 1);
    heartbeat.connected();
    expect(sent[0]?.status).toMatchObject({
      sentAt: clock.now(),
      firmware: '1.2.3',
      epoch: EPOCH,
      epochs: [{ epoch: EPOCH, oldestSeq: 1, lastSeq: 3, ackedSeq: 1 }],
      pending: 2,
      oldestPendingAt: clock.now() - 2_000,
      clock: 'synced',
      configVersion: '7',
      hardware: { model: 'test' },
    });
  });

  it('fits the wire format with hundreds of epochs and faults with endless details', () => {
    const { disk, faults, heartbeat, sent } = setUp();
    for (let i = 0; i < 200; i += 1) {
      const epoch = `0f8fad5b-d9cb-469f-a165-${String(i).padStart(12, '0')}`;
      new MemoryJournal(disk, { epoch, bootId: 'b', bootMs: 0 }).keep({ rating: 0, at: 1, bootMs: 1, synced: true });
    }
    for (let i = 0; i < 200; i += 1) faults.raise(`fault-${i}`, 'x'.repeat(2_000));
    heartbeat.connected();
    expect(sent[0]?.status.epochs).toHaveLength(50);
    expect(sent[0]?.status.faults).toHaveLength(100);
    expect(sent[0]?.status.pending).toBe(200);
  });

  it('tells of more epochs than it can list in several, soon after another', () => {
    const { clock, disk, heartbeat, sent } = setUp();
    for (let i = 0; i < 120; i += 1) {
      const epoch = `0f8fad5b-d9cb-469f-a165-${String(i).padStart(12, '0')}`;
      new MemoryJournal(disk, { epoch, bootId: 'b', bootMs: 0 }).keep({ rating: 0, at: 1, bootMs: 1, synced: true });
    }
    heartbeat.connected();
    clock.advance(MINUTE - 1);
    expect(sent.map(({ atMs }) => atMs)).toEqual([0, 5_000, 10_000]);
    expect(new Set(sent.flatMap(({ status }) => status.epochs.map(({ epoch }) => epoch))).size).toBe(120);
  });
});

describe('acknowledged presses', () => {
  it('are deleted after seven days, only when connected for a minute and the clock is right', () => {
    const { clock, journal, heartbeat, keep } = setUp();
    const old = KEEP_ACKNOWLEDGED_MS + 1;
    for (const ageMs of [old, old, 0]) keep(ageMs);
    journal.acknowledge(EPOCH, 1);
    journal.noteAcknowledged(clock.now() - KEEP_ACKNOWLEDGED_MS - 1);
    const oldest = (): number | undefined => journal.spans()[0]?.oldestSeq;
    heartbeat.connected();
    heartbeat.answered();
    clock.advance(MINUTE - 1);
    expect(oldest()).toBe(1);
    clock.advance(1);
    expect(oldest()).toBe(2);
    // The second is as old, but nobody has acknowledged it.
    clock.advance(60 * MINUTE);
    expect(oldest()).toBe(2);
  });

  it('stay while a status was said less than a minute ago', () => {
    const { clock, journal, heartbeat, keep } = setUp();
    keep(KEEP_ACKNOWLEDGED_MS + 1);
    journal.acknowledge(EPOCH, 1);
    journal.noteAcknowledged(clock.now() - KEEP_ACKNOWLEDGED_MS - 1);
    heartbeat.connected();
    heartbeat.answered();
    for (let i = 0; i < 10; i += 1) {
      clock.advance(30_000);
      heartbeat.changed();
      clock.advance(5_000);
    }
    expect(journal.spans()).toHaveLength(1);
    clock.advance(MINUTE);
    expect(journal.spans()).toHaveLength(0);
  });

  it('stay until the gateway has answered something since it was told of them: it may be a restored one', () => {
    const { clock, journal, heartbeat, keep } = setUp();
    keep(KEEP_ACKNOWLEDGED_MS + 1);
    journal.acknowledge(EPOCH, 1);
    journal.noteAcknowledged(clock.now() - KEEP_ACKNOWLEDGED_MS - 1);
    heartbeat.connected();
    heartbeat.answered();
    heartbeat.disconnected();
    heartbeat.connected();
    clock.advance(60 * MINUTE);
    expect(journal.spans()).toHaveLength(1);
    heartbeat.answered();
    clock.advance(MINUTE);
    expect(journal.spans()).toHaveLength(0);
  });

  it('of more epochs than one status lists stay until each list was the last one told when something was answered', () => {
    const { clock, disk, journal, heartbeat } = setUp();
    const at = clock.now() - KEEP_ACKNOWLEDGED_MS - 1;
    for (let i = 0; i < 120; i += 1) {
      const epoch = `0f8fad5b-d9cb-469f-a165-1${String(i).padStart(11, '0')}`;
      new MemoryJournal(disk, { epoch, bootId: 'b', bootMs: 0 }).keep({ rating: 0, at, bootMs: 1, synced: true });
      journal.acknowledge(epoch, 1);
    }
    journal.noteAcknowledged(at);
    heartbeat.connected();
    // Of what was told before the last status a gateway that died over it, and was started again, knows nothing.
    clock.advance(MINUTE - 1);
    heartbeat.answered();
    clock.advance(1 + MINUTE / 2);
    heartbeat.answered();
    clock.advance(MINUTE);
    expect(journal.spans()).toHaveLength(120);
    heartbeat.answered();
    clock.advance(MINUTE);
    expect(journal.spans()).toHaveLength(0);
  });

  it('stay while the clock is not right', () => {
    const { clock, journal, heartbeat, keep } = setUp({ synced: false });
    keep(KEEP_ACKNOWLEDGED_MS + 1);
    journal.acknowledge(EPOCH, 1);
    journal.noteAcknowledged(clock.now() - KEEP_ACKNOWLEDGED_MS - 1);
    heartbeat.connected();
    clock.advance(60 * MINUTE);
    expect(journal.spans()).toHaveLength(1);
  });

  it('stay for seven days from the acknowledgement, however long they were on their way', () => {
    const { clock, journal, heartbeat, keep } = setUp({ intervalMs: 60 * MINUTE });
    keep(2 * KEEP_ACKNOWLEDGED_MS);
    journal.acknowledge(EPOCH, 1);
    heartbeat.connected();
    heartbeat.answered();
    clock.advance(KEEP_ACKNOWLEDGED_MS);
    expect(journal.spans()).toHaveLength(1);
    clock.advance(2 * 60 * MINUTE);
    expect(journal.spans()).toHaveLength(0);
  });

  it('that cannot be deleted are a fault, until they can', () => {
    const { clock, disk, journal, heartbeat, keep, sent } = setUp();
    keep(KEEP_ACKNOWLEDGED_MS + 1);
    journal.acknowledge(EPOCH, 1);
    journal.noteAcknowledged(clock.now() - KEEP_ACKNOWLEDGED_MS - 1);
    disk.failure = 'journal-full';
    heartbeat.connected();
    clock.advance(2 * MINUTE);
    expect(sent.at(-1)?.status.faults.map(({ code }) => code)).toEqual(['journal-forget-failed']);
    delete disk.failure;
    clock.advance(2 * MINUTE);
    expect(sent.at(-1)?.status.faults).toEqual([]);
  });
});
