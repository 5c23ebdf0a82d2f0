import { SILENT_AFTER_MS, type TerminalRecord, terminalState } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import { sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const NOW = 1_800_000_000_000;
const HOUR = 3_600_000;
const SEEN = NOW - 30_000;

function terminal(more: Partial<TerminalRecord>): TerminalRecord {
  const usual = {
    id: 't-1',
    registered: true,
    firstSeenAt: NOW - 9_999_999,
    lastSeenAt: SEEN,
    lostPresses: 0,
    missingPresses: 0,
  };
  return { ...usual, ...more };
}

function status(faults: { code: string; since: number }[]) {
  return sampleStatus(sampleEpoch(1), SEEN, 60_000, { faults });
}

describe('the state of a terminal', () => {
  it.each([
    [
      'announced and never heard of',
      { id: 'x', registered: true, lostPresses: 0, missingPresses: 0 },
      { kind: 'never-seen' },
    ],
    ['heard a moment ago', terminal({}), { kind: 'working', since: SEEN }],
    [
      'said good-bye',
      terminal({ availability: 'offline', availabilityAt: SEEN }),
      { kind: 'offline', since: SEEN, reason: 'said-so' },
    ],
    [
      'an old connection’s will, and a message after it',
      terminal({ availability: 'offline', availabilityAt: SEEN - 5 }),
      { kind: 'working', since: SEEN },
    ],
    [
      'online, but silent for too long',
      terminal({ availability: 'online', lastSeenAt: NOW - SILENT_AFTER_MS - 1 }),
      { kind: 'offline', since: NOW - SILENT_AFTER_MS - 1, reason: 'silent' },
    ],
    ['silent for just not too long', terminal({ lastSeenAt: NOW - SILENT_AFTER_MS }), { kind: 'working' }],
    [
      'silent for less than three of its own long heartbeats',
      terminal({ lastSeenAt: NOW - 3 * HOUR, status: { ...status([]), heartbeatIntervalMs: HOUR } }),
      { kind: 'working' },
    ],
    [
      'silent for more than three of its own long heartbeats',
      terminal({ lastSeenAt: NOW - 3 * HOUR - 1, status: { ...status([]), heartbeatIntervalMs: HOUR } }),
      { kind: 'offline', reason: 'silent' },
    ],
    [
      'quick heartbeats do not make it offline sooner',
      terminal({ lastSeenAt: NOW - SILENT_AFTER_MS, status: { ...status([]), heartbeatIntervalMs: 1_000 } }),
      { kind: 'working' },
    ],
    [
      'with faults, since the first of them',
      terminal({
        status: status([
          { code: 'a', since: 7 },
          { code: 'b', since: 5 },
        ]),
      }),
      { kind: 'faulty', since: 5 },
    ],
    [
      'offline and faulty: it is offline that staff must know',
      terminal({ availability: 'offline', availabilityAt: SEEN, status: status([{ code: 'a', since: 7 }]) }),
      { kind: 'offline' },
    ],
  ] as const)('%s', (_title, record, expected) => {
    expect(terminalState(record, NOW)).toMatchObject(expected);
  });
});
