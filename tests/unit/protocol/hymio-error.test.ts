import { explainError, HymioError } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

describe('explainError', () => {
  it('says what is wrong, what to do and the code', () => {
    const error = new HymioError('port-busy', 'Port 1883 is in use.', 'Choose another with mqtt.listen.');
    expect(explainError(error)).toBe('Port 1883 is in use. Choose another with mqtt.listen. [port-busy]');
  });

  it('keeps the cause for the log', () => {
    const cause = new Error('EADDRINUSE');
    expect(new HymioError('port-busy', 'a', 'b', { cause }).cause).toBe(cause);
  });

  it.each([
    [new Error('plain'), 'plain'],
    ['text', 'text'],
    [undefined, 'undefined'],
  ])('says what it can of %s', (error, text) => {
    expect(explainError(error)).toBe(text);
  });
});
