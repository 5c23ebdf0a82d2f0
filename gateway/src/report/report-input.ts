import type { WeekSpan } from '../calendar/iso-week.js';
import type { Exclusion } from '../exclusions/exclusion.js';
import type { Registry } from '../registry/registry.js';
import type { Incident, LostRange, PresenceSpan, RollupCell, TerminalRecord } from '../store/store.js';

/** Everything that a weekly report is made of. */
export interface ReportInput {
  week: WeekSpan;
  previousWeek: WeekSpan;
  zone: string;
  /** UTC ms. */
  now: number;
  /** Absent: the whole organisation. */
  servicePoint?: string;
  registry: Registry;
  terminals: readonly TerminalRecord[];
  /** By terminal and service point, in local steps of an hour or less. */
  thisWeek: readonly RollupCell[];
  /** By terminal and service point, one cell for the week. */
  lastWeek: readonly RollupCell[];
  presence: readonly PresenceSpan[];
  lost: readonly LostRange[];
  incidents: readonly Incident[];
  /** In force, touching the week. */
  exclusions: readonly Exclusion[];
}
