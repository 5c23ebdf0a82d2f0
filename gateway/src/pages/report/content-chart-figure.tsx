import type { ContentChart } from '../../report/content/report-content.js';
import type { PageContext } from '../page-context.js';
import type { ReportLinks } from './content-section.js';
import { ContentTableView } from './content-table-view.js';

interface ChartProps {
  chart: ContentChart;
  links: ReportLinks;
  context: PageContext;
}

/** A chart, what it shows in words, and its numbers as a table: behind a switch where the chart is what people look at. */
export function ContentChartFigure({ chart, links, context }: ChartProps) {
  const { alternative, table, kind } = chart;
  const drawing = links.drawings.get(chart);
  const numbers = <ContentTableView table={table} links={links} context={context} />;
  return (
    <>
      {drawing === undefined ? null : (
        // The drawing is made of numbers and labels by our own painter, which escapes them.
        <div
          class={`chart chart-${kind}`}
          role="img"
          aria-label={alternative}
          dangerouslySetInnerHTML={{ __html: drawing.replace('<svg ', `<svg class="drawing drawing-${kind}" `) }}
        />
      )}
      {kind === 'ratings' ? (
        <div class="ratings-table">{numbers}</div>
      ) : (
        <details>
          <summary>{context.messages.report.numbersAsTable}</summary>
          {numbers}
        </details>
      )}
    </>
  );
}
