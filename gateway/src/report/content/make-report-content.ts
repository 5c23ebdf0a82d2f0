import { parseWeek } from '../../calendar/iso-week.js';
import { localized } from '../../language/language.js';
import type { Words } from '../../language/words.js';
import type { WeeklyReport } from '../report-document.js';
import { alertsSection } from './alerts-section.js';
import { correctionPhrases } from './correction-words.js';
import { definitionsSection } from './definitions-section.js';
import { hoursSection } from './hours-section.js';
import { notesSection } from './notes-section.js';
import { reliabilitySection } from './reliability-section.js';
import type { ContentSection, Phrase, ReportContent } from './report-content.js';
import { resultSection } from './result-section.js';
import { servicePointsSection } from './service-points-section.js';
import { trendSection } from './trend-section.js';

/** Everything that a weekly report says, in the words of one language and without a form. Sections with nothing to say are left out. */
export function makeReportContent(report: WeeklyReport, words: Words): ReportContent {
  const { language, messages, formats } = words;
  const { week, year } = parseWeek(report.week);
  const sections = [
    resultSection(report, words),
    trendSection(report, words),
    notesSection(report, 'note', words),
    notesSection(report, 'changed', words),
    servicePointsSection(report, words),
    hoursSection(report, words),
    alertsSection(report, words),
    reliabilitySection(report, words),
    definitionsSection(words),
  ];
  return {
    language,
    title: messages.report.title(week, year),
    subject:
      report.scope.kind === 'organisation' ? messages.common.wholeOrganisation : localized(report.scope.name, language),
    period: formats.days(Date.parse(report.from), Date.parse(report.to)),
    notices: notices(report, words),
    sections: sections.filter((section): section is ContentSection => section !== undefined),
  };
}

function notices(report: WeeklyReport, words: Words): Phrase[] {
  const { complete, generatedAt } = report;
  const { messages, formats } = words;
  const unfinished = complete ? [] : [{ text: messages.report.notComplete(formats.full(Date.parse(generatedAt))) }];
  return [...unfinished, ...correctionPhrases(report, words)];
}
