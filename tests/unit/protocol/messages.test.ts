import {
  ackMessageSchema,
  answerMessageSchema,
  availabilitySchema,
  commandMessageSchema,
  configMessageSchema,
  MAX_BATCH,
  MAX_STATUS_EPOCHS,
  pressesMessageSchema,
  statusMessageSchema,
  UNKNOWN_UNCERTAINTY_MS,
  validate,
} from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';

const epoch = '0f8fad5b-d9cb-469f-a165-70867728950e';
const press = { at: 1_795_176_877_000, rating: 2, clock: 'synced' };
const batch = { epoch, firstSeq: 5, oldestSeq: 3, presses: [press] };
const status = {
  sentAt: 1_795_176_900_000,
  firmware: '0.1.0',
  epoch,
  epochs: [{ epoch, oldestSeq: 1, lastSeq: 2, ackedSeq: 0 }],
  pending: 2,
  clock: 'synced',
  uptimeMs: 0,
  faults: [],
  hardware: {},
};

function accepts(schema: z.ZodType, value: unknown): void {
  expect(validate(schema, value)).toEqual({ ok: true, message: value });
}

/** Refused, and the reason names the path that is at fault. */
function refuses(schema: z.ZodType, value: unknown, path: string): void {
  const result = validate(schema, value);
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.reason).toMatch(new RegExp(`(^|; )${path.replaceAll('.', '\\.')}: `));
}

function entries(count: number): unknown[] {
  return Array.from({ length: count }, () => press);
}

describe('presses', () => {
  it.each([
    ['one press', batch],
    ['the first press of an epoch', { ...batch, firstSeq: 1, oldestSeq: 1 }],
    ['oldestSeq equal to firstSeq', { ...batch, oldestSeq: 5 }],
    ['a full batch', { ...batch, presses: entries(MAX_BATCH) }],
    ['a press that cannot be read any more', { ...batch, presses: [press, null] }],
    ['nothing but such presses', { ...batch, presses: [null] }],
    ['a corrected time', { ...batch, presses: [{ ...press, clock: 'corrected' }] }],
    ['an estimated time', { ...batch, presses: [{ ...press, clock: 'estimated', uncertaintyMs: 0 }] }],
    [
      'a time that is not known at all',
      { ...batch, presses: [{ ...press, clock: 'estimated', uncertaintyMs: UNKNOWN_UNCERTAINTY_MS }] },
    ],
    ['a time in 1970', { ...batch, presses: [{ ...press, at: 0 }] }],
    ['a time before 1970', { ...batch, presses: [{ ...press, at: -1 }] }],
    ['a time in 2090', { ...batch, presses: [{ ...press, at: 3_800_000_000_000 }] }],
  ])('accepts %s', (_, message) => accepts(pressesMessageSchema, message));

  it.each([0, 1, 2, 3])('accepts rating %i', (rating) => {
    accepts(pressesMessageSchema, { ...batch, presses: [{ ...press, rating }] });
  });

  it.each([
    ['no press', { ...batch, presses: [] }, 'presses'],
    ['one press more than a full batch', { ...batch, presses: entries(MAX_BATCH + 1) }, 'presses'],
    ['oldestSeq above firstSeq', { ...batch, oldestSeq: 6 }, 'oldestSeq'],
    ['a seq of 0', { ...batch, firstSeq: 0, oldestSeq: 0 }, 'firstSeq'],
    ['half a seq', { ...batch, firstSeq: 5.5 }, 'firstSeq'],
    ['a seq that a double cannot hold', { ...batch, firstSeq: 2 ** 53 }, 'firstSeq'],
    ['an epoch that is no UUID', { ...batch, epoch: 'yesterday' }, 'epoch'],
    ['an epoch in upper case', { ...batch, epoch: epoch.toUpperCase() }, 'epoch'],
    ['a missing epoch', { ...batch, epoch: undefined }, 'epoch'],
    ['rating 4', { ...batch, presses: [press, { ...press, rating: 4 }] }, 'presses.1.rating'],
    ['rating -1', { ...batch, presses: [{ ...press, rating: -1 }] }, 'presses.0.rating'],
    ['a rating as text', { ...batch, presses: [{ ...press, rating: '2' }] }, 'presses.0.rating'],
    ['a time as text', { ...batch, presses: [{ ...press, at: '2026-11-20T12:14:37Z' }] }, 'presses.0.at'],
    ['a fraction of a millisecond', { ...batch, presses: [{ ...press, at: 0.5 }] }, 'presses.0.at'],
    ['an unknown clock', { ...batch, presses: [{ ...press, clock: 'guessed' }] }, 'presses.0.clock'],
    [
      'an estimated time without its uncertainty',
      { ...batch, presses: [{ ...press, clock: 'estimated' }] },
      'presses.0.uncertaintyMs',
    ],
    [
      'a negative uncertainty',
      { ...batch, presses: [{ ...press, clock: 'estimated', uncertaintyMs: -1 }] },
      'presses.0.uncertaintyMs',
    ],
    [
      'more than the largest uncertainty',
      { ...batch, presses: [{ ...press, clock: 'estimated', uncertaintyMs: UNKNOWN_UNCERTAINTY_MS + 1 }] },
      'presses.0.uncertaintyMs',
    ],
  ])('refuses %s', (_, message, path) => refuses(pressesMessageSchema, message, path));

  it('ignores what a newer firmware adds', () => {
    const newer = { ...batch, panel: 'x', presses: [{ ...press, heldMs: 80 }] };
    expect(validate(pressesMessageSchema, newer)).toEqual({ ok: true, message: batch });
  });
});

