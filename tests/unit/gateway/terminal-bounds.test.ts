import {
  attentionOf,
  BACKLOG_AFTER_MS,
  CLOCK_TOLERANCE_MS,
  evidence,
  keepSince,
  LOW_DISK_BYTES,
  type OpeningContext,
  type Quietness,
  SILENT_AFTER_MS,
  type StateInput,
  TERMINAL_STATE_KINDS,
  type TerminalRecord,
  type TerminalState,
  terminalState,
} from '@hymio/gateway';
import type { StatusMessage } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SEEN = NOW - 30_000;
const REPLACED = NOW - HOUR;

const known = (more: Partial<TerminalRecord>): TerminalRecord => ({
  id: 't-1',
  registered: true,
  lostPresses: 0,
  missingPresses: 0,
  ...more,
});
const statusAt = (at: number, more: Partial<StatusMessage> = {}) => ({
  status: sampleStatus(sampleEpoch(1), at, DAY, more),
  statusAt: at,
});
const heard = (more: Partial<TerminalRecord> = {}, status: Partial<StatusMessage> = {}) =>
  known({ firstSeenAt: NOW - 30 * DAY, lastSeenAt: SEEN, ...statusAt(SEEN, status), ...more });
const state = (terminal: TerminalRecord, more: Partial<StateInput> = {}) =>
  terminalState({ terminal, now: NOW, ...more });

describe('what is known of a device that took the place of another', () => {
  const since = (more: Partial<TerminalRecord>) => evidence(known({ replacedAt: REPLACED, ...more }), NOW);

  it('is that it is online, once it has said so', () => {
    const online = { lastSeenAt: SEEN, availability: 'online', availabilityAt: SEEN } as const;
    expect(since(online).contact).toStrictEqual({ kind: 'connected', since: SEEN });
    expect(since({ ...online, availabilityAt: REPLACED }).contact).toStrictEqual({ kind: 'connected' });
  });

  it('is that it is gone, once it has been heard and said so', () => {
    const offline = { lastSeenAt: SEEN, availability: 'offline', availabilityAt: SEEN + 1 } as const;
    expect(since(offline).contact).toStrictEqual({ kind: 'lost', since: SEEN + 1, reason: 'said-so' });
    expect(since({ ...offline, lastSeenAt: REPLACED }).contact).toMatchObject({ kind: 'never' });
  });

  it('is what it told since: its own status, and what waits in it', () => {
    const told = { lastSeenAt: SEEN, ...statusAt(SEEN, { pending: 9 }), pendingPresses: 3 };
    expect(since(told)).toMatchObject({ statusAt: SEEN, pending: 3 });
    const { pendingPresses: _pendingPresses, ...unsettled } = told;
    expect(since(unsettled)).toMatchObject({ statusAt: SEEN, pending: 9 });
    expect(since({ ...told, statusAt: REPLACED })).toMatchObject({ statusAt: -Infinity, pending: 0 });
  });
});

describe('what is known of a terminal', () => {
  it('is no status where there was none', () => {
    const without = evidence(known({ lastSeenAt: SEEN }), NOW);
    expect(without).toMatchObject({ contact: { kind: 'connected' }, statusAt: -Infinity });
    expect('status' in without || 'since' in without.contact).toBe(false);
  });

  it('is what a broker kept of it: that it said good-bye', () => {
    const kept = known({ firstSeenAt: SEEN, availability: 'offline', availabilityAt: SEEN });
    expect(evidence(kept, NOW).contact).toStrictEqual({ kind: 'lost', since: SEEN, reason: 'said-so' });
  });

  it('changes beyond a bound, and not on it', () => {
    const goodbye = { lastSeenAt: SEEN - SILENT_AFTER_MS, availability: 'offline', availabilityAt: SEEN } as const;
    expect(evidence(known(goodbye), NOW).contact).toMatchObject({ since: SEEN });
    const ahead = (ms: number) => evidence(heard({}, { sentAt: SEEN + ms }), NOW).clockAheadMs;
    expect([ahead(CLOCK_TOLERANCE_MS), ahead(CLOCK_TOLERANCE_MS + 1)]).toEqual([0, CLOCK_TOLERANCE_MS + 1]);
    expect(evidence(heard({ retiredAt: SEEN }), NOW).contradictions).toEqual([]);
    expect(evidence(heard(statusAt(SEEN - SILENT_AFTER_MS)), NOW).contradictions).toEqual([]);
  });
});

