import type { StaffNoteKind } from '../administration/staff-note.js';
import type { Acknowledgement, AlertNumbers } from '../alerts/alert.js';
import type { AlertCondition } from '../alerts/alert-rule.js';
import type { ExclusionReason, ExclusionTarget } from '../exclusions/exclusion.js';
import type { Suspicion } from '../ingest/suspect-press.js';
import type { LocalizedText } from '../registry/registry.js';
import type { RatingCounts } from '../statistics/happy-index.js';
import type { Satisfaction } from '../statistics/satisfaction.js';
import type { Counts, Incident, LostRange } from '../store/store.js';

/** What a report is about. */
export type ReportScope =
  | { kind: 'organisation' }
  | { kind: 'service-point'; id: string; name: LocalizedText; group: string }
  /** With everything below it; `above`: the names of the groups that it is in, from the root. */
  | { kind: 'group'; id: string; name: LocalizedText; above: LocalizedText[] };

/** Counts with what follows from them; shares 0…1. */
export interface ReportCounts extends Counts, Satisfaction {}

export interface ReportChange {
  /** This week's satisfied share minus the week before's, −1…1, with Newcombe's 95 % interval. */
  difference: number;
  low: number;
  high: number;
  /** The interval excludes 0. */
  clear: boolean;
}

/** One week of the trend. */
export interface ReportTrendWeek extends Satisfaction {
  week: string;
  /** Monday 00:00 local: ISO 8601, UTC. */
  from: string;
}

/** The same week a year ago; `change` is this week's share minus its share. */
export interface ReportYearAgo extends Satisfaction {
  week: string;
  change: ReportChange | null;
}

/** Answers within opening hours in one local hour of one day. */
export interface ReportHeatCell {
  /** 1 Monday … 7 Sunday. */
  weekday: number;
  /** 0…23, local. */
  hour: number;
  n: number;
  satisfied: number;
  /** Null without answers. */
  share: number | null;
}

export interface ReportHour {
  /** Hour of the day, 0…23, local. */
  hour: number;
  n: number;
  satisfied: number;
  share: number;
  /** Two-proportion z against all other hours; null where there is nothing to compare. */
  z: number | null;
  standsOut: boolean;
}
export interface ReportHourTest {
  /** Pearson chi-square, degrees of freedom and p; null where there is nothing to compare. */
  statistic: number | null;
  degreesOfFreedom: number | null;
  p: number | null;
  /** Hours with presses within opening hours. */
  hours: ReportHour[];
  /** Presses that count but fall outside opening hours: not in the test. */
  outsideOpeningHours: number;
}

export interface ReportCoverage {
  /** workedMs / openMs; null where there was no opening time. */
  share: number | null;
  /** Opening time of the week up to now, ms. */
  openMs: number;
  /** Of it, how long the terminal is known to have worked, ms. */
  workedMs: number;
}
/** A local day on which a terminal was not known to work for a while of its opening time. */
export interface ReportDownDay {
  /** 2026-11-18 */
  date: string;
  downMs: number;
}
export interface TerminalCoverage extends ReportCoverage {
  terminal: string;
  name: string | null;
  /** Where it stood, in order of time; empty: unassigned. */
  servicePoints: string[];
  servicePointNames: LocalizedText[];
  /** Days with a quarter of an hour or more of opening time in which it was not known to work. */
  downDays: ReportDownDay[];
}

export interface ReportServicePoint extends ReportCounts {
  id: string;
  name: LocalizedText;
  group: string;
  /** From 1 by the shrunken share; null without presses. */
  rank: number | null;
  /** The same of the week before, among the same service points. */
  previousRank: number | null;
  /** (W·mean + n·own)/(W + n); null without presses. */
  shrunkenShare: number | null;
  previous: Satisfaction;
  change: ReportChange | null;
}
export interface UnassignedTerminal extends ReportCounts {
  terminal: string;
  name: string | null;
}

/** Presses of a terminal that no panel can have sent, for one reason. */
export interface ReportSuspect {
  terminal: string;
  why: Suspicion;
  presses: number;
}

/** A span whose presses were left out of the numbers; UTC ms, `to` exclusive, not cut to the week. */
export interface ReportExclusion {
  id: number;
  target: ExclusionTarget;
  /** Of a service point. */
  name: LocalizedText | null;
  from: number;
  to: number;
  reason: ExclusionReason;
}

