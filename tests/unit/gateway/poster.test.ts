import {
  type Language,
  lastMonth,
  MemoryStore,
  monthSpan,
  PdfPrinter,
  parsePosterLanguages,
  posterPdf,
  readPosterInput,
  registryFileSchema,
  words,
} from '@hymio/gateway';
import type { PressEntry, Rating } from '@hymio/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PDF_PROGRAMS, type ReadPdf, readPdf, spaced } from '../../support/pdf-reader.js';
import { describeWith } from '../../support/requirements.js';
import { commitPresses, sampleEpoch } from '../../support/sample-store.js';

const ZONE = 'Europe/Helsinki';
const NOW = Date.parse('2026-11-20T12:05:00Z');
/** The last minutes of September and the first of November in Helsinki lie in October of UTC. */
const OCTOBER = { from: Date.parse('2026-09-30T21:00:00Z'), to: Date.parse('2026-10-31T22:00:00Z') };

const LONG = 'Itäkeskuksen terveys- ja hyvinvointikeskuksen suun terveydenhuollon ilmoittautuminen';

async function storeOf(
  ratings: readonly [number, number, number, number],
  changes: readonly string[] = [],
): Promise<MemoryStore> {
  const store = new MemoryStore({ now: () => NOW });
  const registry = {
    groups: [{ id: 'all', name: { fi: 'Kaikki' } }],
    servicePoints: [
      { id: 'desk', group: 'all', name: { fi: LONG, sv: 'Östra centrums #munhälsovård*' }, repeatWindowMs: 0 },
    ],
    questions: [{ id: 'visit', text: { fi: 'Millainen käynti oli?', sv: 'Hur var besöket?', en: 'How was it?' } }],
    assignments: [{ terminal: 't-1', servicePoint: 'desk', question: 'visit', from: '2026-09-01T00:00:00Z' }],
  };
  await store.importRegistry(registryFileSchema.parse(registry));
  const times = ratings.flatMap((count, rating) => Array.from({ length: count }, () => rating as Rating));
  const presses: PressEntry[] = times.map((rating, index) => {
    return { at: OCTOBER.from + index * 3_600_000, rating, clock: 'synced' };
  });
  const outside = [OCTOBER.from - 1, OCTOBER.to].map((at): PressEntry => ({ at, rating: 0, clock: 'synced' }));
  await commitPresses(store, 't-1', sampleEpoch(1), [...presses, ...outside], { receivedAt: NOW - 1_000 });
  for (const [index, text] of changes.entries()) {
    const from = Date.parse('2026-10-05T00:00:00Z') + index * 86_400_000;
    await store.putStaffNote(
      { servicePoint: 'desk', kind: 'changed', from, text: { fi: text } },
      { who: 'Aino', at: NOW },
    );
  }
  return store;
}

let printer: PdfPrinter;
beforeAll(() => {
  printer = new PdfPrinter();
});
afterAll(() => printer.stop());

async function poster(store: MemoryStore, ...languages: [Language, Language]): Promise<ReadPdf> {
  const input = await readPosterInput(store, { month: '2026-10', servicePoint: 'desk' }, { zone: ZONE, now: NOW });
  const [first, second] = languages;
  return readPdf(await printer.print(posterPdf(input, [words(first, ZONE), words(second, ZONE)])));
}

