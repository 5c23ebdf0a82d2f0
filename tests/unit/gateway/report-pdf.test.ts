import {
  makeReportContent,
  PdfPrinter,
  readReportInput,
  renderWeeklyReport,
  weeklyReport,
  words,
} from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTexts } from '../../support/content-texts.js';
import { PDF_PROGRAMS, type ReadPdf, readPdf, spaced } from '../../support/pdf-reader.js';
import { describeWith } from '../../support/requirements.js';
import { sampleContent } from '../../support/sample-content.js';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from '../../support/sample-store.js';

let printer: PdfPrinter;
beforeAll(() => {
  printer = new PdfPrinter();
});
afterAll(() => printer.stop());

describeWith(PDF_PROGRAMS, 'the PDF of a report, read by poppler and qpdf', () => {
  let pdf: ReadPdf;
  let structure: string;
  beforeAll(async () => {
    pdf = readPdf(await printer.print({ report: sampleContent() }));
    structure = pdf.structure();
  });

  it('shows every text as it stands, whatever it looks like', () => {
    expect(pdf.text).toContain('#panic() *Kallio* $x$ @ref <label> `code` health');
    expect(contentTexts(sampleContent()).filter((text) => !pdf.text.includes(spaced(text)))).toEqual([
      // What the font has no sign for.
      'kallio-1: 7 😀 \u202e(Arabic) مرحبا',
    ]);
    expect(pdf.text).toContain('kallio-1: 7 □ (Arabic) □□□□□');
  });

  it('says that it conforms to PDF/UA-1, with language, title and tags', () => {
    expect(pdf.metadata).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(pdf.info.Tagged).toBe('yes');
    expect(pdf.info.Title).toMatch(/^#panic\(\) \*Kallio\* .* – Weekly report, week 47 of 2026$/);
    expect(catalogueOf(pdf)).toContain('/DisplayDocTitle true');
    expect(catalogueOf(pdf)).toContain('/Lang (en-GB)');
    expect(pdf.info['Page size']).toContain('A4');
  });

  it('has one first heading, its sections below it, and lists', () => {
    const headings = [...structure.matchAll(/^ *(H\d) "(.*)" \(block\)$/gm)].map(([, level, text]) => [level, text]);
    expect(headings).toEqual([
      ['H1', 'Weekly report, week 47 of 2026'],
      ['H2', 'Result'],
      ['H2', 'Service points'],
      ['H2', 'Hours'],
      ['H3', 'Weekdays and hours'],
      ['H2', 'Definitions'],
    ]);
    expect(structure).toMatch(/^ *L \(block\)/m);
  });

  it('tags tables with a caption and header cells that name their columns', () => {
    expect(structure.match(/^ *Table /gm)).toHaveLength(3);
    expect(structure.match(/^ *Caption$/gm)).toHaveLength(3);
    const heads = [
      ...structure.matchAll(/^ *TH <[^>]*>:\n *\/Scope \/Column\n(?: *\/.*\n)* *Span \(inline\)\n *"(.*?) *"$/gm),
    ];
    expect(heads.map(([, text]) => text).slice(0, 6)).toEqual([
      'Answer',
      'Number',
      'Service point',
      'Rank',
      'Answers',
      'Change',
    ]);
  });

  it('says in words what is drawn, and not twice', () => {
    const alternatives = [...pdf.objects.matchAll(/\/Alt \(([^)]*)\)\n[^>]*?\/S \/Figure/g)].map(([, text]) => text);
    // A chart, then four faces for each of three service points; the faces beside their names are for the eye alone.
    expect(alternatives).toHaveLength(13);
    expect(alternatives.slice(0, 5)).toEqual([
      'Very happy: 126, happy: 60, unhappy: 16, very unhappy: 17',
      ...['Very happy', 'Happy', 'Unhappy', 'Very unhappy'],
    ]);
  });

  it('numbers its pages and repeats the head of a table that goes on', async () => {
    const long = readPdf(await printer.print({ report: sampleContent({}, 60) }));
    const pages = Number(long.info.Pages);
    expect(pages).toBeGreaterThan(1);
    for (let page = 1; page <= pages; page += 1) expect(long.text).toContain(`${page}/${pages}`);
    expect(long.text.match(/Service point Rank Answers \[1\] Change/g)?.length).toBeGreaterThan(1);
  });

  it('embeds what it uses of the font that ships, and no other', () => {
    expect(pdf.fonts.length).toBeGreaterThan(0);
    for (const font of pdf.fonts) {
      expect(font).toEqual({
        name: expect.stringMatching(/^[A-Z]{6}\+SourceSans3-/),
        embedded: true,
        subset: true,
        unicode: true,
      });
    }
  });

  it('leads from a number to its definition', () => {
    expect(pdf.text).toContain('between 76 and 86. [2]');
    expect(structure).toMatch(/Link \(inline\)\n *"\[2\]"/);
  });

  it('divides a word that is longer than a line', async () => {
    const subject = 'Lähihoitajakoulutusohjelmavastaavasijaisuusjärjestelytyöryhmäpuheenjohtajistokokoushuone'.repeat(
      2,
    );
    const long = readPdf(await printer.print({ report: sampleContent({ language: 'fi', subject }) }));
    expect(long.text).toContain(subject);
    expect(catalogueOf(long)).toContain('/Lang (fi-FI)');
  });
});

