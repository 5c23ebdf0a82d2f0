import {
  type Language,
  makeReportContent,
  readReportInput,
  type WeeklyReport,
  weeklyReport,
  words,
} from '@hymio/gateway';
import { beforeAll, describe, expect, it } from 'vitest';
import { contentTexts } from '../../support/content-texts.js';
import { REPORT_WEEK, reportSampleStore } from '../../support/report-sample.js';
import { SAMPLE_NOW, SAMPLE_ZONE } from '../../support/sample-store.js';

const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ');

/** One sentence or more of each part, as a person would write them. */
const SAID = {
  fi: {
    trend: [
      'Vuosi sitten, viikolla 46/2025, tyytyväisiä oli 81 % (1 245 vastausta). Nyt heitä on 5 prosenttiyksikköä vähemmän: selvä muutos (95 prosentin luottamusväli −8…−2).',
    ],
    notes: [
      'Itäkeskuksen terveys- ja hyvinvointikeskuksen suun terveydenhuollon ilmoittautuminen, ti 10.11.: Remontti aulassa',
    ],
    changed: [
      'Itäkeskuksen terveys- ja hyvinvointikeskuksen suun terveydenhuollon ilmoittautuminen, ma 9.11. alkaen: Avasimme toisen tiskin',
    ],
    'service-points': ['viikolla 45: 7.'],
    hours: [
      'Muita tunteja tyytymättömämpiä oltiin kello 15–16. Muita tunteja tyytyväisempiä oltiin kello 10–11 ja 13–14.',
      'ma',
    ],
    alerts: ['Viikolla tuli 2 hälytystä.'],
    reliability: [
      'ke 11.11. (4 h), to 12.11. (8 h), pe 13.11. (8 h)',
      'Töölön asema siirtyi to 12.11. ryhmästä ”Sosiaalipalvelut” ryhmään ”Terveyspalvelut”. Sen luvut ovat kokonaan nykyisessä ryhmässä.',
    ],
    result: ['Kysymys: ”Millainen käynti oli?”'],
  },
  sv: {
    trend: [
      'För ett år sedan, vecka 46, 2025, var 81 % nöjda (1 245 svar). Nu är andelen 5 procentenheter lägre: en tydlig förändring (95 % konfidensintervall −8 till −2).',
    ],
    notes: ['Östra centrums hälso- och välfärdscentral, munhälsovårdens anmälning, tis 10.11: Aulan renoveras'],
    changed: [
      'Östra centrums hälso- och välfärdscentral, munhälsovårdens anmälning, från mån 9.11: Vi öppnade en disk till',
    ],
    'service-points': ['vecka 45: 7'],
    hours: [
      'Färre än under de andra timmarna var nöjda klockan 15–16. Fler än under de andra timmarna var nöjda klockan 10–11 och 13–14.',
      'mån',
    ],
    alerts: ['Det kom 2 larm under veckan.'],
    reliability: [
      'ons 11.11 (4 h), tors 12.11 (8 h), fre 13.11 (8 h)',
      'Töölö station flyttades tors 12.11 från gruppen ”Socialvård” till gruppen ”Hälsovård”. Siffrorna hör helt till den nuvarande gruppen.',
    ],
    result: ['Fråga: ”Hur var besöket?”'],
  },
  en: {
    trend: [
      'A year ago, in week 46 of 2025, 81% were satisfied (1,245 answers). Now it is 5 percentage points less: a clear change (95% confidence interval −8 to −2).',
    ],
    notes: ['Itäkeskus health and wellbeing centre, dental reception, Tue 10/11: The lobby is being renovated'],
    changed: ['Itäkeskus health and wellbeing centre, dental reception, from Mon 09/11: We opened a second counter'],
    'service-points': ['week 45: 7'],
    hours: [
      'Fewer than at other hours were satisfied at 15–16. More than at other hours were satisfied at 10–11 and 13–14.',
      'Mon',
    ],
    alerts: ['There were 2 alerts this week.'],
    reliability: [
      'Wed 11/11 (4 h), Thu 12/11 (8 h), Fri 13/11 (8 h)',
      'Töölö station was moved from the group “Social services” to the group “Health” on Thu 12/11. Its numbers are wholly with its group of now.',
    ],
    result: ['Question: “How was your visit?”'],
  },
} as const satisfies Record<Language, Record<string, readonly string[]>>;

describe('the parts of a report', () => {
  let whole: WeeklyReport;
  let quiet: WeeklyReport;
  beforeAll(async () => {
    const store = await reportSampleStore();
    const read = async (wanted: { servicePoint?: string; group?: string }) =>
      weeklyReport(
        await readReportInput(store, { week: REPORT_WEEK, ...wanted }, { zone: SAMPLE_ZONE, now: SAMPLE_NOW }),
      );
    whole = await read({ group: 'health' });
    quiet = await read({ servicePoint: 'point-6' });
  });

  const section = (report: WeeklyReport, language: Language, id: string) => {
    const content = makeReportContent(report, words(language, SAMPLE_ZONE));
    return contentTexts({ ...content, sections: content.sections.filter((one) => one.id === id) }).map(plain);
  };

  it.each(Object.entries(SAID) as [Language, Record<string, readonly string[]>][])(
    'say in %s what there is to say',
    (language, parts) => {
      for (const [id, sentences] of Object.entries(parts)) {
        expect(section(whole, language, id), id).toEqual(expect.arrayContaining([...sentences]));
      }
    },
  );

  it('name the best and the worst of many, best first and worst first', () => {
    const text = section(whole, 'en', 'service-points').find((one) => one.startsWith('Ranked')) ?? '';
    const places = whole.servicePoints.map(({ name }) => name.en ?? '');
    const [best = '', worst = ''] = text.split('Ranked lowest');
    const order = (some: string) =>
      places.filter((place) => some.includes(place)).sort((a, b) => some.indexOf(a) - some.indexOf(b));
    expect(order(best)).toEqual(places.slice(0, 3));
    expect(order(worst)).toEqual(places.slice(-3).reverse());
  });

  it('of a quiet place have no picture of its hours, and no chart without two weeks to show', () => {
    expect(quiet.counts.n).toBeLessThan(10);
    const { sections } = makeReportContent(quiet, words('en', SAMPLE_ZONE));
    const blocks = sections.flatMap((one) => one.blocks);
    expect(blocks.filter((block) => block.kind === 'table' && block.table.shape === 'wide')).toEqual([]);
    expect(blocks.filter((block) => block.kind === 'chart').map(({ chart }) => chart.kind)).toEqual(['ratings']);
  });

  it('tell of many alerts by their number', () => {
    const [one] = whole.alerts;
    if (one === undefined) throw new Error('the sample has no alert');
    const many = { ...whole, alerts: Array.from({ length: 40 }, (_, id) => ({ ...one, id })) };
    const said = section(many, 'en', 'alerts');
    expect(said).toContain('There were 40 alerts this week.');
    expect(said).toContain('There were 28 more alerts.');
    expect(section({ ...whole, alerts: [] }, 'fi', 'alerts')).toContain('Viikolla ei tullut hälytyksiä.');
    expect(section({ ...whole, alerts: [one] }, 'sv', 'alerts')).toContain('Det kom ett larm under veckan.');
  });
});
