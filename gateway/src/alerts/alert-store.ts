import type { Actor } from '../exclusions/exclusion.js';
import type { Alert, AlertEntry, NewNotice, Notice, NoticeState } from './alert.js';
import type { AlertRule, AlertScope, AlertSettings, Recipient } from './alert-rule.js';

/** All that one step of an alert changes: written together or not at all. */
export interface AlertDecision {
  /** As it is from now on; a new number is a new alert. */
  alert: Alert;
  /** What its history gains. */
  entry?: AlertEntry;
  notices: readonly NewNotice[];
}

export interface AlertQuery {
  state: 'active' | 'closed' | 'all';
  /** Only of this service point, its terminals included. */
  servicePoint?: string;
  /** Only those opened in [from, to), UTC ms. */
  opened?: { from: number; to: number };
  /** Only numbers below it: the next page of older ones. */
  before?: number;
  limit: number;
}

/** An alert with everything that happened to it and everyone who was told. */
export interface AlertDetail {
  alert: Alert;
  entries: AlertEntry[];
  notices: Notice[];
}

export interface PressCellQuery {
  /** UTC ms, by the time under which presses are counted; `to` exclusive. */
  from: number;
  to: number;
  cellMs: number;
  /** A press received so much later than its time, or sooner, is late: in `all` only. */
  lateMs: number;
  /** Marks of epochs that were heard since then, UTC ms. */
  marksSince: number;
}
/** Counts of presses that count, by service point and cell. */
export interface PressCells {
  /** Service point, number of the cell (time / cellMs), four ratings of presses in time, all presses. */
  cells: [string, number, number, number, number, number, number][];
  /** As of the same moment: a press of the epoch up to the mark is among the counted. */
  marks: [epoch: string, mark: number][];
}
export interface Streaks {
  streaks: { servicePoint: string; presses: number; lastAt: number }[];
  marks: [epoch: string, mark: number][];
}

/** Alerts, their rules and the notices on their way. Writes are atomic and durable when their promise resolves. */
export interface AlertStore {
  settings(): Promise<AlertSettings>;
  /** Takes the place of the rule of that name at that scope. Each of these leaves a line in the log of changes. */
  saveRule(rule: AlertRule, by: Actor): Promise<void>;
  /** What is farther away, or the default, holds again. */
  removeRule(rule: Pick<AlertRule, 'scope' | 'name'>, by: Actor): Promise<void>;
  saveRecipients(scope: AlertScope, recipients: readonly Recipient[], by: Actor): Promise<void>;

  /** What somebody did by hand leaves a line in the log of changes; so does a comment. */
  record(decision: AlertDecision): Promise<void>;
  comment(alert: number, entry: AlertEntry): Promise<void>;
  /** Those that are not closed for good. */
  unsettled(): Promise<Alert[]>;
  /** The highest number ever given to an alert; 0: none. */
  lastAlert(): Promise<number>;
  /** Newest first. */
  alerts(query: AlertQuery): Promise<Alert[]>;
  alert(id: number): Promise<AlertDetail | undefined>;
  /** How many are open or acknowledged. */
  activeAlerts(): Promise<number>;

  /** Leaves a line in the log of changes. */
  addTestNotice(notice: NewNotice, by: Actor): Promise<number>;
  /** Waiting notices by the time at which they are due, whether it has come or not; without those of some lanes. */
  waitingNotices(limit: number, exceptLanes?: readonly string[]): Promise<Notice[]>;
  recordNotice(id: number, state: NoticeState): Promise<void>;
  notice(id: number): Promise<Notice | undefined>;
  /** Those that failed at least once and are waiting still, and those given up; newest first. */
  troubledNotices(limit: number): Promise<Notice[]>;

  pressCells(query: PressCellQuery): Promise<PressCells>;
  /** Runs of very happy presses in time since `from` that no other press has broken. */
  streaks(query: Omit<PressCellQuery, 'to' | 'cellMs'>): Promise<Streaks>;
}