describeWith(PDF_PROGRAMS, 'the PDF of a week', () => {
  const at = { zone: SAMPLE_ZONE, now: SAMPLE_NOW };

  it.each([
    ['fi', {}],
    ['sv', { servicePoint: 'itakeskus-centre' }],
    ['en', { group: 'social' }],
    ['sv', { servicePoint: 'quiet-library' }],
    ['fi', { servicePoint: 'malmi-office' }],
  ] as const)('says in %s all that the page says, %o', async (language, subject) => {
    const store = await sampleStore();
    const wanted = { week: '2026-W47', ...subject };
    const file = await renderWeeklyReport(store, { ...wanted, format: 'pdf', language }, { ...at, printer });
    const report = weeklyReport(await readReportInput(store, wanted, at));
    const content = makeReportContent(report, words(language, SAMPLE_ZONE));
    const { text, info, fonts } = readPdf(file.body as Uint8Array);
    expect(contentTexts(content).filter((one) => !text.includes(spaced(one)))).toEqual([]);
    expect(info.Title).toContain(content.title);
    expect(fonts.filter(({ name }) => !name.includes('SourceSans3'))).toEqual([]);
    expect([file.contentType, file.fileName]).toEqual([
      'application/pdf',
      expect.stringMatching(/^hymio-2026-W47.*\.pdf$/),
    ]);
  });
});

describe('a printer', () => {
  it('that lacks a font says so, and what to do', async () => {
    const lacking = new PdfPrinter(['/nowhere/font.ttf']);
    await expect(lacking.print({ report: sampleContent() })).rejects.toMatchObject({
      code: 'pdf-font-unreadable',
      message: expect.stringContaining('/nowhere/font.ttf'),
    });
    await lacking.stop();
  });

  it('that cannot set a document says so and sets the next one', async () => {
    const broken = { template: 'report', data: { content: {} } } as const;
    await expect(printer.print(broken)).rejects.toMatchObject({ code: 'pdf-not-set' });
    const next = await printer.print({ report: sampleContent() });
    expect(Buffer.from(next.subarray(0, 8)).toString()).toBe('%PDF-1.7');
  });

  it('prints what was asked for before it stops, and starts again for the next document', async () => {
    const own = new PdfPrinter();
    const asked = own.print({ report: sampleContent() });
    await own.stop();
    expect((await asked).length).toBeGreaterThan(1_000);
    expect((await own.print({ report: sampleContent() })).length).toBeGreaterThan(1_000);
    await own.stop();
  });
});

/** The root object, which ends where the next one begins. */
function catalogueOf({ objects }: ReadPdf): string {
  return objects.split('endobj').find((object) => object.includes('/Type /Catalog')) ?? '';
}
