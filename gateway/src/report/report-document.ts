import type { ExclusionReason, ExclusionTarget } from '../exclusions/exclusion.js';
import type { LocalizedText } from '../registry/registry.js';
import type { Satisfaction } from '../statistics/satisfaction.js';
import type { Counts, Incident, LostRange } from '../store/store.js';

/** What a report is about. */
export type ReportScope =
  | { kind: 'organisation' }
  | { kind: 'service-point'; id: string; name: LocalizedText; group: string };

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
export interface TerminalCoverage extends ReportCoverage {
  terminal: string;
  name: string | null;
  /** Where it stood, in order of time; empty: unassigned. */
  servicePoints: string[];
  servicePointNames: LocalizedText[];
}

export interface ReportServicePoint extends ReportCounts {
  id: string;
  name: LocalizedText;
  /** From 1 by the shrunken share; null without presses. */
  rank: number | null;
  /** (W·mean + n·own)/(W + n); null without presses. */
  shrunkenShare: number | null;
  previous: Satisfaction;
  change: ReportChange | null;
}
export interface UnassignedTerminal extends ReportCounts {
  terminal: string;
  name: string | null;
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

/** Why a week has no presses. */
export type EmptyReason = 'no-terminals' | 'no-opening-time' | 'not-known-to-have-worked' | 'open-but-quiet';

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
  counts: ReportCounts;
  /** The week before; `change` is against it and null where either week has no presses. */
  previousWeek: string;
  previous: ReportCounts;
  change: ReportChange | null;
  hourTest: ReportHourTest;
  coverage: ReportCoverage & { terminals: TerminalCoverage[] };
  /** Recorded as lost this week: presses that no one can deliver any more. */
  lost: { presses: number; ranges: LostRange[] };
  /** Begun this week, or not withdrawn before it. */
  incidents: Incident[];
  /** Why presses were left out: `counts.excluded` says how many. */
  exclusions: ReportExclusion[];
  /** The organisation's report: every service point, best first, those without presses last. */
  servicePoints: ReportServicePoint[];
  unassigned: UnassignedTerminal[];
  /** Set where there is no press at all. */
  empty: { reason: EmptyReason } | null;
}
