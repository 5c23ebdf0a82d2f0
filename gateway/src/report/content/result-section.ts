import { RATINGS } from '@hymio/protocol';
import { parseWeek } from '../../calendar/iso-week.js';
import { localized } from '../../language/language.js';
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
    blocks: [
      ...(report.counts.n === 0 ? noAnswers(report, words) : answers(report, words)),
      ...questionBlocks(report, words),
    ],
  };
}

/** What was asked; of several questions by how many terminals each. */
function questionBlocks({ questions }: WeeklyReport, { messages, formats, language }: Words): ContentBlock[] {
  const [first, ...others] = questions;
  if (first === undefined) return [];
  const { report } = messages;
  const text =
    others.length === 0
      ? report.question(localized(first.text, language))
      : report.questions(
          questions
            .map((one) => report.questionOf(localized(one.text, language), one.terminals, formats.count(one.terminals)))
            .join('; '),
        );
  return [{ kind: 'paragraph', role: 'note', phrase: { text } }];
}

type Empty = NonNullable<WeeklyReport['empty']>;

function reasonText({ reason, firstPressFrom }: Empty, { messages, formats }: Words): string {
  const text = messages.report.emptyReasons[reason];
  if (reason !== 'before-first-press' || firstPressFrom === null) return text;
  return `${text} ${messages.report.firstPress(formats.full(Date.parse(firstPressFrom)))}`;
}

function noAnswers({ counts, empty }: WeeklyReport, words: Words): ContentBlock[] {
  const text = words.messages.report;
  if (empty !== null) {
    return [
      { kind: 'paragraph', role: 'figure', phrase: { text: text.emptyTitle } },
      { kind: 'paragraph', role: 'text', phrase: { text: reasonText(empty, words) } },
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
  const shown = formats.count(n);
  if (satisfied === null || !isPrintable(n)) {
    return messages.report.fewSentence(n, messages.common.answerCount(n, shown));
  }
  const range = formats.percentRange(satisfied.low, satisfied.high);
  return messages.report.satisfiedSentence(formats.percent(satisfied.share), range, shown);
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
