import { words } from '../language/words.js';
import { renderReportPage } from '../pages/render-report-page.js';
import type { PdfPrinter } from '../pdf/pdf-printer.js';
import type { Language } from '../registry/registry.js';
import type { Store } from '../store/store.js';
import { makeReportContent } from './content/make-report-content.js';
import { readReportInput } from './read-report-input.js';
import { reportCsv } from './report-csv.js';
import type { WeeklyReport } from './report-document.js';
import { reportFileName } from './report-file-name.js';
import { REPORT_TYPES, type ReportFormat } from './report-formats.js';
import type { ReportInput } from './report-input.js';
import type { ReportSubject } from './report-scope.js';
import { reportSheets } from './sheets/report-sheets.js';
import { writeWorkbook } from './sheets/write-workbook.js';
import { weeklyReport } from './weekly-report.js';

/** A report as a file. */
export interface RenderedReport {
  body: string | Uint8Array;
  /** Media type, with its character set where the body is text. */
  contentType: string;
  /** `hymio-2026-W47-kallio-clinic.csv` */
  fileName: string;
}

/** What is needed to draw a report besides the report itself, also one that was made long ago. */
export type ReportSurroundings = Pick<ReportInput, 'registry' | 'zone' | 'now'>;

type Render = (
  report: WeeklyReport,
  around: ReportSurroundings,
  language: Language,
  printer: PdfPrinter,
) => RenderedReport['body'] | Promise<RenderedReport['body']>;

const RENDER: Readonly<Record<ReportFormat, Render>> = {
  json: (report) => `${JSON.stringify(report, undefined, 2)}\n`,
  csv: (report, _around, language) => reportCsv(report, language),
  /** Needs nothing beside it. */
  html: renderReportPage,
  /** Conforms to PDF/UA-1. */
  pdf: (report, { zone }, language, printer) =>
    printer.print({ report: makeReportContent(report, words(language, zone)) }),
  xlsx: (report, _input, language) => writeWorkbook(reportSheets(report, language), language),
};

/** A report that has been made, as a file. Errors: those of the printer. */
export async function renderReport(
  report: WeeklyReport,
  around: ReportSurroundings,
  { format, language, printer }: { format: ReportFormat; language: Language; printer: PdfPrinter },
): Promise<RenderedReport> {
  return {
    body: await RENDER[format](report, around, language, printer),
    contentType: REPORT_TYPES[format],
    fileName: reportFileName(report, format),
  };
}

/**
 * The report of a week as a file. Errors: HymioError `malformed-week`, `no-such-week`, `future-week`,
 * `unknown-service-point`, `unknown-group`, `two-scopes`, the printer's and the store's.
 */
export async function renderWeeklyReport(
  store: Store,
  wanted: { week: string; format: ReportFormat; language: Language } & ReportSubject,
  { zone, now, printer }: { zone: string; now: number; printer: PdfPrinter },
): Promise<RenderedReport> {
  const input = await readReportInput(store, wanted, { zone, now });
  return renderReport(weeklyReport(input), input, { ...wanted, printer });
}
