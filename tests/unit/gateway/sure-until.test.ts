import { sureUntil, type TerminalRecord, terminalState } from '@hymio/gateway';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SAMPLE_NOW, sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const MINUTE = 60_000;

/** Instants around now, both sides, and a wait that is over or not. */
const around = fc
  .oneof(fc.integer({ min: -3 * MINUTE, max: 5_000 }), fc.integer({ min: -20 * MINUTE, max: MINUTE }))
  .map((offset) => SAMPLE_NOW + offset);
/** Nearly always absent. */
const seldom = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: fc.constant(undefined), weight: 15 }, { arbitrary: value, weight: 1 });
const FAULT = { code: 'button-stuck', since: SAMPLE_NOW };

const status = fc
  .record({
    sentAt: around,
    uptimeMs: fc.nat(30 * MINUTE),
    pending: fc.constantFrom(0, 0, 0, 1, 600),
    oldestPendingAt: fc.option(around, { nil: undefined }),
    clock: fc.constantFrom('synced' as const, 'synced' as const, 'unsynced' as const),
    heartbeatIntervalMs: fc.constantFrom(undefined, MINUTE, 10 * MINUTE),
    isFaulty: fc.constantFrom(false, false, false, true),
    freeDiskBytes: fc.constantFrom(undefined, 1e6, 1e10, 1e10),
  })
  .map(({ uptimeMs, freeDiskBytes, sentAt, isFaulty, ...more }) =>
    sampleStatus(sampleEpoch(1), sentAt, uptimeMs, {
      ...more,
      faults: isFaulty ? [FAULT] : [],
      hardware: { freeDiskBytes },
    }),
  );

const terminal = fc
  .record({
    retiredAt: seldom(around),
    replacedAt: seldom(around),
    firstSeenAt: fc.constantFrom(SAMPLE_NOW - 60 * MINUTE, SAMPLE_NOW - 60 * MINUTE, undefined),
    lastSeenAt: fc.option(around, { nil: undefined, freq: 20 }),
    availability: fc.constantFrom('online' as const, 'online' as const, 'offline' as const, undefined),
    availabilityAt: around,
    status: fc.option(status, { nil: undefined, freq: 20 }),
    statusAt: around,
    seenBlockedAt: fc.option(around, { nil: undefined }),
    lastPressAt: around,
  })
  .map((fields) => {
    const known = Object.entries(fields).filter(([, value]) => value !== undefined);
    const record = { id: 't-1', registered: true, lostPresses: 0, missingPresses: 0, ...Object.fromEntries(known) };
    return record as TerminalRecord;
  });

it('a terminal whose state is sure is judged the same as before', () => {
  let sure = 0;
  fc.assert(
    fc.property(terminal, fc.nat(10 * MINUTE), fc.boolean(), (record, laterMs, isDeaf) => {
      const deaf = isDeaf ? { from: SAMPLE_NOW - 30 * MINUTE, to: SAMPLE_NOW } : undefined;
      const before = terminalState({ terminal: record, now: SAMPLE_NOW, deaf });
      const now = SAMPLE_NOW + laterMs;
      if (sureUntil(record, before, SAMPLE_NOW) < now) return;
      sure += 1;
      expect(terminalState({ terminal: record, now })).toEqual(before);
    }),
    { numRuns: 5_000 },
  );
  expect(sure).toBeGreaterThan(50);
});

it('a terminal that beats as it should is sure to work until it has missed three beats', () => {
  const at = SAMPLE_NOW;
  const message = sampleStatus(sampleEpoch(1), at, MINUTE, {});
  const heard = { firstSeenAt: at, lastSeenAt: at, availability: 'online', availabilityAt: at } as const;
  const record = { id: 't-1', registered: true, lostPresses: 0, missingPresses: 0, ...heard };
  const beating = { ...record, status: message, statusAt: at, pendingPresses: 0 };
  const state = terminalState({ terminal: beating, now: at });
  expect(sureUntil(beating, state, at)).toBe(at + 3 * MINUTE);
});
