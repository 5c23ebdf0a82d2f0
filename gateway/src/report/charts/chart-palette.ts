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

/** The page decides, light or dark. */
export const PAGE_PALETTE: ChartPalette = {
  text: 'var(--quiet)',
  line: 'var(--line)',
  value: 'var(--value)',
  ratings: ['var(--very-unhappy)', 'var(--unhappy)', 'var(--happy)', 'var(--very-happy)'],
  font: 'inherit',
};
