/** Colours and font of a chart: as SVG takes them, so also `var(--line)` where a style sheet decides. */
export interface ChartPalette {
  text: string;
  /** Axes and lines across. */
  line: string;
  /** What is measured. */
  value: string;
  /** By rating, very unhappy first. */
  ratings: readonly [string, string, string, string];
  /** Font family; `inherit` on a page. */
  font: string;
}

/** Where the page's text is 16 px, the text of a chart drawn so wide is legible on a phone, where the chart is made a little smaller. */
export const PAGE_WIDTH_PX = 440;

/** The page decides, light or dark. */
export const PAGE_PALETTE: ChartPalette = {
  text: 'var(--quiet)',
  line: 'var(--line)',
  value: 'var(--value)',
  ratings: ['var(--very-unhappy)', 'var(--unhappy)', 'var(--happy)', 'var(--very-happy)'],
  font: 'inherit',
};

/** On paper, as in assets/pdf/common.typ. */
export const PAPER_PALETTE: ChartPalette = {
  text: '#505d55',
  line: '#c9d0c9',
  value: '#2f7d5b',
  ratings: ['#b3261e', '#c2640b', '#5d8a2a', '#157347'],
  font: 'Source Sans 3',
};
/** Its text is as large as that around it where the chart fills the lines of an A4 page. */
export const PAPER_WIDTH_PX = 640;
