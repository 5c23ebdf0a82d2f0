import { CATALOGUES, chooseLanguage, formats, LANGUAGES, localized } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const ZONE = 'Europe/Helsinki';
const AT = Date.parse('2026-11-20T12:05:33Z');
const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

describe('numbers and times', () => {
  it.each([
    ['fi', '81 %', '76–86 %', '1 234', '78,2', '−5', '+5', '14.05', '< 0,001', '16.–22. marraskuuta 2026'],
    ['sv', '81 %', '76–86 %', '1 234', '78,2', '−5', '+5', '14.05', '< 0,001', '16–22 november 2026'],
    ['en', '81%', '76–86%', '1,234', '78.2', '−5', '+5', '14:05', '< 0.001', '16 – 22 November 2026'],
  ] as const)('are written as in %s', (language, share, range, count, index, less, more, time, p, days) => {
    const f = formats(language, ZONE);
    const monday = Date.parse('2026-11-15T22:00:00Z');
    expect(
      [
        f.percent(0.812),
        f.percentRange(0.76, 0.86),
        f.count(1234),
        f.index(78.2),
        f.points(-0.05),
        f.points(0.049),
        f.time(AT),
        f.probability(0.0004),
        f.days(monday, monday + 7 * 86_400_000),
      ].map(plain),
    ).toEqual([share, range, count, index, less, more, time, p, days]);
  });

  it('write a probability with its sign', () => {
    expect([0.0004, 0.0123].map((p) => plain(formats('fi', ZONE).probability(p)))).toEqual(['< 0,001', '= 0,012']);
  });

  it('shows any time that a terminal may send: what lies beyond every calendar as its end', () => {
    for (const language of LANGUAGES) {
      const f = formats(language, ZONE);
      for (const at of [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) {
        for (const text of [f.moment(at, 0), f.full(at), f.time(at), f.timeWithSeconds(at), f.day(at), f.month(at)]) {
          expect(text).not.toBe('');
        }
      }
      expect(f.full(Number.MAX_SAFE_INTEGER)).toContain('275760');
    }
  });

  it('say the day where it is not today', () => {
    const f = formats('fi', ZONE);
    expect(f.moment(AT, AT + 60_000)).toBe('14.05');
    expect(plain(f.moment(AT, AT + 24 * 3_600_000))).toBe('pe 20.11. klo 14.05');
    expect(plain(f.moment(AT, AT + 90 * 24 * 3_600_000))).toBe('20.11.2026 klo 14.05');
  });
});

describe('plurals', () => {
  it.each([
    ['fi', '1 vastaus', '2 vastausta', '1/1 pääte toimii', '3/4 päätettä toimii'],
    ['sv', '1 svar', '2 svar', '1 av 1 terminal fungerar', '3 av 4 terminaler fungerar'],
    ['en', '1 answer', '2 answers', '1 of 1 terminal working', '3 of 4 terminals working'],
  ] as const)('are right in %s', (language, one, two, single, several) => {
    const { common, overview } = CATALOGUES[language];
    expect(common.answerCount(1, '1')).toBe(one);
    expect(common.answerCount(2, '2')).toBe(two);
    expect(overview.workingOf('1', '1', 1)).toBe(single);
    expect(overview.workingOf('3', '4', 4)).toBe(several);
  });

  it('say a change in whole points', () => {
    const say = (language: 'fi' | 'sv' | 'en', points: number) =>
      CATALOGUES[language].report.changeSentence('more', points, String(points), 46);
    expect([say('fi', 1), say('fi', 5)]).toEqual([
      '1 prosenttiyksikön enemmän kuin viikolla 46',
      '5 prosenttiyksikköä enemmän kuin viikolla 46',
    ]);
    expect([say('sv', 1), say('sv', 5)]).toEqual([
      '1 procentenhet högre än vecka 46',
      '5 procentenheter högre än vecka 46',
    ]);
    expect([say('en', 1), say('en', 5)]).toEqual([
      '1 percentage point more than in week 46',
      '5 percentage points more than in week 46',
    ]);
  });
});

describe('the language', () => {
  it.each([
    ['sv', 'en', 'sv'],
    ['de', 'en', 'en'],
    [undefined, 'sv-FI,sv;q=0.9', 'sv'],
    [undefined, 'fr, en;q=0.2, sv;q=0.7', 'sv'],
    [undefined, 'EN', 'en'],
    [undefined, undefined, 'fi'],
    [undefined, ';;q=x,', 'fi'],
  ])('for ?lang=%s and Accept-Language %s is %s', (asked, accepted, expected) => {
    expect(chooseLanguage(asked, accepted)).toBe(expected);
  });

  it('of a name falls back to one that there is', () => {
    expect(localized({ fi: 'a', sv: 'b' }, 'sv')).toBe('b');
    expect(localized({ sv: 'b', en: 'c' }, 'fi')).toBe('b');
    expect(localized({}, 'fi')).toBe('');
  });

  it('is another for every text: none was forgotten in translation', () => {
    const texts = (language: (typeof LANGUAGES)[number]) =>
      Object.values(CATALOGUES[language].report.definitionTexts).map(({ text }) => text);
    expect(new Set(LANGUAGES.flatMap(texts)).size).toBe(3 * texts('fi').length);
  });
});