describe('ack', () => {
  it.each([
    ['nothing committed yet', { epoch, upTo: 0 }],
    ['a mark', { epoch, upTo: 17 }],
    ['a rewind', { epoch, upTo: 0, rewind: true }],
    ['a refusal', { epoch, upTo: 2, refused: 'malformed', firstSeq: 3, count: 10 }],
    ['a refusal of a batch whose head could not be read', { epoch, upTo: 2, refused: 'malformed' }],
    ['a refusal for a reason that is not known yet', { epoch, upTo: 2, refused: 'something-new' }],
  ])('accepts %s', (_, message) => accepts(ackMessageSchema, message));

  it.each([
    ['a negative mark', { epoch, upTo: -1 }, 'upTo'],
    ['a missing mark', { epoch }, 'upTo'],
    ['rewind: false, which is said by leaving it out', { epoch, upTo: 0, rewind: false }, 'rewind'],
    ['an empty reason', { epoch, upTo: 0, refused: '' }, 'refused'],
    ['a refused batch of no entries', { epoch, upTo: 0, refused: 'malformed', firstSeq: 1, count: 0 }, 'count'],
  ])('refuses %s', (_, message, path) => refuses(ackMessageSchema, message, path));
});

describe('status', () => {
  const span = { epoch, oldestSeq: 1, lastSeq: 2, ackedSeq: 0 };
  const fault = { code: 'press-set-aside', since: 0 };

  it.each([
    ['the least that a terminal says', status],
    ['a terminal without presses', { ...status, epochs: [], pending: 0 }],
    ['as many epochs as there may be', { ...status, epochs: Array(MAX_STATUS_EPOCHS).fill(span) }],
    ['an unsynchronised clock', { ...status, clock: 'unsynced' }],
    ['faults with and without a detail', { ...status, faults: [fault, { ...fault, detail: 'seq 3' }] }],
    ['times of presses and a config', { ...status, oldestPendingAt: 0, lastPressAt: 1, configVersion: '1' }],
    ['a part of the hardware figures', { ...status, hardware: { cpuTemperatureCelsius: -3.5, throttled: true } }],
  ])('accepts %s', (_, message) => accepts(statusMessageSchema, message));

  it.each([
    ['too many epochs', { ...status, epochs: Array(MAX_STATUS_EPOCHS + 1).fill(span) }, 'epochs'],
    ['an epoch acknowledged below zero', { ...status, epochs: [{ ...span, ackedSeq: -1 }] }, 'epochs.0.ackedSeq'],
    ['pending below zero', { ...status, pending: -1 }, 'pending'],
    ['an unknown clock state', { ...status, clock: 'perhaps' }, 'clock'],
    ['a fault without a code', { ...status, faults: [{ since: 0 }] }, 'faults.0.code'],
    ['no hardware object', { ...status, hardware: undefined }, 'hardware'],
  ])('refuses %s', (_, message, path) => refuses(statusMessageSchema, message, path));

  it('ignores what a newer firmware adds', () => {
    const newer = { ...status, paper: 'low', hardware: { fans: 2 } };
    expect(validate(statusMessageSchema, newer)).toEqual({ ok: true, message: status });
  });
});

