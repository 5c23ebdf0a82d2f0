import type { StaffNoteKind } from '../../administration/staff-note.js';
import type { Suspicion } from '../../ingest/suspect-press.js';
import type { IncidentKind } from '../../store/store.js';

/** Names of the sheets of a report as a workbook, each at most 31 characters. */
export type SheetName =
  | 'summary'
  | 'trend'
  | 'servicePoints'
  | 'hours'
  | 'heatMap'
  | 'coverage'
  | 'down'
  | 'unassigned'
  | 'leftOut'
  | 'notes'
  | 'alerts'
  | 'corrections'
  | 'questions'
  | 'definitions';

/** What stands in the first row of the sheets, and beside the values of the first one. */
export type SheetHeader =
  | 'what'
  | 'value'
  | 'low'
  | 'high'
  | 'report'
  | 'subject'
  | 'week'
  | 'firstDay'
  | 'lastDay'
  | 'madeAt'
  | 'zone'
  | 'complete'
  | 'answers'
  | 'satisfied'
  | 'satisfiedAnswers'
  | 'happyIndex'
  | 'change'
  | 'changeFromYearAgo'
  | 'clear'
  | 'previousWeek'
  | 'yearAgo'
  | 'repeats'
  | 'estimated'
  | 'excluded'
  | 'lost'
  | 'outside'
  | 'coverage'
  | 'open'
  | 'worked'
  | 'statistic'
  | 'degreesOfFreedom'
  | 'p'
  | 'z'
  | 'standsOut'
  | 'weekday'
  | 'hour'
  | 'rank'
  | 'previousRank'
  | 'name'
  | 'id'
  | 'group'
  | 'shrunken'
  | 'place'
  | 'terminal'
  | 'day'
  | 'down'
  | 'kind'
  | 'from'
  | 'to'
  | 'presses'
  | 'text'
  | 'openedAt'
  | 'closedAt'
  | 'takenBy'
  | 'saidAt'
  | 'saidAnswers'
  | 'saidSatisfied'
  | 'nowAnswers'
  | 'nowSatisfied'
  | 'latePresses'
  | 'terminals'
  | 'term';

export interface SheetsMessages {
  names: Record<SheetName, string>;
  headers: Record<SheetHeader, string>;
  lost: string;
  incidents: Record<IncidentKind, string>;
  suspects: Record<Suspicion, string>;
  notes: Record<StaffNoteKind, string>;
  moved: (from: string, to: string) => string;
  move: string;
}
