import type { ChangeLogEntry } from '../administration/change-log.js';
import type { StaffNote } from '../administration/staff-note.js';
import type { Alert } from '../alerts/alert.js';
import type { WeekSpan } from '../calendar/iso-week.js';
import type { Exclusion } from '../exclusions/exclusion.js';
import type { Registry } from '../registry/registry.js';
import type {
  Counts,
  Incident,
  LostRange,
  PresenceSpan,
  RollupCell,
  SuspectCount,
  TerminalRecord,
} from '../store/store.js';
import type { SaidOfWeek } from './report-corrections.js';
import type { ReportSubject } from './report-scope.js';

/** What was counted in a week in the scope. */
export interface WeekCounts {
  week: WeekSpan;
  counts: Counts;
}

/** What was last said of a week, and how many of the presses counted in it now came after that. */
export interface SaidBefore extends SaidOfWeek {
  latePresses: number;
}

/** Everything that a weekly report is made of. `servicePoint` or `group`: what it is about. */
export interface ReportInput extends ReportSubject {
  week: WeekSpan;
  previousWeek: WeekSpan;
  zone: string;
  /** UTC ms. */
  now: number;
  registry: Registry;
  /** Those that stood in the scope at some time of the week, or all. */
  terminals: readonly TerminalRecord[];
  /** By terminal and service point, in local steps of an hour or less. */
  thisWeek: readonly RollupCell[];
  /** By terminal and service point, one cell for the week. */
  lastWeek: readonly RollupCell[];
  /** The weeks before the previous one that the trend shows, oldest first. */
  earlierWeeks: readonly WeekCounts[];
  /** The week of that number a year ago; absent where that year had none. */
  yearAgo?: WeekCounts;
  /** Of weeks before this one, in reports on the same that were issued. */
  said?: readonly SaidBefore[];
  presence: readonly PresenceSpan[];
  lost: readonly LostRange[];
  incidents: readonly Incident[];
  /** Of the week's presses. */
  suspects: readonly SuspectCount[];
  /** In force, touching the week. */
  exclusions: readonly Exclusion[];
  /** Opened in the week, of the scope or of more than it, in any order. */
  alerts: readonly Alert[];
  /** Of the service points in the scope, in any order. */
  notes: readonly StaffNote[];
  /** What was changed of service points; only those of the week matter. */
  changes: readonly ChangeLogEntry[];
  /** The first bucket of the whole store, UTC ms; absent for an empty one. */
  firstBucket?: number;
}
