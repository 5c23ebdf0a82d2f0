import { localized } from '../../language/language.js';
import type { Words } from '../../language/words.js';
import type { TerminalCoverage, WeeklyReport } from '../report-document.js';
import type { ContentBlock, ContentCell, ContentItem, ContentSection } from './report-content.js';

/** More rows than these nobody reads: then the terminals that worked the least are shown. The data files hold all. */
const MOST_ROWS = 40;
const LEAST = 20;

/** What the numbers rest on: coverage, what was left out, what is uncertain, what is lost. */
export function reliabilitySection(report: WeeklyReport, words: Words): ContentSection {
  const { messages, formats } = words;
  const { coverage, unassigned } = report;
  const text =
    coverage.share === null
      ? messages.report.noCoverage
      : messages.report.coverageSentence(formats.percent(coverage.share));
  return {
    id: 'reliability',
    title: messages.report.reliability,
    blocks: [
      { kind: 'paragraph', role: 'text', phrase: { text, definition: 'coverage' } },
      { kind: 'list', items: leftOutItems(report, words) },
      ...(coverage.terminals.length === 0 ? [] : coverageBlocks(coverage.terminals, words)),
      ...(unassigned.length === 0 ? [] : unassignedBlocks(report, words)),
    ],
  };
}

function leftOutItems(report: WeeklyReport, words: Words): ContentItem[] {
  const { counts, incidents } = report;
  const { messages, formats } = words;
  const text = messages.report;
  return [
    { text: text.repeats(counts.repeats, formats.count(counts.repeats)), definition: 'repeats' },
    ...excludedItems(report, words),
    { text: text.estimated(counts.estimated, formats.count(counts.estimated)), definition: 'estimated' },
    ...suspectItems(report, words),
    lostItem(report, words),
    ...moveItems(report, words),
    ...incidents.map(({ kind, missing = 0, terminal = '', since, withdrawnAt }) => {
      const what = text.incidents[kind](missing, formats.count(missing), terminal, formats.full(since));
      return { text: withdrawnAt === undefined ? what : `${what} ${text.withdrawn}` };
    }),
  ];
}

function moveItems({ moves }: WeeklyReport, { messages, formats, language }: Words): ContentItem[] {
  return moves.map(({ name, from, to, fromName, toName, at }) => ({
    text: messages.report.moved(
      localized(name, language),
      localized(fromName, language) || from,
      localized(toName, language) || to,
      formats.day(at),
    ),
  }));
}

function excludedItems({ counts, exclusions }: WeeklyReport, words: Words): ContentItem[] {
  const { messages, formats, language } = words;
  const text = messages.report;
  if (counts.excluded === 0 && exclusions.length === 0) return [];
  const items = exclusions.map(({ target, name, from, to, reason }) => ({
    text: text.excludedBecause(
      text.exclusionReasons[reason],
      name === null ? target.id : localized(name, language),
      formats.full(from),
      formats.full(to),
    ),
  }));
  return [{ text: text.excluded(counts.excluded, formats.count(counts.excluded)), definition: 'excluded', items }];
}

function suspectItems({ suspects }: WeeklyReport, { messages, formats }: Words): ContentItem[] {
  if (suspects.length === 0) return [];
  const text = messages.report.suspects;
  const all = suspects.reduce((sum, { presses }) => sum + presses, 0);
  const items = suspects.map(({ terminal, why, presses }) => ({ text: text[why](terminal, formats.count(presses)) }));
  return [{ text: text.all(all, formats.count(all)), items }];
}

function lostItem({ lost }: WeeklyReport, { messages, formats }: Words): ContentItem {
  const text = messages.report;
  const items = lost.ranges.map(({ terminal, from, to }) => {
    const presses = to - from + 1;
    return { text: text.lostIn(terminal, presses, formats.count(presses)) };
  });
  return { text: text.lost(lost.presses, formats.count(lost.presses)), definition: 'lost', items };
}

function coverageBlocks(terminals: readonly TerminalCoverage[], words: Words): ContentBlock[] {
  if (terminals.length <= MOST_ROWS) return [coverageTable(terminals, words)];
  const worked = ({ share }: TerminalCoverage): number => share ?? 1;
  const least = terminals.toSorted((a, b) => worked(a) - worked(b)).slice(0, LEAST);
  const { messages, formats } = words;
  const text = messages.report.terminalsShown(formats.count(LEAST), formats.count(terminals.length));
  return [coverageTable(least, words), { kind: 'paragraph', role: 'note', phrase: { text } }];
}

function coverageTable(terminals: readonly TerminalCoverage[], words: Words): ContentBlock {
  const { common, report: text } = words.messages;
  const down = terminals.some(({ downDays }) => downDays.length > 0);
  return {
    kind: 'table',
    table: {
      caption: text.coverageCaption,
      shape: 'plain',
      columns: [
        { text: common.terminal },
        { text: text.opening, numeric: true },
        { text: text.working, numeric: true },
        { text: text.coverage, numeric: true },
        ...(down ? [{ text: text.downDays, definition: 'down-days' as const }] : []),
      ],
      rows: terminals.map((terminal) => [
        ...coverageRow(terminal, words),
        ...(down ? [downDaysCell(terminal, words)] : []),
      ]),
    },
  };
}

function coverageRow(one: TerminalCoverage, { messages, formats, language }: Words): ContentCell[] {
  const { terminal, name, servicePointNames, openMs, workedMs, share } = one;
  const places = servicePointNames.map((point) => localized(point, language)).join(', ');
  return [
    {
      text: servicePointNames.length === 0 ? messages.common.unassigned : places,
      detail: name === null ? terminal : `${name} · ${terminal}`,
    },
    { text: formats.duration(openMs) },
    { text: formats.duration(workedMs) },
    { text: share === null ? '–' : formats.percent(share) },
  ];
}

function downDaysCell({ downDays }: TerminalCoverage, { messages, formats }: Words): ContentCell {
  if (downDays.length === 0) return { text: '–' };
  const days = downDays.map(({ date, downMs }) =>
    messages.report.downDay(formats.dayOfDate(date), formats.hoursAndMinutes(downMs)),
  );
  return { text: days.join(', ') };
}

function unassignedBlocks({ unassigned }: WeeklyReport, { messages, formats }: Words): ContentBlock[] {
  const { common, report: text } = messages;
  return [
    { kind: 'subheading', text: text.unassigned },
    {
      kind: 'table',
      table: {
        caption: text.unassignedCaption,
        shape: 'plain',
        columns: [{ text: common.terminal }, { text: common.answers }],
        rows: unassigned.map(({ terminal, n, ratings }) => [{ text: terminal }, { text: formats.count(n), ratings }]),
      },
    },
  ];
}
