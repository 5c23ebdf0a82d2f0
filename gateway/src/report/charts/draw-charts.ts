import type { ContentChart, ReportContent } from '../content/report-content.js';
import type { ChartPalette } from './chart-palette.js';
import { drawChart } from './draw-chart.js';

/** Every chart of a report, drawn: charts are drawn before a page or document is laid out. */
export async function drawCharts(
  { sections }: ReportContent,
  palette: ChartPalette,
  widthPx: number,
): Promise<ReadonlyMap<ContentChart, string>> {
  const charts = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : [])),
  );
  return new Map(
    await Promise.all(charts.map(async (chart) => [chart, await drawChart(chart, palette, widthPx)] as const)),
  );
}
