import type { ExclusionReason } from '../../exclusions/exclusion.js';
import type { Suspicion } from '../../ingest/suspect-press.js';
import type { Definition } from '../../report/definition.js';
import type { EmptyReason } from '../../report/report-document.js';
import type { IncidentKind } from '../../store/store.js';

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
  satisfiedSentence(share: string, range: string, shown: string): string;
  fewSentence(n: number, answers: string): string;
  /** `points`: whole percentage points without sign; `direction`: of the rounded difference. */
  changeSentence(direction: 'more' | 'less' | 'same', points: number, shown: string, week: number): string;
  changeInterval(low: string, high: string): string;
  clear: string;
  mayBeChance: string;
  noComparison(week: number): string;
  happyIndexSentence(shown: string): string;
  question(text: string): string;
  /** Several, each as `questionOf` says it. */
  questions(texts: string): string;
  questionOf(text: string, terminals: number, shown: string): string;
  firstPress(moment: string): string;
  trend: string;
  trendCaption: string;
  numbersAsTable: string;
  weekColumn: string;
  trendAlternative(weeks: Record<'first' | 'last' | 'lowest' | 'highest', { week: number; share: string }>): string;
  yearAgo(week: number, year: number, share: string, answers: string): string;
  yearAgoFew(week: number, year: number, n: number, answers: string): string;
  /** Follows `yearAgo`. */
  yearAgoChange(direction: 'more' | 'less' | 'same', points: number, shown: string): string;
  notesTitle: string;
  changedTitle: string;
  /** Without a last day: until further notice. */
  daySpan(first: string, last: string | undefined): string;
  alertsTitle: string;
  alertCount(n: number, shown: string): string;
  alert(moment: string, kind: string, place: string): string;
  alertEnded(moment: string): string;
  alertLasts: string;
  alertsMore(n: number, shown: string): string;
  answersCaption: string;
  answer: string;
  number: string;
  share: string;
  emptyTitle: string;
  emptyReasons: Record<EmptyReason, string>;
  onlyRepeats: string;
  onlyExcluded: string;
  hours: string;
  hoursCaption: string;
  hoursDiffer(test: string): string;
  hoursAlike(test: string): string;
  hoursNoTest: string;
  /** `hours`: 9–10 and 15–16 */
  hoursWorse(hours: string): string;
  hoursBetter(hours: string): string;
  heatMapCaption: string;
  weekday: string;
  hourTestDetails(statistic: string, degreesOfFreedom: string, p: string): string;
  better(z: string): string;
  worse(z: string): string;
  outsideOpeningHours(n: number, shown: string): string;
  comparison: string;
  servicePoints: string;
  groups: string;
  servicePointsCaption: string;
  /** Where the table holds only the best and the last of the ranking. */
  servicePointsShown(shown: string, all: string): string;
  /** Where the table holds only those that worked the least. */
  terminalsShown(shown: string, all: string): string;
  rank: string;
  /** week 46: 5 */
  rankIn(week: number, rank: string): string;
  best(places: string): string;
  worst(places: string): string;
  change: string;
  pointsShort(points: string): string;
  reliability: string;
  coverage: string;
  coverageCaption: string;
  coverageSentence(share: string): string;
  noCoverage: string;
  opening: string;
  working: string;
  downDays: string;
  downDay(day: string, duration: string): string;
  moved(place: string, from: string, to: string, day: string): string;
  notes: string;
  repeats(n: number, shown: string): string;
  /** `n` presses were left out by hand. */
  excluded(n: number, shown: string): string;
  excludedBecause(reason: string, place: string, from: string, to: string): string;
  exclusionReasons: Record<ExclusionReason, string>;
  estimated(n: number, shown: string): string;
  /** Presses that no panel can have sent: all, and those of a terminal by why. */
  suspects: Record<Suspicion, (terminal: string, shown: string) => string> & {
    all(n: number, shown: string): string;
  };
  lost(n: number, shown: string): string;
  lostIn(terminal: string, n: number, shown: string): string;
  incidents: Record<IncidentKind, (missing: number, shown: string, terminal: string, moment: string) => string>;
  withdrawn: string;
  unassigned: string;
  unassignedCaption: string;
  definitions: string;
  definitionTexts: Record<Definition, { term: string; text: string }>;
}
