import type { Words } from '../../language/words.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportHour, WeeklyReport } from '../report-document.js';
import { heatMapTable } from './heat-map-table.js';
import type { ContentBlock, ContentCell, ContentSection, ContentTable } from './report-content.js';

/** Whether satisfaction differs by hour of day, and the hours. Nothing where there are no answers. */
export function hoursSection(report: WeeklyReport, words: Words): ContentSection | undefined {
  const { messages, formats } = words;
  const { hours, outsideOpeningHours } = report.hourTest;
  if (hours.length === 0 && outsideOpeningHours === 0) return undefined;
  const blocks: ContentBlock[] = [
    { kind: 'paragraph', role: 'text', phrase: { text: testSentence(report, words), definition: 'hours' } },
  ];
  const outstanding = outstandingHours(hours, words);
  if (outstanding !== undefined) {
    blocks.push({ kind: 'paragraph', role: 'text', phrase: { text: outstanding, definition: 'hours' } });
  }
  if (hours.length > 0) blocks.push({ kind: 'table', table: hourTable(hours, words) });
  const heatMap = heatMapTable(report, words);
  if (heatMap !== undefined) blocks.push({ kind: 'table', table: heatMap });
  if (outsideOpeningHours > 0) {
    const text = messages.report.outsideOpeningHours(outsideOpeningHours, formats.count(outsideOpeningHours));
    blocks.push({ kind: 'paragraph', role: 'note', phrase: { text } });
  }
  return { id: 'hours', title: messages.report.hours, blocks };
}

/** The hours to look at, in words. */
function outstandingHours(hours: readonly ReportHour[], { messages, formats }: Words): string | undefined {
  const named = (better: boolean) =>
    hours.filter(({ standsOut, z }) => standsOut && (z ?? 0) > 0 === better).map(({ hour }) => formats.hour(hour));
  const [worse, better] = [named(false), named(true)];
  const sentences = [
    ...(worse.length === 0 ? [] : [messages.report.hoursWorse(formats.list(worse))]),
    ...(better.length === 0 ? [] : [messages.report.hoursBetter(formats.list(better))]),
  ];
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function testSentence({ hourTest }: WeeklyReport, { messages, formats }: Words): string {
  const { statistic, degreesOfFreedom, p, hours } = hourTest;
  if (statistic === null || degreesOfFreedom === null || p === null) return messages.report.hoursNoTest;
  const test = messages.report.hourTestDetails(
    formats.decimal(statistic, 1),
    formats.count(degreesOfFreedom),
    formats.probability(p),
  );
  const differ = hours.some((hour) => hour.standsOut);
  return differ ? messages.report.hoursDiffer(test) : messages.report.hoursAlike(test);
}

function hourTable(hours: readonly ReportHour[], words: Words): ContentTable {
  const { common, report } = words.messages;
  return {
    caption: report.hoursCaption,
    shape: 'plain',
    columns: [
      { text: common.hour },
      { text: common.answers, numeric: true },
      { text: common.satisfiedShare },
      { text: report.comparison },
    ],
    rows: hours.map((hour) => hourRow(hour, words)),
  };
}

function hourRow({ hour, n, share, z, standsOut }: ReportHour, { messages, formats }: Words): ContentCell[] {
  const { common, report } = messages;
  const shownZ = formats.decimal(z ?? 0, 1);
  const compared = (z ?? 0) > 0 ? report.better(shownZ) : report.worse(shownZ);
  return [
    { text: formats.hour(hour), ...(standsOut ? { strong: true } : {}) },
    { text: formats.count(n) },
    isPrintable(n) ? { text: formats.percent(share), bar: share } : { text: common.tooFew },
    { text: standsOut ? compared : '–' },
  ];
}
