import { exceptionLines, parseExceptionLines } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import { inTime } from '../../fuzz/in-time.js';

const minutes = (hours: number) => hours * 60;

describe('holidays as lines', () => {
  it.each([
    ['2026-12-24', [], undefined],
    ['2026-12-24 8-12', [{ from: minutes(8), to: minutes(12) }], undefined],
    [
      '2026-12-24 8-12, 13.00–16:00 ; Aatto',
      [
        { from: minutes(8), to: minutes(12) },
        { from: minutes(13), to: minutes(16) },
      ],
      'Aatto',
    ],
    [
      '2026-12-24 8 - 12,13 - 16',
      [
        { from: minutes(8), to: minutes(12) },
        { from: minutes(13), to: minutes(16) },
      ],
      undefined,
    ],
    ['2026-12-24 8-12, Aatto', [{ from: minutes(8), to: minutes(12) }], 'Aatto'],
    ['2026-12-24 24. päivä', [], '24. päivä'],
  ])('%s', (line, spans, name) => {
    const { exceptions, wrong } = parseExceptionLines(line);
    expect(wrong).toEqual([]);
    expect(exceptions).toEqual([
      { date: '2026-12-24', spans, ...(name !== undefined && { name: { fi: name, sv: name, en: name } }) },
    ]);
    expect(parseExceptionLines(exceptionLines(exceptions))).toEqual({ exceptions, wrong: [] });
  });

  it.each([
    ['Aatto / Afton / Eve', { fi: 'Aatto', sv: 'Afton', en: 'Eve' }],
    ['Aatto / Afton', { fi: 'Aatto', sv: 'Afton' }],
    ['Aatto / Afton /', { fi: 'Aatto', sv: 'Afton' }],
    ['Aatto / – / Eve', { fi: 'Aatto', en: 'Eve' }],
    ['Aatto /  / Eve', { fi: 'Aatto', en: 'Eve' }],
    ['24/12 / Eve', { fi: '24/12', sv: 'Eve' }],
    [', ; Aatto', { fi: 'Aatto', sv: 'Aatto', en: 'Aatto' }],
  ])('have names in languages, the same once they are written and read again: %s', (words, name) => {
    const { exceptions } = parseExceptionLines(`2026-12-24 ${words}`);
    expect(exceptions).toEqual([{ date: '2026-12-24', spans: [], name }]);
    expect(parseExceptionLines(exceptionLines(exceptions))).toEqual({ exceptions, wrong: [] });
  });

  it.each(['24.12.2026', '2026-12-24 8-12 13-16', '2026-12-24 8-12x', '2026-12-24x', '2026-12-24 8:99-12'])(
    'not %s',
    (line) => {
      expect(parseExceptionLines(line)).toEqual({ exceptions: [], wrong: [1] });
    },
  );

  it.each(['-12:00', '-1111', '1:1', ' - 1', ', 1-11'])('is read in time, however often it says %j', (piece) => {
    for (const end of ['x', '-x', '', ' x']) {
      const line = `2026-12-24 8-12${piece.repeat(3_000)}${end}`;
      expect(inTime(() => parseExceptionLines(line)).exceptions.length).toBeLessThan(2);
    }
  });
});
