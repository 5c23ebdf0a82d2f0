import { REFUSAL_CODES } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { codesWithRow, errorCodes } from './error-codes.js';
import { readText, sourcesOf } from './source-files.js';

async function codesOf(parts: readonly string[]): Promise<string[]> {
  const files = await sourcesOf(parts);
  return [...new Set(files.flatMap(({ path, text }) => errorCodes(path, text).codes))].sort();
}

describe('the codes', () => {
  it('of the gateway each have a row in docs/operations.md that says what to do', async () => {
    const codes = [...(await codesOf(['gateway/src', 'protocol/src'])), ...REFUSAL_CODES];
    expect(codes.length).toBeGreaterThan(30);
    const explained = codesWithRow(await readText('docs/operations.md'));
    expect(codes.filter((code) => !explained.has(code))).toEqual([]);
  });

  it('of the firmware are each named there', async () => {
    const codes = await codesOf(['device/src']);
    expect(codes.length).toBeGreaterThan(5);
    const text = await readText('docs/operations.md');
    expect(codes.filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });

  it('are in every warning and error of the gateway’s log', async () => {
    const files = await sourcesOf(['gateway/src']);
    const uncoded = files.flatMap(({ path, text }) => errorCodes(path, text).uncoded.map((line) => `${path}: ${line}`));
    expect(uncoded).toEqual([]);
  });
});

describe('the reader of codes', () => {
  it('finds them in errors, problems, refusals and log lines', () => {
    const text = `
      throw new HymioError(many ? 'a-1' : 'a-2', 'm', 'n');
      problem(404, 'b-1', detail, next);
      this.refusals.note(terminal, 'c-1', detail, now);
      this.#parts.log.warn('said', { code: 'd-1', terminal });
      log.error({ code: 'e-1' }, 'said');
      console.note(x, 'z-1');`;
    expect(errorCodes('a.ts', text)).toEqual({ codes: ['a-1', 'a-2', 'b-1', 'c-1', 'd-1', 'e-1'], uncoded: [] });
  });

  it.each([
    "log.warn('said', { terminal });",
    "log.error('said');",
    "this.#options.log.error('said', { error: explainError(error) });",
  ])('sees a line without one: %s', (text) => {
    expect(errorCodes('a.ts', text).uncoded).toEqual(['said']);
  });

  it.each([
    "log.error('said', errorFields(error));",
    "log.error('said', { terminal, ...errorFields(error) });",
    "log.warn('said', { terminal, code });",
    'log.error(message, fields);',
    "alarm.error('said');",
  ])('sees that the code comes from elsewhere: %s', (text) => {
    expect(errorCodes('a.ts', text).uncoded).toEqual([]);
  });

  it('takes codes from the first column only', () => {
    expect([...codesWithRow('| `a-1`, `a-2` (x) | see `b-1` |\ntext `c-1`\n')]).toEqual(['a-1', 'a-2']);
  });
});
