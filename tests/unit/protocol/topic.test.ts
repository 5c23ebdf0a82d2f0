import {
  parseTopic,
  TERMINAL_ID_PATTERN,
  TOPIC_KINDS,
  terminalClientId,
  terminalTopic,
  topicFilter,
} from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const anyId = fc.stringMatching(TERMINAL_ID_PATTERN);
const anyKind = fc.constantFrom(...TOPIC_KINDS);

describe('topics', () => {
  it('reads back the terminal and kind of every topic that it builds', () => {
    fc.assert(
      fc.property(anyId, anyKind, (terminal, kind) => {
        expect(parseTopic(terminalTopic(terminal, kind))).toEqual({ terminal, kind });
      }),
    );
  });

  it('matches its own filter: the terminal is exactly one level', () => {
    fc.assert(
      fc.property(anyId, anyKind, (terminal, kind) => {
        const pattern = new RegExp(`^${topicFilter(kind).replace('+', '[^/]+')}$`);
        expect(terminalTopic(terminal, kind)).toMatch(pattern);
      }),
    );
  });

  it('builds the topics of the wire format', () => {
    expect(terminalTopic('kallio-1', 'presses')).toBe('hymio/v1/kallio-1/presses');
    expect(topicFilter('status')).toBe('hymio/v1/+/status');
    expect(terminalClientId('kallio-1')).toBe('hymio-kallio-1');
  });

  it.each(['', 'Kallio', '-kallio', 'a/b', '+', '#', 'a b', 'ä', 'a'.repeat(64)])(
    'refuses to build a topic for the terminal %j',
    (terminal) => {
      expect(() => terminalTopic(terminal, 'presses')).toThrow(RangeError);
    },
  );

  it.each([
    '',
    'hymio',
    'hymio/v1/kallio-1',
    'hymio/v2/kallio-1/presses',
    'other/v1/kallio-1/presses',
    'hymio/v1/kallio-1/presses/more',
    'hymio/v1/kallio-1/other',
    'hymio/v1/KALLIO/presses',
    'hymio/v1//presses',
    '/hymio/v1/kallio-1/presses',
  ])('does not take %j for one of ours', (topic) => {
    expect(parseTopic(topic)).toBeUndefined();
  });

  it('never throws on a foreign topic and never reads a terminal that is no terminal id', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const parsed = parseTopic(`hymio/v1/${one}/${other}`);
        if (parsed !== undefined) expect(parsed.terminal).toMatch(TERMINAL_ID_PATTERN);
      }),
    );
  });
});
