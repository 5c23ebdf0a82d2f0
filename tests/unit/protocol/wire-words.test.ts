import {
  CLOCK_QUALITIES,
  decode,
  describeIssues,
  epochSchema,
  isNestedTooDeep,
  isPlainPressesMessage,
  parseTopic,
  pressesMessageSchema,
  REFUSAL_CODES,
  TOPIC_KINDS,
  terminalTopic,
  UNKNOWN_UNCERTAINTY_MS,
  validate,
} from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const EPOCH = '00000000-0000-4000-8000-000000000001';

describe('the words of the wire format', () => {
  it('are these, for topics, clocks and refusals', () => {
    expect([...TOPIC_KINDS]).toEqual(['presses', 'ack', 'availability', 'status', 'config', 'command', 'answer']);
    for (const kind of TOPIC_KINDS) expect(parseTopic(`hymio/v1/kallio-1/${kind}`)?.kind).toBe(kind);
    expect([...CLOCK_QUALITIES]).toEqual(['synced', 'corrected', 'estimated']);
    expect([...REFUSAL_CODES]).toEqual(['malformed', 'epoch-of-another-terminal', 'gap-too-large']);
  });

  it('name the terminal that no topic can be built for', () => {
    expect(() => terminalTopic('a/b', 'ack')).toThrow('"a/b"');
  });

  it.each([`x${EPOCH}`, `${EPOCH}0`, EPOCH.replace('4', 'A')])('take nothing but an epoch for one: %s', (text) => {
    expect(validate(epochSchema, text)).toEqual({ ok: false, reason: '(whole): a lower-case UUID' });
  });

  it('say of a batch that begins before what is held what is wrong', () => {
    const batch = { epoch: EPOCH, firstSeq: 1, oldestSeq: 2, presses: [null] };
    expect(decode(pressesMessageSchema, new TextEncoder().encode(JSON.stringify(batch)))).toEqual({
      ok: false,
      reason: 'oldestSeq: must not be greater than firstSeq',
    });
  });
});

describe('a message that is taken for one of presses at a glance', () => {
  const taken = (epoch: unknown, uncertaintyMs: number) =>
    isPlainPressesMessage({
      epoch,
      firstSeq: 1,
      oldestSeq: 1,
      presses: [{ at: 1, rating: 1, clock: 'estimated', uncertaintyMs }],
    });

  it('has a text for its epoch, not what only reads like one', () => {
    expect([EPOCH, [EPOCH], { toString: () => EPOCH }].map((epoch) => taken(epoch, 5))).toEqual([true, false, false]);
  });

  it('has an uncertainty that can be stated', () => {
    const stated = [-1, 0, UNKNOWN_UNCERTAINTY_MS, UNKNOWN_UNCERTAINTY_MS + 1].map((ms) => taken(EPOCH, ms));
    expect(stated).toEqual([false, true, true, false]);
  });
});

describe('the faults of a message', () => {
  const faults = (count: number) => {
    const { error } = z.array(z.literal(0)).safeParse(new Array(count).fill(1));
    return error === undefined ? [] : describeIssues(error).split('; ');
  };

  it('are named up to ten, and only those beyond are counted', () => {
    expect(faults(10)).toHaveLength(10);
    expect(faults(10).at(-1)).toMatch(/^9: /);
    expect(faults(11)).toHaveLength(11);
    expect(faults(11).at(-1)).toBe('and 1 more');
  });
});

it('a hundred levels are not too deep', () => {
  expect(isNestedTooDeep('['.repeat(100))).toBe(false);
});
