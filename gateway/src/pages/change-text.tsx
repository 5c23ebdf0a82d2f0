import type { ReportChange } from '../report/report-document.js';
import { isPrintable } from '../statistics/satisfaction.js';
import type { PageContext } from './page-context.js';

interface ChangeProps {
  change: ReportChange | null;
  n: number;
  previousN: number;
  context: PageContext;
}

/** A change in the words of a table cell: its points, and whether they mean anything. Too few answers: none. */
export function ChangeCell({ change, n, previousN, context }: ChangeProps) {
  const { common, report } = context.messages;
  if (change === null || !isPrintable(n) || !isPrintable(previousN)) return <span class="few">{common.tooFew}</span>;
  return (
    <span>
      {report.pointsShort(context.formats.points(change.difference))}{' '}
      <span class="range">{change.clear ? report.clear : report.mayBeChance}</span>
    </span>
  );
}

/** The same as a sentence with its interval. */
export function changeSentence({ change, n, previousN, context }: ChangeProps, week: number): string {
  const { report } = context.messages;
  const { formats } = context;
  if (change === null || !isPrintable(n) || !isPrintable(previousN)) return report.noComparison(week);
  const points = Math.abs(Math.round(change.difference * 100));
  const direction = points === 0 ? 'same' : change.difference > 0 ? 'more' : 'less';
  const sentence = report.changeSentence(direction, points, formats.count(points), week);
  const interval = report.changeInterval(formats.points(change.low), formats.points(change.high));
  return `${sentence}: ${change.clear ? report.clear : report.mayBeChance} (${interval}).`;
}
