import { applyStatus, type EpochReport, missingPresses, type StatusKnowledge } from '@hymio/gateway';
import type { EpochSpan, StatusMessage } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const span = (n: number, lastSeq: number, ackedSeq = 0): EpochSpan => ({
  epoch: id(n),
  oldestSeq: 1,
  lastSeq,
  ackedSeq,
});
const status = (epochs: EpochSpan[], uptimeMs = 1_000): StatusMessage => ({
  sentAt: 1_795_000_000_000,
  firmware: '1',
  epoch: id(1),
  epochs,
  pending: 0,
  clock: 'synced',
  uptimeMs,
  faults: [],
  hardware: {},
});
const report = (mark: number, highestReported: number, lastReported = highestReported): EpochReport => ({
  mark,
  highestReported,
  lastReported,
});
const known = (epochs: Record<number, EpochReport>, more: Partial<StatusKnowledge> = {}): StatusKnowledge => ({
  epochs: new Map(Object.entries(epochs).map(([n, value]) => [id(Number(n)), value])),
  foreign: new Set(),
  ...more,
});
const missingAfter = (before: StatusKnowledge, message: StatusMessage, retained = false) => {
  const { reports } = applyStatus(before, message, retained);
  const all = new Map([...before.epochs, ...reports]);
  return [...all.values()].reduce((sum, one) => sum + missingPresses(one), 0);
};

describe('applyStatus', () => {
  it('rewinds where the terminal believes more acknowledged than is stored', () => {
    const { acks } = applyStatus(
      known({ 1: report(3, 9), 2: report(9, 9) }),
      status([span(1, 9, 5), span(2, 9, 9)]),
      false,
    );
    expect(acks).toEqual([{ epoch: id(1), upTo: 3, rewind: true }]);
  });

  it('rewinds an epoch that it does not know to the beginning, also on a retained status', () => {
    const { acks, stale } = applyStatus(known({}), status([span(1, 9, 5)]), true);
    expect({ acks, stale }).toEqual({ acks: [{ epoch: id(1), upTo: 0, rewind: true }], stale: true });
  });

  it('remembers the highest seq ever reported', () => {
    const { reports } = applyStatus(known({ 1: report(0, 9) }), status([span(1, 4)]), false);
    expect(reports.get(id(1))).toEqual({ mark: 0, highestReported: 9, lastReported: 4 });
  });

  it.each([
    { name: 'less than before', before: known({ 1: report(2, 9) }), now: [span(1, 5)], missing: 4 },
    { name: 'less than before, all of it stored', before: known({ 1: report(9, 9) }), now: [span(1, 5)], missing: 0 },
    { name: 'less than before, part of it stored', before: known({ 1: report(7, 9) }), now: [span(1, 5)], missing: 2 },
    { name: 'gone while presses are missing', before: known({ 1: report(2, 9) }), now: [], missing: 7 },
    { name: 'gone once all is stored', before: known({ 1: report(9, 9) }), now: [], missing: 0 },
    { name: 'back again', before: known({ 1: report(2, 9, 0) }), now: [span(1, 9)], missing: 0 },
    {
      name: 'gone from a list that is full',
      before: known({ 1: report(2, 9) }),
      now: Array.from({ length: 50 }, (_, n) => span(n + 2, 1)),
      missing: 0,
    },
  ])('an epoch $name: $missing missing', ({ before, now, missing }) => {
    expect(missingAfter(before, status(now))).toBe(missing);
  });

  it('takes no incident from a retained status or from one older than the newest', () => {
    const before = known({ 1: report(2, 9) }, { newest: { epoch: id(1), uptimeMs: 5_000 } });
    expect(missingAfter(before, status([span(1, 5)], 9_000), true)).toBe(0);
    expect(missingAfter(before, status([span(1, 5)], 4_000))).toBe(0);
    expect(missingAfter(before, status([span(1, 5)], 6_000))).toBe(4);
  });

  it('lets no stale status withdraw what is missing', () => {
    const before = known({ 1: report(2, 9, 5) }, { newest: { epoch: id(1), uptimeMs: 5_000 } });
    expect(missingAfter(before, status([span(1, 9)], 4_000))).toBe(4);
  });

  it('takes a status for older only where the same firmware process has been heard later', () => {
    const before = known({}, { newest: { epoch: id(1), uptimeMs: 5_000 } });
    const staleAt = (epoch: string, uptimeMs: number) =>
      applyStatus(before, { ...status([], uptimeMs), epoch }, false).stale;
    expect([staleAt(id(1), 4_999), staleAt(id(1), 5_000), staleAt(id(2), 10)]).toEqual([true, false, false]);
  });

  it('learns of presses also from a stale status', () => {
    const before = known({ 1: report(2, 9, 5) }, { newest: { epoch: id(1), uptimeMs: 5_000 } });
    const { reports } = applyStatus(before, status([span(1, 12)], 4_000), false);
    expect(reports.get(id(1))).toEqual(report(2, 12));
  });

  it.each([
    ['an epoch that stands as it stood', known({ 1: report(2, 9) }), [span(1, 9)]],
    ['one that went away before', known({ 1: report(2, 9, 0) }), []],
    ['one that went away once all was stored', known({ 1: report(9, 9) }), []],
  ])('has nothing to say of %s', (_name, before, now) => {
    expect(applyStatus(before, status(now), false).reports.size).toBe(0);
  });

  it('ignores epochs of another terminal', () => {
    const decision = applyStatus(known({}, { foreign: new Set([id(2)]) }), status([span(2, 9, 9)]), false);
    expect({ acks: decision.acks, reports: decision.reports.size }).toEqual({ acks: [], reports: 0 });
  });
});