/** What was asked, and by how many terminals of the scope in the week. */
export interface ReportQuestion {
  id: string;
  text: LocalizedText;
  terminals: number;
}

/** What the staff want to be read beside the numbers; UTC ms, `to` exclusive, null: until further notice. */
export interface ReportNote {
  id: number;
  kind: StaffNoteKind;
  servicePoint: string;
  name: LocalizedText;
  from: number;
  to: number | null;
  text: LocalizedText;
}

/** Something that rang in the week, with what was counted or seen then; instants UTC ms. */
export interface ReportAlert {
  id: number;
  /** Name and condition of its rule, as it was. */
  rule: string;
  condition: AlertCondition;
  /** Where; of a terminal, where it stood: null for nowhere. */
  servicePoint: string | null;
  name: LocalizedText | null;
  /** Null: it is about the presses of the service point. */
  terminal: string | null;
  terminalName: string | null;
  numbers: AlertNumbers;
  openedAt: number;
  /** How often it came back. */
  reopened: number;
  acknowledged: Acknowledgement | null;
  /** Null while it lasts. */
  closedAt: number | null;
}

/** A service point that was moved from one group to another within the week, `at` UTC ms. */
export interface ReportMove {
  servicePoint: string;
  name: LocalizedText;
  from: string;
  to: string;
  /** What the two groups are called now; empty: there is no such group any more. */
  fromName: LocalizedText;
  toName: LocalizedText;
  at: number;
}

/** Answers by rating with what follows from them. */
export interface ReportTally extends Satisfaction {
  ratings: RatingCounts;
}

/** An earlier week whose numbers are not any more what was last said of it. */
export interface ReportCorrection {
  week: string;
  /** When it was said, ISO 8601, UTC. */
  saidAt: string;
  said: ReportTally;
  now: ReportTally;
  /** Presses of that week, among those counted now, that came after it was said. */
  latePresses: number;
}

/** Why a week has no presses. */
export const EMPTY_REASONS = [
  'before-first-press',
  'no-terminals',
  'no-opening-time',
  'not-known-to-have-worked',
  'open-but-quiet',
] as const;
export type EmptyReason = (typeof EMPTY_REASONS)[number];

/** The weekly report: every format renders this one document; JSON is its serialisation. */
export interface WeeklyReport {
  week: string;
  /** Monday 00:00 to the next, local: ISO 8601, UTC. */
  from: string;
  to: string;
  zone: string;
  generatedAt: string;
  /** False while the week is not over. */
  complete: boolean;
  scope: ReportScope;
  questions: ReportQuestion[];
  counts: ReportCounts;
  /** The week before; `change` is against it and null where either week has no presses. */
  previousWeek: string;
  previous: ReportCounts;
  change: ReportChange | null;
  yearAgo: ReportYearAgo | null;
  /** Twelve weeks, oldest first, this one last. */
  trend: ReportTrendWeek[];
  /** Of the four weeks before, those that were issued and have changed since they were last spoken of; oldest first. */
  corrections: ReportCorrection[];
  /** By weekday, then hour. */
  heatMap: ReportHeatCell[];
  hourTest: ReportHourTest;
  coverage: ReportCoverage & { terminals: TerminalCoverage[] };
  /** Recorded as lost this week: presses that no one can deliver any more. */
  lost: { presses: number; ranges: LostRange[] };
  /** Begun this week, or not withdrawn before it. */
  incidents: Incident[];
  /** Presses that no panel can have sent, by terminal and why; `counts` does not know of it. */
  suspects: ReportSuspect[];
  /** Why presses were left out: `counts.excluded` says how many. */
  exclusions: ReportExclusion[];
  notes: ReportNote[];
  /** Opened in the week, in order of time. */
  alerts: ReportAlert[];
  /** Numbers go wholly with the group of now. */
  moves: ReportMove[];
  /** Of a group or the organisation: every service point, best first, those without presses last. */
  servicePoints: ReportServicePoint[];
  /** Of the organisation's report: terminals with presses that stood nowhere. */
  unassigned: UnassignedTerminal[];
  /** Set where there is no press at all; `firstPressFrom`: the quarter hour of the first press ever, ISO 8601. */
  empty: { reason: EmptyReason; firstPressFrom: string | null } | null;
}
