import { parseWeek } from '../../calendar/iso-week.js';
import { localized } from '../../language/language.js';
import type { Words } from '../../language/words.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportServicePoint, WeeklyReport } from '../report-document.js';
import { changeCell } from './change-words.js';
import type { ContentBlock, ContentCell, ContentSection } from './report-content.js';
import { shareCell } from './share-cell.js';

/** From so many ranked service points on the best and the worst are named. */
const MANY = 6;
/** So many of each. */
const EXTREMES = 3;
/** More rows than these nobody reads: then so many of the best and of the worst are shown. The data files hold all. */
const MOST_ROWS = 24;
const ROWS_EACH = 10;

/** The service points, best first by the shrunken ranking. Nothing in the report of a service point. */
export function servicePointsSection(report: WeeklyReport, words: Words): ContentSection | undefined {
  const { servicePoints, previousWeek } = report;
  if (servicePoints.length === 0) return undefined;
  const { common, report: text } = words.messages;
  const shown = shownOf(servicePoints);
  return {
    id: 'service-points',
    title: text.servicePoints,
    blocks: [
      ...extremes(servicePoints, words),
      {
        kind: 'table',
        table: {
          caption: text.servicePointsCaption,
          shape: 'plain',
          columns: [
            { text: common.servicePoint },
            { text: text.rank, definition: 'ranking' },
            { text: common.answers, definition: 'answers' },
            { text: common.satisfiedShare, definition: 'satisfied' },
            { text: text.change, definition: 'change' },
          ],
          rows: shown.map((point) => row(point, previousWeek, words)),
        },
      },
      ...notAll(shown.length, servicePoints.length, words),
    ],
  };
}

function shownOf(points: readonly ReportServicePoint[]): readonly ReportServicePoint[] {
  if (points.length <= MOST_ROWS) return points;
  const ranked = points.filter(({ rank }) => rank !== null);
  return ranked.length <= 2 * ROWS_EACH ? ranked : [...ranked.slice(0, ROWS_EACH), ...ranked.slice(-ROWS_EACH)];
}

function notAll(shown: number, all: number, { messages, formats }: Words): ContentBlock[] {
  if (shown === all) return [];
  const text = messages.report.servicePointsShown(formats.count(shown), formats.count(all));
  return [{ kind: 'paragraph', role: 'note', phrase: { text } }];
}

function row(point: ReportServicePoint, previousWeek: string, words: Words): ContentCell[] {
  const { formats, language } = words;
  const { id, name, n, ratings, satisfied, change, previous } = point;
  return [
    { text: localized(name, language), servicePoint: id },
    rankCell(point, previousWeek, words),
    { text: formats.count(n), ratings },
    shareCell(n, satisfied, words),
    changeCell({ change, n, previousN: previous.n }, words),
  ];
}

function rankCell({ rank, previousRank }: ReportServicePoint, previousWeek: string, words: Words): ContentCell {
  const { messages, formats } = words;
  if (rank === null) return { text: '–' };
  const before = previousRank === null ? undefined : formats.count(previousRank);
  const detail = before === undefined ? {} : { detail: messages.report.rankIn(parseWeek(previousWeek).week, before) };
  return { text: formats.count(rank), ...detail };
}

/** The first and the last of the ranking, where there are too many to see them at a glance. */
function extremes(points: readonly ReportServicePoint[], words: Words): ContentBlock[] {
  const { report } = words.messages;
  const ranked = points.filter(({ rank }) => rank !== null);
  if (ranked.length < MANY) return [];
  const say = (some: readonly ReportServicePoint[]) => words.formats.list(some.map((point) => withShare(point, words)));
  const first = ranked.slice(0, EXTREMES);
  const last = ranked.slice(-EXTREMES).reverse();
  const text = `${report.best(say(first))} ${report.worst(say(last))}`;
  return [{ kind: 'paragraph', role: 'text', phrase: { text, definition: 'ranking' } }];
}

function withShare({ name, n, satisfied }: ReportServicePoint, { language, messages, formats }: Words): string {
  const few = messages.common.answerCount(n, formats.count(n));
  const said = satisfied !== null && isPrintable(n) ? formats.percent(satisfied.share) : few;
  return `${localized(name, language)} (${said})`;
}
