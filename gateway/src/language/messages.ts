import type { Definition } from '../report/definition.js';
import type { EmptyReason } from '../report/report-document.js';
import type { IncidentKind } from '../store/store.js';
import type { TerminalStateKind } from '../terminals/terminal-state.js';

/** Words that more than one page needs. Numbers and times come already written in the language. */
export interface CommonMessages {
  languageName: string;
  skipToContent: string;
  mainNavigation: string;
  languages: string;
  overview: string;
  weeklyReport: string;
  /** By rating, from very unhappy to very happy. */
  ratings: readonly [string, string, string, string];
  answers: string;
  /** 243 answers; `n` chooses the plural. */
  answerCount(n: number, shown: string): string;
  satisfiedShare: string;
  happyIndex: string;
  servicePoint: string;
  terminal: string;
  hour: string;
  unassigned: string;
  wholeOrganisation: string;
  none: string;
  /** In place of a percentage of fewer than ten answers. */
  tooFew: string;
  smallNumbersNote: string;
  definitionOf(word: string): string;
  notFoundTitle: string;
  notFoundText: string;
  errorTitle: string;
  backToOverview: string;
}

export interface OverviewMessages {
  title: string;
  /** 10 of 12 terminals work */
  workingOf(working: string, all: string, n: number): string;
  noTerminals: string;
  /** 50 answers today; `answers` comes with its word. */
  answersToday(answers: string): string;
  todaySoFar: string;
  asOf(time: string): string;
  refresh: string;
  liveOn: string;
  liveOff: string;
  state: string;
  lastPress: string;
  noPressYet: string;
  pending: string;
  pendingCount(n: number, shown: string): string;
  states: Record<TerminalStateKind, string>;
  offlineSince(moment: string): string;
  faultsSince(moment: string): string;
  lostPresses(n: number, shown: string): string;
  missingPresses(n: number, shown: string): string;
  servicePointsToday: string;
  terminalsCaption: string;
  terminalsHeading: string;
  repeats: string;
  outsideServicePoints: string;
  noServicePoints: string;
}

export interface ReportMessages {
  /** viikko 47/2026 */
  week(week: number, year: number): string;
  title(week: number, year: number): string;
  previousWeek: string;
  nextWeek: string;
  otherFormats: string;
  chooseScope: string;
  show: string;
  notComplete(moment: string): string;
  result: string;
  /** 81 % were satisfied … */
  satisfiedSentence(share: string, range: string, n: number, answers: string): string;
  fewSentence(n: number, answers: string): string;
  /** `points`: whole percentage points without sign; `direction`: of the rounded difference. */
  changeSentence(direction: 'more' | 'less' | 'same', points: number, shown: string, week: number): string;
  changeInterval(low: string, high: string): string;
  clear: string;
  mayBeChance: string;
  noComparison(week: number): string;
  answersCaption: string;
  answer: string;
  number: string;
  share: string;
  emptyTitle: string;
  emptyReasons: Record<EmptyReason, string>;
  onlyRepeats: string;
  hours: string;
  hoursCaption: string;
  hoursDiffer(test: string): string;
  hoursAlike(test: string): string;
  hoursNoTest: string;
  hourTestDetails(statistic: string, degreesOfFreedom: string, p: string): string;
  better(z: string): string;
  worse(z: string): string;
  outsideOpeningHours(n: number, shown: string): string;
  comparison: string;
  servicePoints: string;
  servicePointsCaption: string;
  rank: string;
  change: string;
  pointsShort(points: string): string;
  reliability: string;
  coverage: string;
  coverageCaption: string;
  coverageSentence(share: string): string;
  noCoverage: string;
  opening: string;
  working: string;
  notes: string;
  repeats(n: number, shown: string): string;
  estimated(n: number, shown: string): string;
  lost(n: number, shown: string): string;
  lostIn(terminal: string, n: number, shown: string): string;
  incidents: Record<IncidentKind, (missing: number, shown: string, terminal: string, moment: string) => string>;
  withdrawn: string;
  unassigned: string;
  unassignedCaption: string;
  definitions: string;
  definitionTexts: Record<Definition, { term: string; text: string }>;
}

export interface Messages {
  common: CommonMessages;
  overview: OverviewMessages;
  report: ReportMessages;
}
