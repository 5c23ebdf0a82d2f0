import { localized } from '../../language/language.js';
import type { Words } from '../../language/words.js';
import type { SatisfiedShare } from '../../statistics/satisfaction.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportServicePoint, WeeklyReport } from '../report-document.js';
import { changeCell } from './change-words.js';
import type { ContentCell, ContentSection } from './report-content.js';

/** Every service point, best first by the shrunken ranking. Nothing in the report of a service point. */
export function servicePointsSection({ servicePoints }: WeeklyReport, words: Words): ContentSection | undefined {
  if (servicePoints.length === 0) return undefined;
  const { common, report } = words.messages;
  return {
    id: 'service-points',
    title: report.servicePoints,
    blocks: [
      {
        kind: 'table',
        table: {
          caption: report.servicePointsCaption,
          shape: 'plain',
          columns: [
            { text: common.servicePoint },
            { text: report.rank, definition: 'ranking' },
            { text: common.answers, definition: 'answers' },
            { text: common.satisfiedShare, definition: 'satisfied' },
            { text: report.change, definition: 'change' },
          ],
          rows: servicePoints.map((point) => row(point, words)),
        },
      },
    ],
  };
}

function row(point: ReportServicePoint, words: Words): ContentCell[] {
  const { formats, language } = words;
  const { id, name, rank, n, ratings, satisfied, change, previous } = point;
  return [
    { text: localized(name, language), servicePoint: id },
    { text: rank === null ? '–' : formats.count(rank) },
    { text: formats.count(n), ratings },
    shareCell(n, satisfied, words),
    changeCell({ change, n, previousN: previous.n }, words),
  ];
}

/** A satisfied share with its interval, or that there are too few answers for one. */
export function shareCell(n: number, satisfied: SatisfiedShare | null, { messages, formats }: Words): ContentCell {
  if (satisfied === null || !isPrintable(n)) return { text: messages.common.tooFew };
  return {
    text: formats.percent(satisfied.share),
    detail: `(${formats.percentRange(satisfied.low, satisfied.high)})`,
    strong: true,
  };
}
