import {
  attentionOf,
  BACKLOG_AFTER_MS,
  CLOCK_WAIT_MS,
  keepSince,
  LOW_DISK_BYTES,
  OPENING_GRACE_MS,
  type OpeningContext,
  type Quietness,
  SILENT_AFTER_MS,
  type StateInput,
  type TerminalRecord,
  type TerminalState,
  terminalState,
} from '@hymio/gateway';
import type { StatusMessage } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SEEN = NOW - 30_000;

function terminal(more: Partial<TerminalRecord>): TerminalRecord {
  const usual = {
    id: 't-1',
    registered: true,
    firstSeenAt: NOW - 30 * DAY,
    lastSeenAt: SEEN,
    lostPresses: 0,
    missingPresses: 0,
  };
  return { ...usual, ...more };
}

/** A terminal that has run for a day and whose newest status came at SEEN. */
function saying(status: Partial<StatusMessage>, more: Partial<TerminalRecord> = {}): TerminalRecord {
  return terminal({ status: sampleStatus(sampleEpoch(1), SEEN, DAY, status), statusAt: SEEN, ...more });
}

const gone = (at: number) => terminal({ availability: 'offline', availabilityAt: at, lastSeenAt: at - 1 });

/** Open for eight hours a day; today's opening began so long before NOW. */
function opening(openedBeforeMs: number): OpeningContext {
  const opened = NOW - openedBeforeMs;
  const spans = [-2, -1, 0, 1].map((day) => ({ from: opened + day * DAY, to: opened + day * DAY + 8 * HOUR }));
  return { from: NOW - 15 * DAY, to: NOW + 9 * DAY, spans };
}

const quiet: Quietness = {
  window: 'since-last-press',
  from: NOW - 3 * HOUR,
  expected: 14,
  seen: 0,
  probability: 1e-6,
};

interface Row {
  title: string;
  terminal: TerminalRecord;
  more?: Partial<StateInput>;
  expected: object;
}

