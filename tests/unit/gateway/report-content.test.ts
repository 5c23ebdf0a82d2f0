import {
  type ContentSection,
  LANGUAGES,
  type Language,
  makeReportContent,
  type ReportContent,
  readReportInput,
  type WeeklyReport,
  weeklyReport,
  words,
} from '@hymio/gateway';
import { beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from '../../support/sample-store.js';

const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

/** Every text of a section in the order in which it is read. */
function texts({ title, blocks }: ContentSection): string[] {
  const found = blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
        return [block.phrase.text];
      case 'list':
        return block.items.flatMap(({ text, items = [] }) => [text, ...items.map((item) => item.text)]);
      case 'subheading':
        return [block.text];
      case 'definitions':
        return block.entries.flatMap(({ term, text }) => [term, text]);
      default: {
        const { caption, columns, rows } = block.kind === 'table' ? block.table : block.chart.table;
        const cells = rows.flat().flatMap(({ text, detail = '' }) => [text, detail]);
        return [caption, ...columns.map(({ text }) => text), ...cells];
      }
    }
  });
  return [title, ...found].map(plain);
}

function section(content: ReportContent, id: string): string[] {
  const found = content.sections.find((one) => one.id === id);
  return found === undefined ? [] : texts(found);
}

describe('what a weekly report says', () => {
  let whole: WeeklyReport;
  let clinic: WeeklyReport;
  let few: WeeklyReport;
  let empty: WeeklyReport;

  beforeAll(async () => {
    const store = await sampleStore();
    const read = async (wanted: { week: string; servicePoint?: string }) =>
      weeklyReport(await readReportInput(store, wanted, { zone: SAMPLE_ZONE, now: SAMPLE_NOW }));
    whole = await read({ week: '2026-W47' });
    clinic = await read({ week: '2026-W47', servicePoint: 'kallio-clinic' });
    few = await read({ week: '2026-W47', servicePoint: 'malmi-office' });
    empty = await read({ week: '2026-W30' });
  });

  const say = (report: WeeklyReport, language: Language) => makeReportContent(report, words(language, SAMPLE_ZONE));

  it.each(LANGUAGES)('holds in %s the numbers of the model', (language) => {
    const { formats } = words(language, SAMPLE_ZONE);
    const { counts, change, servicePoints } = whole;
    const content = say(whole, language);
    const result = section(content, 'result');
    const { share = 0, low = 0, high = 0 } = counts.satisfied ?? {};
    expect(result[1]).toContain(plain(formats.percent(share)));
    expect(result[1]).toContain(plain(formats.percentRange(low, high)));
    expect(result[1]).toContain(String(counts.n));
    expect(result[2]).toContain(plain(formats.points(change?.low ?? 0)));
    expect(result[3]).toContain(formats.index(counts.happyIndex ?? 0));
    for (const count of counts.ratings) expect(result).toContain(String(count));
    const places = section(content, 'service-points');
    for (const { n } of servicePoints) expect(places).toContain(String(n));
    expect(places).toHaveLength(2 + 5 + servicePoints.length * 10);
  });

  it.each([
    ['fi', 'Viikkoraportti, viikko 47/2026', 'Kallion terveysasema'],
    ['sv', 'Veckorapport, vecka 47, 2026', 'Berghälls hälsostation'],
    ['en', 'Weekly report, week 47, 2026', 'Kallio health station'],
  ] as const)('is named in %s', (language, title, subject) => {
    const content = say(clinic, language);
    expect([content.language, content.title, content.subject]).toEqual([language, title, subject]);
    expect(content.notices).toHaveLength(1);
    expect(content.sections.map(({ id }) => id)).not.toContain('service-points');
  });

  it.each(LANGUAGES)('prints no percentage of few answers in %s', (language) => {
    const content = say(few, language);
    const said = content.sections.filter(({ id }) => id !== 'definitions' && id !== 'reliability').flatMap(texts);
    expect(few.counts.n).toBeLessThan(10);
    expect(said.filter((text) => text.includes('%'))).toEqual([]);
    expect(said).toContain(String(few.counts.n));
  });

  it.each(LANGUAGES)(
    'shows in %s of a large organisation what is best, last and least alive, and says so',
    (language) => {
      const [point] = whole.servicePoints;
      const [terminal] = whole.coverage.terminals;
      if (point === undefined || terminal === undefined) throw new Error('the sample has both');
      const numbers = Array.from({ length: 100 }, (_, index) => index + 1);
      const large: WeeklyReport = {
        ...whole,
        servicePoints: numbers.map((rank) => ({ ...point, id: `p${rank}`, name: { en: `p${rank}` }, rank })),
        coverage: {
          ...whole.coverage,
          terminals: numbers.map((one) => ({ ...terminal, terminal: `t${one}`, name: null, share: one / 100 })),
        },
      };
      const points = section(say(large, language), 'service-points');
      expect(points.filter((text) => /^p\d+$/.test(text))).toEqual(
        [...numbers.slice(0, 10), ...numbers.slice(-10)].map((rank) => `p${rank}`),
      );
      expect(points.at(-1)).toMatch(/100.*20.*CSV/);
      const reliability = section(say(large, language), 'reliability');
      expect(reliability.filter((text) => /^t\d+$/.test(text))).toEqual(numbers.slice(0, 20).map((one) => `t${one}`));
      expect(reliability.join(' ')).toMatch(/100.*20.*CSV/);
    },
  );

  it.each(LANGUAGES)('says in %s why a week is empty', (language) => {
    const content = say(empty, language);
    expect(section(content, 'result')).toHaveLength(4);
    expect(content.sections.map(({ id }) => id)).toEqual([
      'result',
      'service-points',
      'alerts',
      'reliability',
      'definitions',
    ]);
  });
});
