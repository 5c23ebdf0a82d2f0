import { RATINGS } from '@hymio/protocol';
import { parseWeek } from '../../calendar/iso-week.js';
import type { Words } from '../../language/words.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { WeeklyReport } from '../report-document.js';
import { changeSentence } from './change-words.js';
import type { ContentBlock, ContentSection, ContentTable } from './report-content.js';

/** From very happy to very unhappy, as the buttons stand on a panel. */
const BEST_FIRST = [...RATINGS].reverse();

/** What people said: the sentence, the change, the Happy Index, the four counts; or why there is nothing to say. */
export function resultSection(report: WeeklyReport, words: Words): ContentSection {
  return {
    id: 'result',
    title: words.messages.report.result,
    blocks: report.counts.n === 0 ? noAnswers(report, words) : answers(report, words),
  };
}

function noAnswers({ counts, empty }: WeeklyReport, { messages }: Words): ContentBlock[] {
  const text = messages.report;
  if (empty !== null) {
    return [
      { kind: 'paragraph', role: 'figure', phrase: { text: text.emptyTitle } },
      { kind: 'paragraph', role: 'text', phrase: { text: text.emptyReasons[empty.reason] } },
    ];
  }
  const why = counts.excluded > 0 ? text.onlyExcluded : text.onlyRepeats;
  return [{ kind: 'paragraph', role: 'figure', phrase: { text: why } }];
}

function answers(report: WeeklyReport, words: Words): ContentBlock[] {
  const { counts, previous, change, previousWeek } = report;
  const { messages, formats } = words;
  const printable = isPrintable(counts.n);
  const blocks: ContentBlock[] = [
    {
      kind: 'paragraph',
      role: 'figure',
      phrase: { text: resultSentence(report, words), definition: printable ? 'satisfied' : 'small-numbers' },
    },
  ];
  if (printable) {
    const text = changeSentence({ change, n: counts.n, previousN: previous.n }, parseWeek(previousWeek).week, words);
    blocks.push({ kind: 'paragraph', role: 'text', phrase: { text, definition: 'change' } });
  }
  if (printable && counts.happyIndex !== null) {
    const text = messages.report.happyIndexSentence(formats.index(counts.happyIndex));
    blocks.push({ kind: 'paragraph', role: 'text', phrase: { text, definition: 'happy-index' } });
  }
  blocks.push({
    kind: 'chart',
    chart: {
      kind: 'ratings',
      ratings: counts.ratings,
      alternative: BEST_FIRST.map(
        (one) => `${messages.common.ratings[one]}: ${formats.count(counts.ratings[one])}`,
      ).join(', '),
      table: ratingTable(report, words),
    },
  });
  return blocks;
}

function resultSentence({ counts }: WeeklyReport, { messages, formats }: Words): string {
  const { n, satisfied } = counts;
  const shown = messages.common.answerCount(n, formats.count(n));
  if (satisfied === null || !isPrintable(n)) return messages.report.fewSentence(n, shown);
  const range = formats.percentRange(satisfied.low, satisfied.high);
  return messages.report.satisfiedSentence(formats.percent(satisfied.share), range, n, shown);
}

function ratingTable({ counts: { n, ratings } }: WeeklyReport, { messages, formats }: Words): ContentTable {
  const { report, common } = messages;
  const printable = isPrintable(n);
  const shareColumn = printable ? [{ text: report.share, numeric: true }] : [];
  return {
    caption: report.answersCaption,
    shape: 'plain',
    columns: [{ text: report.answer }, { text: report.number, numeric: true }, ...shareColumn],
    rows: BEST_FIRST.map((rating) => [
      { text: common.ratings[rating], rating },
      { text: formats.count(ratings[rating]) },
      ...(printable ? [{ text: formats.percent(ratings[rating] / n) }] : []),
    ]),
  };
}
