/** What a template in `assets/pdf` is filled with. */
export interface PdfDocument {
  /** `report` is `report.typ`. */
  template: 'report' | 'poster';
  /** Plain data; the template shows its text as it stands, whatever the text looks like. */
  data: object;
}