describeWith(PDF_PROGRAMS, 'the poster of a month', () => {
  it('says result, answers and what was changed in both languages, each marked as such', async () => {
    const { text, structure, objects, metadata, info, fonts } = await poster(
      await storeOf([46, 34, 74, 152], ['Pidennämme aukioloa.']),
      'fi',
      'sv',
    );
    for (const said of [
      LONG,
      'Östra centrums #munhälsovård*',
      'lokakuu 2026',
      'oktober 2026',
      '74 %',
      'vastanneista oli tyytyväisiä',
      'av dem som svarade var nöjda',
      '306 vastausta',
      '306 svar',
      'Kysyimme: ”Millainen käynti oli?”',
      'Vi frågade: ”Hur var besöket?”',
      'Mitä muutimme palautteesi ansiosta',
      'Det här har vi ändrat tack vare er',
      'Pidennämme aukioloa.',
    ])
      expect(text).toContain(spaced(said));
    expect(text).toMatch(/152 Erittäin tyytyväinen Mycket nöjd 74 .* 34 .* 46 Erittäin tyytymätön/);
    expect(info).toMatchObject({ Tagged: 'yes', Pages: '1', Title: expect.stringContaining('lokakuu 2026') });
    expect(info['Page size']).toContain('A4');
    expect(metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(new Set(objects.match(/\/Lang \([^)]*\)/g))).toEqual(new Set(['/Lang (fi-FI)', '/Lang (sv-FI)']));
    expect(structure().match(/H2 /g)).toHaveLength(2);
    expect(fonts.every(({ name, embedded }) => embedded && name.includes('SourceSans3'))).toBe(true);
  });

  it('hides what could be somebody, and says so', async () => {
    const { text } = await poster(await storeOf([4, 30, 74, 152]), 'sv', 'en');
    expect(text).toContain('87 %');
    expect(text).toContain(spaced('Happy – Missnöjd Unhappy – Mycket missnöjd Very unhappy'));
    expect(text).toContain('Counts below five are not shown');
    const bounds = await poster(await storeOf([1, 2, 20, 30]), 'en', 'fi');
    expect(bounds.text).toContain('at least 92%');
    expect(bounds.text).toContain('vähintään 92 %');
    expect(bounds.text).not.toContain('Very unhappy');
  });

  it('says of fewer than ten answers that they are too few', async () => {
    const nine = await poster(await storeOf([0, 0, 4, 5]), 'fi', 'en');
    expect(nine.text).toContain('9 vastausta');
    expect(nine.text).not.toMatch(/\d %/);
    const none = await poster(await storeOf([0, 0, 0, 0]), 'fi', 'en');
    expect(none.text).toContain('Alle 5 vastausta');
    expect(none.text).toContain('There were too few answers to show a result.');
  });

  it('is one page, however much was changed', async () => {
    const changes = Array.from({ length: 9 }, (_, index) => `${index}: ${'Avaamme aiemmin tiistaisin. '.repeat(16)}`);
    const { info, text } = await poster(await storeOf([46, 34, 74, 152], changes), 'fi', 'sv');
    expect(info['Pages']).toBe('1');
    // The newest are what people see.
    expect(text).toContain('8: Avaamme');
    expect(text).toContain('Tryck på en smiley');
  });
});

describe('a poster', () => {
  const at = { zone: ZONE, now: NOW };
  const ask = async (month: string, servicePoint = 'desk') =>
    readPosterInput(await storeOf([1, 1, 1, 1]), { month, servicePoint }, at);

  it.each([
    ['2026-10-01', 'malformed-month'],
    ['2026-13', 'no-such-month'],
    ['2026-11', 'month-not-over'],
    ['2027-01', 'month-not-over'],
    ['2026-08', 'month-before-first-press'],
  ])('of %s is refused: %s', async (month, code) => {
    await expect(ask(month)).rejects.toMatchObject({ code });
  });

  it('of a place that does not exist is refused', async () => {
    await expect(ask('2026-10', 'nowhere')).rejects.toMatchObject({ code: 'unknown-service-point' });
    const empty = new MemoryStore({ now: () => NOW });
    await expect(readPosterInput(empty, { servicePoint: 'desk' }, at)).rejects.toMatchObject({
      code: 'unknown-service-point',
    });
  });

  it.each(['fi', 'fi,fi', 'fi,de', 'fi,sv,en', ''])('in %j is refused', (languages) => {
    expect(() => parsePosterLanguages(languages)).toThrowError(expect.objectContaining({ code: 'not-two-languages' }));
  });

  it('is of the last month that is over, as local clocks tell it', async () => {
    expect(monthSpan('2026-10', ZONE)).toEqual({ id: '2026-10', ...OCTOBER });
    expect(lastMonth(OCTOBER.to - 1, ZONE).id).toBe('2026-09');
    expect(lastMonth(OCTOBER.to, ZONE).id).toBe('2026-10');
    expect(lastMonth(Date.parse('2027-01-10T00:00:00Z'), ZONE).id).toBe('2026-12');
    const input = await readPosterInput(await storeOf([1, 2, 3, 4]), { servicePoint: 'desk' }, at);
    expect(input.month.id).toBe('2026-10');
    expect(input.ratings).toEqual([1, 2, 3, 4]);
  });
});
