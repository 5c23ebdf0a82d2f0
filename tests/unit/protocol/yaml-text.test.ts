import { HymioError, readYamlText } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

function errorOf(text: string, parse: (text: string) => unknown): HymioError {
  try {
    readYamlText(text, 'gateway.yaml', parse);
  } catch (error) {
    if (error instanceof HymioError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

function throwing(error: unknown): () => never {
  return () => {
    throw error;
  };
}

describe('a text of YAML', () => {
  it('is what the library makes of it', () => {
    expect(readYamlText('1', 'gateway.yaml', JSON.parse)).toBe(1);
  });

  it('that is none is told with its place, and without a piece of the file', () => {
    const fault = Object.assign(new Error('Tabs are not allowed at line 2, column 1:\n\n\tpassword: hunter2\n^\n'), {
      linePos: [{ line: 2, col: 1 }],
    });
    const { code, message, next } = errorOf('', throwing(fault));
    expect([code, message]).toEqual([
      'config-unreadable',
      'gateway.yaml is not valid YAML at line 2, column 1: Tabs are not allowed.',
    ]);
    expect(next).toContain('Correct that line');
  });

  it('that is wrong at no place in particular is told without one', () => {
    const { message, next } = errorOf('', throwing(new ReferenceError('Unresolved alias: x')));
    expect(message).toBe('gateway.yaml is not valid YAML: Unresolved alias: x.');
    expect(next).toContain('Correct it');
  });

  it('of several documents is not blamed on a call of a program', () => {
    const fault = { code: 'MULTIPLE_DOCS', message: 'please use parseAll() at line 3', linePos: [{ line: 3, col: 1 }] };
    expect(errorOf('', throwing(fault)).message).toBe(
      'gateway.yaml is not valid YAML at line 3, column 1: a second document begins with ---.',
    );
  });

  it('that is nested too deep is not given to the library', () => {
    const { message } = errorOf('['.repeat(3_000), throwing(new Error('was asked')));
    expect(message).toBe('gateway.yaml is nested too deep.');
  });
});
