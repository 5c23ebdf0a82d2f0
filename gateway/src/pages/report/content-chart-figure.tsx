import type { ContentChart } from '../../report/content/report-content.js';
import type { PageContext } from '../page-context.js';
import { RatingBar } from '../rating-counts.js';
import type { ReportLinks } from './content-section.js';
import { ContentTableView } from './content-table-view.js';

interface ChartProps {
  chart: ContentChart;
  links: ReportLinks;
  context: PageContext;
}

/** A chart, what it shows in words, and its numbers as a table. */
export function ContentChartFigure({ chart, links, context }: ChartProps) {
  return (
    <>
      {chart.kind === 'ratings' ? <RatingBar ratings={chart.ratings} /> : null}
      <ContentTableView table={chart.table} links={links} context={context} className="ratings-table" />
    </>
  );
}