const rows: Row[] = [
  {
    title: 'announced and never heard of',
    terminal: { id: 'x', registered: true, lostPresses: 0, missingPresses: 0 },
    expected: { kind: 'never-seen' },
  },
  {
    title: 'taken out of use, whatever else is wrong',
    terminal: saying({ faults: [{ code: 'panel-unplugged', since: 7 }] }, { retiredAt: SEEN + 1 }),
    expected: { kind: 'retired', since: SEEN + 1, stillSends: false },
  },
  {
    title: 'taken out of use while it was never seen',
    terminal: { id: 'x', registered: true, retiredAt: NOW - 5, lostPresses: 0, missingPresses: 0 },
    expected: { kind: 'retired', since: NOW - 5, stillSends: false },
  },
  {
    title: 'taken out of use, and still sending',
    terminal: saying({}, { retiredAt: SEEN - 1 }),
    expected: { kind: 'retired', stillSends: true },
  },
  {
    title: 'to be taken out of use later',
    terminal: saying({}, { retiredAt: NOW + 1 }),
    expected: { kind: 'working' },
  },
  {
    title: 'its device was exchanged, the new one is silent so far',
    terminal: saying({ faults: [{ code: 'panel-unplugged', since: 7 }] }, { replacedAt: NOW - 5_000 }),
    expected: { kind: 'never-seen', since: NOW - 5_000 },
  },
  {
    title: 'its device was exchanged, the old one’s will comes after that',
    terminal: saying({}, { replacedAt: SEEN + 1, availability: 'offline', availabilityAt: NOW - 1 }),
    expected: { kind: 'never-seen', since: SEEN + 1 },
  },
  {
    title: 'its device was exchanged and the new one works',
    terminal: saying({ uptimeMs: 1_000 }, { replacedAt: SEEN - 9_000 }),
    expected: { kind: 'working', since: SEEN - 1_000 },
  },
  { title: 'heard a moment ago', terminal: terminal({}), expected: { kind: 'working', since: SEEN } },
  {
    title: 'working since its firmware takes presses',
    terminal: saying({}),
    expected: { kind: 'working', since: SEEN - DAY },
  },
  {
    title: 'working since a fault that stopped it was last seen',
    terminal: saying({}, { seenBlockedAt: SEEN - HOUR }),
    expected: { kind: 'working', since: SEEN - HOUR },
  },
  { title: 'said good-bye', terminal: gone(SEEN), expected: { kind: 'offline', since: SEEN, reason: 'said-so' } },
  {
    title: 'online, but silent for too long',
    terminal: terminal({ availability: 'online', lastSeenAt: NOW - SILENT_AFTER_MS - 1 }),
    expected: { kind: 'offline', since: NOW - SILENT_AFTER_MS - 1, reason: 'silent' },
  },
  {
    title: 'silent for just not too long',
    terminal: terminal({ lastSeenAt: NOW - SILENT_AFTER_MS }),
    expected: { kind: 'working' },
  },
  {
    title: 'silent for less than three of its own long heartbeats',
    terminal: saying({ heartbeatIntervalMs: HOUR }, { lastSeenAt: NOW - 3 * HOUR }),
    expected: { kind: 'working' },
  },
  {
    title: 'silent for more than three of its own long heartbeats',
    terminal: saying({ heartbeatIntervalMs: HOUR }, { lastSeenAt: NOW - 3 * HOUR - 1 }),
    expected: { kind: 'offline', reason: 'silent' },
  },
  {
    title: 'quick heartbeats do not make it offline sooner',
    terminal: saying({ heartbeatIntervalMs: 1_000 }, { lastSeenAt: NOW - SILENT_AFTER_MS }),
    expected: { kind: 'working' },
  },
  {
    title: 'offline and faulty: it is offline that staff must know',
    terminal: saying(
      { faults: [{ code: 'a', since: 7 }] },
      { availability: 'offline', availabilityAt: SEEN, lastSeenAt: SEEN },
    ),
    expected: { kind: 'offline' },
  },
  {
    title: 'went offline in the evening, and the place is closed',
    terminal: gone(NOW - 2 * HOUR),
    more: { opening: opening(12 * HOUR) },
    expected: { kind: 'offline-closed', since: NOW - 2 * HOUR, opensAt: NOW + 12 * HOUR },
  },
  {
    title: 'went offline ten minutes before closing, and the place is closed',
    terminal: gone(NOW - 4 * HOUR - 10 * MINUTE),
    more: { opening: opening(12 * HOUR) },
    expected: { kind: 'offline-closed' },
  },
  {
    title: 'went offline hours before closing: it does not stop alarming in the evening',
    terminal: gone(NOW - 6 * HOUR),
    more: { opening: opening(12 * HOUR) },
    expected: { kind: 'offline', since: NOW - 6 * HOUR },
  },
  {
    title: 'went offline at night, and the place has just opened',
    terminal: gone(NOW - 5 * HOUR),
    more: { opening: opening(OPENING_GRACE_MS - 1) },
    expected: { kind: 'offline-closed' },
  },
  {
    title: 'went offline at night, and is still so a quarter of an hour after opening',
    terminal: gone(NOW - 5 * HOUR),
    more: { opening: opening(OPENING_GRACE_MS) },
    expected: { kind: 'offline', since: NOW - 5 * HOUR },
  },
  {
    title: 'goes offline while the place is open: at once',
    terminal: gone(NOW - 1_000),
    more: { opening: opening(HOUR) },
    expected: { kind: 'offline' },
  },
  {
    title: 'goes offline in the first minute after opening: at once',
    terminal: gone(NOW - 1_000),
    more: { opening: opening(2_000) },
    expected: { kind: 'offline' },
  },
  {
    title: 'storage before panel',
    terminal: saying({
      faults: [
        { code: 'panel-unplugged', since: SEEN - 9_000 },
        { code: 'journal-full', since: SEEN - 5_000 },
      ],
    }),
    expected: { kind: 'storage-problem', since: SEEN - 5_000, faults: [{}, {}] },
  },
  {
    title: 'presses set aside',
    terminal: saying({ faults: [{ code: 'press-set-aside', since: SEEN - 1 }] }),
    expected: { kind: 'storage-problem' },
  },
  {
    title: 'hardly any disk space',
    terminal: saying({ hardware: { freeDiskBytes: LOW_DISK_BYTES - 1 } }),
    expected: { kind: 'storage-problem', freeDiskBytes: LOW_DISK_BYTES - 1, faults: [] },
  },
  {
    title: 'just enough disk space',
    terminal: saying({ hardware: { freeDiskBytes: LOW_DISK_BYTES } }),
    expected: { kind: 'working' },
  },
  {
    title: 'with faults, since the first of them',
    terminal: saying({
      faults: [
        { code: 'panel-unplugged', since: SEEN - 7 },
        { code: 'b', since: SEEN - 9 },
      ],
    }),
    expected: { kind: 'faulty', since: SEEN - 9 },
  },
  {
    title: 'waiting for the time as long as a boot may',
    terminal: saying({ clock: 'unsynced', uptimeMs: CLOCK_WAIT_MS - 30_000 }),
    expected: { kind: 'working' },
  },
  {
    title: 'without the time for longer',
    terminal: saying({ clock: 'unsynced', uptimeMs: CLOCK_WAIT_MS }),
    expected: { kind: 'clock-uncertain', since: SEEN - CLOCK_WAIT_MS },
  },
  {
    title: 'wrong time while it still waits for it',
    terminal: saying({ clock: 'unsynced', uptimeMs: 60_000, sentAt: SEEN - 40 * DAY }),
    expected: { kind: 'working' },
  },
  {
    title: 'sure of a time that is not the gateway’s',
    terminal: saying({ sentAt: SEEN + HOUR }),
    expected: { kind: 'clock-uncertain', aheadMs: HOUR },
  },
  {
    title: 'a status that was under way for minutes',
    terminal: saying({ sentAt: SEEN - 4 * MINUTE }),
    expected: { kind: 'working' },
  },
  {
    title: 'connected for long, and old presses wait',
    terminal: saying(
      { pending: 2, oldestPendingAt: SEEN - BACKLOG_AFTER_MS - 1 },
      { availability: 'online', availabilityAt: NOW - BACKLOG_AFTER_MS - 1 },
    ),
    expected: { kind: 'backlog-growing', pending: 2, since: NOW - BACKLOG_AFTER_MS - 1 },
  },
  {
    title: 'old presses wait, but it has only just come back',
    terminal: saying(
      { pending: 900, oldestPendingAt: SEEN - DAY },
      { availability: 'online', availabilityAt: NOW - BACKLOG_AFTER_MS },
    ),
    expected: { kind: 'working' },
  },
  {
    title: 'connected for long, and a young press waits',
    terminal: saying(
      { pending: 1, oldestPendingAt: SEEN - 1_000 },
      { availability: 'online', availabilityAt: NOW - DAY },
    ),
    expected: { kind: 'working' },
  },
  {
    title: 'connected for long, and a full batch waits however young',
    terminal: saying({ pending: 500 }, { availability: 'online', availabilityAt: NOW - DAY }),
    expected: { kind: 'backlog-growing', pending: 500 },
  },
  {
    title: 'what waited has come since the status',
    terminal: saying({ pending: 900, oldestPendingAt: SEEN - DAY }, { pendingPresses: 0 }),
    expected: { kind: 'working' },
  },
  {
    title: 'improbably few presses',
    terminal: saying({}),
    more: { quiet },
    expected: { kind: 'unusually-quiet', since: quiet.from, quiet },
  },
  {
    title: 'none for improbably long when it was judged, but one has come since',
    terminal: saying({}, { lastPressAt: NOW - 60_000 }),
    more: { quiet },
    expected: { kind: 'working' },
  },
  {
    title: 'improbably few presses of a terminal with a fault: the fault explains them',
    terminal: saying({ faults: [{ code: 'panel-silent', since: 5 }] }),
    more: { quiet },
    expected: { kind: 'faulty' },
  },
];

