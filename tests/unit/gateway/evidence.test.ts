import { CLOCK_TOLERANCE_MS, evidence, SILENT_AFTER_MS, type TerminalRecord } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import { sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const NOW = 1_800_000_000_000;
const S = 1_000;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const terminal = (more: Partial<TerminalRecord>): TerminalRecord => ({
  id: 't-1',
  registered: true,
  firstSeenAt: NOW - 30 * DAY,
  lostPresses: 0,
  missingPresses: 0,
  ...more,
});
const statusAt = (at: number, more: object = {}) => ({
  status: sampleStatus(sampleEpoch(1), at, DAY, more),
  statusAt: at,
});

interface Row {
  title: string;
  known: Partial<TerminalRecord>;
  deaf?: { from: number; to: number };
  expected: object;
}

/** What speaks against what, and what is made of it. */
const contradictions: Row[] = [
  {
    title: 'an old connection’s will comes after the new connection’s `online`, then a status: connected',
    known: { lastSeenAt: NOW - S, availability: 'offline', availabilityAt: NOW - 2 * S, ...statusAt(NOW - S) },
    expected: { contact: { kind: 'connected' }, contradictions: ['heard-after-offline'] },
  },
  {
    title: 'the same, and nothing comes for long after it: offline since the last word',
    known: { lastSeenAt: NOW - 5 * MINUTE, availability: 'offline', availabilityAt: NOW - 6 * MINUTE },
    expected: { contact: { kind: 'lost', since: NOW - 5 * MINUTE, reason: 'silent' }, contradictions: [] },
  },
  {
    title: 'presses in the very millisecond of the will: the will came last, it is believed',
    known: { lastSeenAt: NOW - S, availability: 'offline', availabilityAt: NOW - S },
    expected: { contact: { kind: 'lost', since: NOW - S, reason: 'said-so' } },
  },
  {
    title: 'a good-bye long after the last word (the gateway was away): gone since that word',
    known: { lastSeenAt: NOW - 9 * HOUR, availability: 'offline', availabilityAt: NOW - S },
    expected: { contact: { kind: 'lost', since: NOW - 9 * HOUR, reason: 'said-so' } },
  },
  {
    title: 'a good-bye as late as a keep-alive makes it: gone since it was said',
    known: { lastSeenAt: NOW - 2 * MINUTE, availability: 'offline', availabilityAt: NOW - S },
    expected: { contact: { kind: 'lost', since: NOW - S, reason: 'said-so' } },
  },
  {
    title: 'a retained `online`, and silence: the broker’s memory is no sign of life',
    known: { lastSeenAt: NOW - HOUR, availability: 'online', availabilityAt: NOW - S },
    expected: { contact: { kind: 'lost', since: NOW - HOUR, reason: 'silent' } },
  },
  {
    title: 'silence while the gateway itself heard nobody: not held against it',
    known: { lastSeenAt: NOW - HOUR, availability: 'online', availabilityAt: NOW - HOUR },
    deaf: { from: NOW - HOUR, to: NOW - MINUTE },
    expected: { contact: { kind: 'connected' } },
  },
  {
    title: 'silence for too long after the gateway heard again',
    known: { lastSeenAt: NOW - HOUR, availability: 'online', availabilityAt: NOW - HOUR },
    deaf: { from: NOW - HOUR, to: NOW - SILENT_AFTER_MS - 1 },
    expected: { contact: { kind: 'lost', since: NOW - HOUR } },
  },
  {
    title: 'silent for long already when the gateway went deaf: still offline afterwards',
    known: { lastSeenAt: NOW - 2 * HOUR, availability: 'online', availabilityAt: NOW - DAY },
    deaf: { from: NOW - HOUR, to: NOW - S },
    expected: { contact: { kind: 'lost', since: NOW - 2 * HOUR } },
  },
  {
    title: 'known only from what the broker kept: it has existed, and is gone',
    known: { firstSeenAt: NOW - HOUR, ...statusAt(NOW - DAY) },
    expected: { contact: { kind: 'lost', since: NOW - DAY, reason: 'silent' } },
  },
  {
    title: 'known only from what the broker has just told: it is given time to speak',
    known: { firstSeenAt: NOW - MINUTE, ...statusAt(NOW - DAY) },
    expected: { contact: { kind: 'connected' } },
  },
  {
    title: 'last seen in the future (this computer’s clock was set back): seen now',
    known: { lastSeenAt: NOW + HOUR, availability: 'online', availabilityAt: NOW + HOUR, ...statusAt(NOW + HOUR) },
    expected: { contact: { kind: 'connected', since: NOW } },
  },
  {
    title: 'presses come, heartbeats do not',
    known: { lastSeenAt: NOW - S, ...statusAt(NOW - HOUR) },
    expected: { contact: { kind: 'connected' }, contradictions: ['no-heartbeat'] },
  },
  {
    title: 'its first presses come before its first status: nothing odd',
    known: { firstSeenAt: NOW - 2 * S, lastSeenAt: NOW - S },
    expected: { contact: { kind: 'connected' }, contradictions: [] },
  },
  {
    title: 'a synchronised clock an hour behind: its times are read by the gateway’s clock',
    known: {
      lastSeenAt: NOW - S,
      status: sampleStatus(sampleEpoch(1), NOW - S - HOUR, DAY, {
        faults: [{ code: 'x', since: NOW - 2 * HOUR }],
        oldestPendingAt: NOW - 3 * HOUR,
        pending: 1,
      }),
      statusAt: NOW - S,
    },
    expected: {
      clockAheadMs: -HOUR,
      faults: [{ code: 'x', since: NOW - HOUR }],
      oldestPendingAt: NOW - 2 * HOUR,
      contradictions: ['clock-disagrees'],
    },
  },
  {
    title: 'a clock without the time, in 1970: read by the gateway’s, and no contradiction',
    known: {
      lastSeenAt: NOW - S,
      status: sampleStatus(sampleEpoch(1), 90 * S, 90 * S, {
        clock: 'unsynced',
        faults: [{ code: 'x', since: 30 * S }],
      }),
      statusAt: NOW - S,
    },
    expected: { faults: [{ since: NOW - S - MINUTE }], contradictions: [] },
  },
  {
    title: 'a fault that began in the future, within the tolerance: it began now at the latest',
    known: { lastSeenAt: NOW, ...statusAt(NOW, { faults: [{ code: 'x', since: NOW + CLOCK_TOLERANCE_MS }] }) },
    expected: { faults: [{ since: NOW }], contradictions: [] },
  },
  {
    title: 'heard after it was taken out of use',
    known: { lastSeenAt: NOW - S, retiredAt: NOW - HOUR, ...statusAt(NOW - S) },
    expected: { contradictions: ['heard-after-retired'] },
  },
  {
    title: 'its device was exchanged and the new one has sent presses only: the old one’s faults are not its own',
    known: {
      lastSeenAt: NOW - S,
      replacedAt: NOW - MINUTE,
      ...statusAt(NOW - HOUR, { faults: [{ code: 'x', since: 5 }], pending: 7 }),
    },
    expected: { contact: { kind: 'connected' }, faults: [], pending: 0 },
  },
  {
    title: 'its device was exchanged before the first word: never heard',
    known: { lastSeenAt: NOW - HOUR, replacedAt: NOW - MINUTE, availability: 'online', availabilityAt: NOW - DAY },
    expected: { contact: { kind: 'never' } },
  },
];

describe('evidence about a terminal', () => {
  it.each(contradictions)('$title', ({ known, deaf, expected }) => {
    expect(evidence(terminal(known), NOW, deaf)).toMatchObject(expected);
  });
});
