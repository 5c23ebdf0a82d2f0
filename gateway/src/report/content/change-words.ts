import { parseWeek } from '../../calendar/iso-week.js';
import type { Words } from '../../language/words.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportChange, ReportYearAgo } from '../report-document.js';
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
export function changeSentence({ change, n, previousN }: Compared, week: number, words: Words): string {
  const { report } = words.messages;
  if (change === null || !isPrintable(n) || !isPrintable(previousN)) return report.noComparison(week);
  return withCertainty(report.changeSentence(...pointsOf(change, words), week), change, words);
}

/** What it was in the same week a year ago and how much it is now. */
export function yearAgoSentence({ week: id, n: before, satisfied, change }: ReportYearAgo, n: number, words: Words) {
  const { messages, formats } = words;
  const { common, report } = messages;
  const { week, year } = parseWeek(id);
  const answers = common.answerCount(before, formats.count(before));
  if (satisfied === null || !isPrintable(before)) return report.yearAgoFew(week, year, before, answers);
  const then = report.yearAgo(week, year, formats.percent(satisfied.share), answers);
  if (change === null || !isPrintable(n)) return then;
  return `${then} ${withCertainty(report.yearAgoChange(...pointsOf(change, words)), change, words)}`;
}

function pointsOf(
  { difference }: ReportChange,
  { formats }: Words,
): [direction: 'more' | 'less' | 'same', points: number, shown: string] {
  const points = Math.abs(Math.round(difference * 100));
  const direction = points === 0 ? 'same' : difference > 0 ? 'more' : 'less';
  return [direction, points, formats.count(points)];
}

/** That nothing has changed needs no "may be chance". */
function withCertainty(sentence: string, { difference, low, high, clear }: ReportChange, words: Words): string {
  const { report } = words.messages;
  const interval = report.changeInterval(words.formats.points(low), words.formats.points(high));
  if (!clear && Math.round(difference * 100) === 0) return `${sentence} (${interval}).`;
  return `${sentence}: ${clear ? report.clear : report.mayBeChance} (${interval}).`;
}
