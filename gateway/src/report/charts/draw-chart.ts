import type { ContentChart } from '../content/report-content.js';
import type { ChartPalette } from './chart-palette.js';
import { ratingsBar } from './ratings-bar.js';

/**
 * A chart as an SVG element without a text alternative: who places it gives the chart's `alternative`. Without style
 * sheet, scripts and ids, so it may stand in a page as often as need be. `widthPx`: its own width, to which its text is
 * sized; it may be scaled. ECharts is loaded with the first trend: a gateway that draws none does without its memory.
 */
export async function drawChart(chart: ContentChart, palette: ChartPalette, widthPx: number): Promise<string> {
  if (chart.kind === 'ratings') return ratingsBar(chart.ratings, palette, widthPx);
  const { paintTrend } = await import('./paint-trend.js');
  return paintTrend(chart, palette, widthPx);
}