describe('the state of a terminal', () => {
  it('is one of these', () => {
    expect(TERMINAL_STATE_KINDS.join(' ')).toBe(
      'retired never-seen offline offline-closed storage-problem faulty clock-uncertain backlog-growing unusually-quiet working',
    );
  });

  it('begins and ends on a bound', () => {
    expect(state(heard({ retiredAt: NOW }))).toMatchObject({ kind: 'retired' });
    expect(state(known({}))).toStrictEqual({ kind: 'never-seen' });
    const waiting = { pending: 2, oldestPendingAt: SEEN - BACKLOG_AFTER_MS };
    expect(state(heard({ availability: 'online', availabilityAt: NOW - DAY }, waiting))).toMatchObject({
      kind: 'working',
    });
    const full = { hardware: { freeDiskBytes: LOW_DISK_BYTES - 1 } };
    expect(state(heard({}, full))).toMatchObject({ kind: 'storage-problem', since: SEEN });
  });

  it('tells when a place opens only where it is closed and that is known', () => {
    const gone = known({
      firstSeenAt: 0,
      lastSeenAt: NOW - 2 * HOUR,
      availability: 'offline',
      availabilityAt: NOW - HOUR,
    });
    const opening = (...spans: OpeningContext['spans']): OpeningContext => ({ from: 0, to: NOW + DAY, spans });
    const closed = { kind: 'offline-closed', since: NOW - 2 * HOUR, reason: 'said-so' };
    const opensAt = NOW + HOUR;
    expect(state(gone, { opening: opening({ from: opensAt, to: NOW + 9 * HOUR }) })).toStrictEqual({
      ...closed,
      opensAt,
    });
    expect(state(gone, { opening: opening({ from: NOW - DAY, to: NOW - 9 * HOUR }) })).toStrictEqual(closed);
    expect(state(gone, { opening: opening({ from: NOW - MINUTE, to: NOW + HOUR }) })).toStrictEqual(closed);
  });

  it('does not alarm of a few minutes before closing and a few after opening', () => {
    const gone = known({
      firstSeenAt: 0,
      lastSeenAt: NOW - 10 * HOUR,
      availability: 'offline',
      availabilityAt: NOW - 10 * HOUR,
    });
    const spans = [
      { from: NOW - 18 * HOUR, to: NOW - 10 * HOUR + 3 * MINUTE },
      { from: NOW - 2 * MINUTE, to: NOW + HOUR },
    ];
    expect(state(gone, { opening: { from: 0, to: NOW + DAY, spans } })).toMatchObject({ kind: 'offline-closed' });
    const justGone = { ...gone, lastSeenAt: NOW, availabilityAt: NOW };
    expect(state(justGone, { opening: { from: 0, to: NOW + DAY, spans: [] } })).toMatchObject({
      kind: 'offline-closed',
    });
  });

  it('is quiet over a day whenever the last press came, and since a press until the next', () => {
    const quiet: Quietness = { window: 'today', from: NOW - DAY, expected: 40, seen: 1, probability: 1e-6 };
    const since: Quietness = { ...quiet, window: 'since-last-press', from: NOW - HOUR };
    expect(state(heard({ lastPressAt: NOW - HOUR }), { quiet })).toMatchObject({ kind: 'unusually-quiet' });
    expect(state(heard({ lastPressAt: NOW - HOUR }), { quiet: since })).toMatchObject({ kind: 'unusually-quiet' });
  });

  const quiet = { window: 'today', from: 0, expected: 40, seen: 1, probability: 1e-6 } as const;
  const JOURNAL = [{ code: 'journal-full', since: 1 }];
  it.each<[string, (since: number) => TerminalState, boolean]>([
    ['a storage fault', (since) => ({ kind: 'storage-problem', since, faults: JOURNAL }), false],
    ['any fault', (since) => ({ kind: 'faulty', since, faults: JOURNAL }), false],
    ['a clock that is ahead', (since) => ({ kind: 'clock-uncertain', since, aheadMs: HOUR }), true],
    ['a clock without the time', (since) => ({ kind: 'clock-uncertain', since }), false],
    ['a backlog', (since) => ({ kind: 'backlog-growing', since, pending: 700 }), true],
    ['quiet', (since) => ({ kind: 'unusually-quiet', since, quiet }), true],
  ])('%s lasts since it was first seen only where a status tells no more than now', (_name, stateSince, kept) => {
    expect(keepSince(stateSince(5), stateSince(9)).since).toBe(kept ? 5 : 9);
    expect(keepSince(stateSince(9), stateSince(5)).since).toBe(5);
  });

  it('asks for attention soon where presses may be missed', () => {
    expect(attentionOf({ kind: 'clock-uncertain', since: 1 })).toBe('soon');
    expect(attentionOf({ kind: 'backlog-growing', since: 1, pending: 700 })).toBe('soon');
  });
});
