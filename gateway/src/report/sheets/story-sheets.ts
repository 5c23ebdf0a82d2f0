import { localized } from '../../language/language.js';
import { DEFINITIONS } from '../definition.js';
import type { WeeklyReport } from '../report-document.js';
import type { ReportSheet } from './report-sheet.js';
import { column, moment, nameOf, type SheetWords, shareCells } from './sheet-words.js';

/** What is told beside the numbers. */
export function storySheets(report: WeeklyReport, words: SheetWords): ReportSheet[] {
  return [
    noteSheet(report, words),
    alertSheet(report, words),
    correctionSheet(report, words),
    questionSheet(report, words),
    definitionSheet(words),
  ];
}

function noteSheet({ notes, moves }: WeeklyReport, words: SheetWords): ReportSheet {
  const { sheets } = words.messages;
  return {
    name: sheets.names.notes,
    columns: [
      column(words, 'kind', 'text', 20),
      column(words, 'place', 'text', 40),
      column(words, 'from', 'moment'),
      column(words, 'to', 'moment'),
      column(words, 'text', 'text', 80),
    ],
    rows: [
      ...notes.map(({ kind, name, from, to, text }) => [
        ...[sheets.notes[kind], nameOf(name, words), moment(from, words), moment(to, words)],
        nameOf(text, words),
      ]),
      ...moves.map(({ name, from, to, fromName, toName, at }) => [
        ...[sheets.move, nameOf(name, words), moment(at, words), null],
        sheets.moved(localized(fromName, words.language) || from, localized(toName, words.language) || to),
      ]),
    ],
  };
}

function alertSheet({ alerts }: WeeklyReport, words: SheetWords): ReportSheet {
  const { sheets, alerts: texts } = words.messages;
  return {
    name: sheets.names.alerts,
    columns: [
      column(words, 'kind', 'text', 28),
      column(words, 'place', 'text', 40),
      column(words, 'terminal', 'text', 24),
      column(words, 'openedAt', 'moment'),
      column(words, 'closedAt', 'moment'),
      column(words, 'takenBy', 'text', 24),
    ],
    rows: alerts.map(({ condition, name, terminal, terminalName, openedAt, closedAt, acknowledged }) => [
      ...[texts.kinds[condition.kind], nameOf(name, words), terminalName ?? terminal],
      ...[moment(openedAt, words), moment(closedAt, words), acknowledged?.by ?? null],
    ]),
  };
}

function correctionSheet({ corrections }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.corrections,
    columns: [
      column(words, 'week', 'text', 12),
      column(words, 'saidAt', 'moment'),
      column(words, 'saidAnswers', 'count'),
      column(words, 'saidSatisfied', 'percent'),
      column(words, 'nowAnswers', 'count'),
      column(words, 'nowSatisfied', 'percent'),
      column(words, 'latePresses', 'count'),
    ],
    rows: corrections.map(({ week, saidAt, said, now, latePresses }) => [
      ...[week, moment(saidAt, words), said.n, shareCells(said)[0] ?? null],
      ...[now.n, shareCells(now)[0] ?? null, latePresses],
    ]),
  };
}

function questionSheet({ questions }: WeeklyReport, words: SheetWords): ReportSheet {
  return {
    name: words.messages.sheets.names.questions,
    columns: [column(words, 'id', 'text', 24), column(words, 'text', 'text', 60), column(words, 'terminals', 'count')],
    rows: questions.map(({ id, text, terminals }) => [id, nameOf(text, words), terminals]),
  };
}

function definitionSheet(words: SheetWords): ReportSheet {
  const { sheets, report } = words.messages;
  return {
    name: sheets.names.definitions,
    columns: [column(words, 'term', 'text', 28), column(words, 'text', 'text', 120)],
    rows: DEFINITIONS.map((one) => [report.definitionTexts[one].term, report.definitionTexts[one].text]),
  };
}