describe('the state of a terminal', () => {
  it.each(rows)('$title', ({ terminal, more, expected }) => {
    expect(terminalState({ terminal, now: NOW, ...more })).toMatchObject(expected);
  });

  it.each<[TerminalState, string]>([
    [{ kind: 'offline', since: 1, reason: 'silent' }, 'now'],
    [{ kind: 'offline-closed', since: 1, reason: 'silent' }, 'none'],
    [{ kind: 'faulty', since: 1, faults: [{ code: 'panel-silent', since: 1 }] }, 'now'],
    [{ kind: 'faulty', since: 1, faults: [{ code: 'button-stuck', since: 1 }] }, 'soon'],
    [{ kind: 'storage-problem', since: 1, faults: [{ code: 'journal-full', since: 1 }] }, 'now'],
    [{ kind: 'storage-problem', since: 1, faults: [], freeDiskBytes: 5 }, 'soon'],
    [{ kind: 'retired', since: 1, stillSends: true }, 'soon'],
    [{ kind: 'retired', since: 1, stillSends: false }, 'none'],
    [{ kind: 'unusually-quiet', since: 1, quiet }, 'soon'],
    [{ kind: 'never-seen' }, 'soon'],
    [{ kind: 'working', since: 1 }, 'none'],
  ])('%o asks for attention: %s', (state, attention) => {
    expect(attentionOf(state)).toBe(attention);
  });
});

describe('since when a state holds', () => {
  const low = (since: number): TerminalState => ({ kind: 'storage-problem', since, faults: [], freeDiskBytes: 5 });

  it('is since it was first seen, where a status only tells of now', () => {
    expect(keepSince(low(5), low(9))).toMatchObject({ since: 5 });
  });

  it('is what the rule says, where it knows', () => {
    expect(keepSince({ kind: 'working', since: 5 }, { kind: 'working', since: 9 })).toMatchObject({ since: 9 });
    expect(keepSince({ kind: 'working', since: 5 }, low(9))).toMatchObject({ since: 9 });
    expect(keepSince(undefined, low(9))).toMatchObject({ since: 9 });
  });
});
