import { PAGE_PALETTE } from '../../report/charts/chart-palette.js';
import { drawChart } from '../../report/charts/draw-chart.js';
import type { ContentChart, ReportContent } from '../../report/content/report-content.js';

/** Its text is legible on a phone, where it is made a little smaller, and on a desktop, where it is made larger. */
const WIDTH_PX = 440;

/** The charts of a page, drawn beforehand. */
export async function drawCharts({ sections }: ReportContent): Promise<ReadonlyMap<ContentChart, string>> {
  const charts = sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : [])),
  );
  return new Map(
    await Promise.all(charts.map(async (chart) => [chart, await drawChart(chart, PAGE_PALETTE, WIDTH_PX)] as const)),
  );
}
