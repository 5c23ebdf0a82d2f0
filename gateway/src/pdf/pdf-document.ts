import type { ReportContent } from '../report/content/report-content.js';

/** What a template in `assets/pdf` is filled with. */
export interface PdfDocument {
  /** `report` is `report.typ`. */
  template: 'report' | 'poster';
  /** Plain data; the template shows its text as it stands, whatever the text looks like. */
  data: object;
}

/** What can be printed: a document, or a report whose charts are still to be drawn. */
export type PrintJob = PdfDocument | { report: ReportContent };
