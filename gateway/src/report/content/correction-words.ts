import { parseWeek } from '../../calendar/iso-week.js';
import type { Words } from '../../language/words.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportTally, WeeklyReport } from '../report-document.js';
import type { Phrase } from './report-content.js';

/** Earlier weeks whose numbers are not any more what was said of them. */
export function correctionPhrases({ corrections }: WeeklyReport, words: Words): Phrase[] {
  const { messages, formats } = words;
  const { corrected, because } = messages.reportIssues;
  return corrections.map(({ week, said, now, latePresses }) => ({
    text: [
      corrected(parseWeek(week).week, tallyText(said, words), tallyText(now, words)),
      because(latePresses, formats.count(latePresses)),
    ].join(' '),
    definition: 'corrections',
  }));
}

/** 81 % satisfied (243 answers); without the share where there are too few. */
export function tallyText({ n, satisfied }: ReportTally, { messages, formats }: Words): string {
  const answers = messages.common.answerCount(n, formats.count(n));
  const share = satisfied === null || !isPrintable(n) ? undefined : formats.percent(satisfied.share);
  return messages.reportIssues.tally(share, answers);
}