describe('availability', () => {
  it.each(['online', 'offline'])('accepts %s', (text) => accepts(availabilitySchema, text));
  it.each(['ONLINE', '', 'online\n'])('refuses %j', (text) => refuses(availabilitySchema, text, '\\(whole\\)'));
});

describe('config', () => {
  it.each([
    ['a version alone', { version: '1' }],
    ['the quickest heartbeat', { version: '1', heartbeatIntervalMs: 10_000 }],
    ['the slowest heartbeat', { version: '1', heartbeatIntervalMs: 600_000 }],
    ['the shortest lockout', { version: '1', lockoutMs: 12 }],
    ['the longest lockout', { version: '1', lockoutMs: 200 }],
    ['thanks by sound alone', { version: '1', thanks: 'beep' }],
  ])('accepts %s', (_, message) => accepts(configMessageSchema, message));

  it.each([
    ['no version', {}, 'version'],
    ['an empty version', { version: '' }, 'version'],
    ['too quick a heartbeat', { version: '1', heartbeatIntervalMs: 9_999 }, 'heartbeatIntervalMs'],
    ['too slow a heartbeat', { version: '1', heartbeatIntervalMs: 600_001 }, 'heartbeatIntervalMs'],
    ['a lockout that a contact outlasts', { version: '1', lockoutMs: 11 }, 'lockoutMs'],
    ['a lockout that swallows presses', { version: '1', lockoutMs: 201 }, 'lockoutMs'],
    ['no thanks at all', { version: '1', thanks: 'none' }, 'thanks'],
  ])('refuses %s', (_, message, path) => refuses(configMessageSchema, message, path));

  it('ignores what a newer gateway adds', () => {
    expect(validate(configMessageSchema, { version: '1', colour: 'blue' })).toEqual({
      ok: true,
      message: { version: '1' },
    });
  });
});

describe('command and answer', () => {
  const id = '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b';
  const command = { id, command: 'identify', issuedAt: 1_795_176_900_000, expiresAt: 1_795_176_910_000 };
  const answer = { id, at: 1_795_176_900_120, outcome: 'done' };

  it.each([
    ['what is known', command],
    ['what a newer gateway asks: the terminal answers it', { ...command, command: 'dance' }],
  ])('accepts %s', (_, message) => accepts(commandMessageSchema, message));
  it.each([
    ['no id', { ...command, id: undefined }, 'id'],
    ['an id that is no UUID', { ...command, id: '7' }, 'id'],
    ['no end', { ...command, expiresAt: undefined }, 'expiresAt'],
    ['nothing to do', { ...command, command: '' }, 'command'],
  ])('refuses a command with %s', (_, message, path) => refuses(commandMessageSchema, message, path));

  it.each([
    ['done', answer],
    ['refused with a code', { ...answer, outcome: 'refused', code: 'no-light' }],
  ])('accepts an answer: %s', (_, message) => accepts(answerMessageSchema, message));
  it.each([
    ['neither done nor refused', { ...answer, outcome: 'perhaps' }, 'outcome'],
    ['a detail without end', { ...answer, detail: 'x'.repeat(501) }, 'detail'],
    ['diagnostics of nothing', { ...answer, diagnostics: {} }, 'diagnostics.firmware'],
  ])('refuses an answer: %s', (_, message, path) => refuses(answerMessageSchema, message, path));
});
