import type { Words } from '../../language/words.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportChange } from '../report-document.js';
import type { ContentCell } from './report-content.js';

export interface Compared {
  change: ReportChange | null;
  n: number;
  previousN: number;
}

/** A change in the words of a table cell: its points, and whether they mean anything. Too few answers: none. */
export function changeCell({ change, n, previousN }: Compared, { messages, formats }: Words): ContentCell {
  const { common, report } = messages;
  if (change === null || !isPrintable(n) || !isPrintable(previousN)) return { text: common.tooFew };
  return {
    text: report.pointsShort(formats.points(change.difference)),
    detail: change.clear ? report.clear : report.mayBeChance,
  };
}

/** The same as a sentence with its interval. `week`: the number of the one compared with. */
export function changeSentence({ change, n, previousN }: Compared, week: number, { messages, formats }: Words): string {
  const { report } = messages;
  if (change === null || !isPrintable(n) || !isPrintable(previousN)) return report.noComparison(week);
  const points = Math.abs(Math.round(change.difference * 100));
  const direction = points === 0 ? 'same' : change.difference > 0 ? 'more' : 'less';
  const sentence = report.changeSentence(direction, points, formats.count(points), week);
  const interval = report.changeInterval(formats.points(change.low), formats.points(change.high));
  return `${sentence}: ${change.clear ? report.clear : report.mayBeChance} (${interval}).`;
}
