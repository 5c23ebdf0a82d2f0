import { parseWeek } from '../../calendar/iso-week.js';
import type { Words } from '../../language/words.js';
import { isPrintable, type SatisfiedShare } from '../../statistics/satisfaction.js';
import type { ReportTrendWeek, WeeklyReport } from '../report-document.js';
import { yearAgoSentence } from './change-words.js';
import type { ContentBlock, ContentChart, ContentSection, ContentTable } from './report-content.js';
import { shareCell } from './share-cell.js';

/** Lines across the chart stand so far apart, as a share. */
const TICK = 0.2;

interface ShownWeek {
  week: number;
  satisfied: SatisfiedShare;
}

/** The last twelve weeks and the same week a year ago; nothing where there is nothing to compare with. */
export function trendSection(report: WeeklyReport, words: Words): ContentSection | undefined {
  const { trend, yearAgo } = report;
  const shown = trend.flatMap(({ week, n, satisfied }): ShownWeek[] =>
    satisfied !== null && isPrintable(n) ? [{ week: parseWeek(week).week, satisfied }] : [],
  );
  const blocks: ContentBlock[] = [];
  if (shown.length > 1) blocks.push({ kind: 'chart', chart: trendChart(trend, shown, words) });
  if (yearAgo !== null) {
    const text = yearAgoSentence(yearAgo, report.counts.n, words);
    blocks.push({ kind: 'paragraph', role: 'text', phrase: { text, definition: 'year-ago' } });
  }
  return blocks.length === 0 ? undefined : { id: 'trend', title: words.messages.report.trend, blocks };
}

function trendChart(trend: readonly ReportTrendWeek[], shown: readonly ShownWeek[], words: Words): ContentChart {
  const { messages, formats } = words;
  const lowest = Math.min(...shown.map(({ satisfied }) => satisfied.low));
  const steps = Math.round(1 / TICK);
  const first = Math.max(0, Math.min(Math.floor(lowest * steps), steps - 2));
  return {
    kind: 'trend',
    axis: messages.report.weekColumn,
    points: trend.map(({ week, n, satisfied }) => ({
      label: String(parseWeek(week).week),
      value:
        satisfied === null || !isPrintable(n)
          ? null
          : { share: satisfied.share, interval: { low: satisfied.low, high: satisfied.high } },
    })),
    ticks: Array.from({ length: steps - first + 1 }, (_, index) => {
      const share = (first + index) / steps;
      return { share, text: formats.percent(share) };
    }),
    alternative: alternative(shown, words),
    table: trendTable(trend, words),
  };
}

function alternative(shown: readonly ShownWeek[], { messages, formats }: Words): string {
  const byShare = [...shown].sort((a, b) => a.satisfied.share - b.satisfied.share);
  const said = (one: ShownWeek | undefined) => ({
    week: one?.week ?? 0,
    share: formats.percent(one?.satisfied.share ?? 0),
  });
  return messages.report.trendAlternative({
    first: said(shown[0]),
    last: said(shown.at(-1)),
    lowest: said(byShare[0]),
    highest: said(byShare.at(-1)),
  });
}

function trendTable(trend: readonly ReportTrendWeek[], words: Words): ContentTable {
  const { common, report } = words.messages;
  return {
    caption: report.trendCaption,
    shape: 'plain',
    columns: [
      { text: report.weekColumn },
      { text: common.answers, numeric: true },
      { text: common.satisfiedShare, definition: 'trend' },
    ],
    rows: trend.map(({ week, n, satisfied }) => [
      { text: String(parseWeek(week).week) },
      { text: words.formats.count(n) },
      shareCell(n, satisfied, words),
    ]),
  };
}
