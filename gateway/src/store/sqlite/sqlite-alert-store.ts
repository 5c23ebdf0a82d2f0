import type { Alert, AlertEntry, NewNotice, Notice, NoticeState } from '../../alerts/alert.js';
import type { AlertRule, AlertScope, AlertSettings, Recipient } from '../../alerts/alert-rule.js';
import type {
  AlertDecision,
  AlertDetail,
  AlertQuery,
  AlertStore,
  PressCellQuery,
  PressCells,
  Streaks,
} from '../../alerts/alert-store.js';
import type { Actor } from '../../exclusions/exclusion.js';
import type { AlertReads } from './alert-reader.js';
import type { AlertWriter } from './alert-writer.js';
import { checkedAlertSettings } from './checked-alert-settings.js';

export interface AlertStoreSides {
  /** Runs the work in one transaction. */
  write<T>(work: (rows: AlertWriter) => T): T;
  read<Name extends keyof AlertReads>(
    name: Name,
    ...args: Parameters<AlertReads[Name]>
  ): Promise<ReturnType<AlertReads[Name]>>;
}

/** Alerts in the store's file, in the same transactions and the same backup. */
export class SqliteAlertStore implements AlertStore {
  readonly #sides: AlertStoreSides;

  constructor(sides: AlertStoreSides) {
    this.#sides = sides;
  }

  async saveRule(rule: AlertRule, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.saveRule(rule, by));
  }

  async removeRule(rule: Pick<AlertRule, 'scope' | 'name'>, by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.removeRule(rule, by));
  }

  async saveRecipients(scope: AlertScope, recipients: readonly Recipient[], by: Actor): Promise<void> {
    this.#sides.write((rows) => rows.saveRecipients(scope, recipients, by));
  }

  async record(decision: AlertDecision): Promise<void> {
    this.#sides.write((rows) => rows.record(decision));
  }

  async comment(alert: number, entry: AlertEntry): Promise<void> {
    this.#sides.write((rows) => rows.comment(alert, entry));
  }

  async addTestNotice(notice: NewNotice, by: Actor): Promise<number> {
    return this.#sides.write((rows) => rows.addTestNotice(notice, by));
  }

  async recordNotice(id: number, state: NoticeState): Promise<void> {
    this.#sides.write((rows) => rows.recordNotice(id, state));
  }

  async settings(): Promise<AlertSettings> {
    return checkedAlertSettings(await this.#sides.read('settings'));
  }

  unsettled(): Promise<Alert[]> {
    return this.#sides.read('unsettled');
  }

  lastAlert(): Promise<number> {
    return this.#sides.read('lastAlert');
  }

  alerts(query: AlertQuery): Promise<Alert[]> {
    return this.#sides.read('alerts', query);
  }

  alert(id: number): Promise<AlertDetail | undefined> {
    return this.#sides.read('alert', id);
  }

  activeAlerts(): Promise<number> {
    return this.#sides.read('activeAlerts');
  }

  waitingNotices(limit: number, exceptLanes: readonly string[] = []): Promise<Notice[]> {
    return this.#sides.read('waitingNotices', limit, exceptLanes);
  }

  notice(id: number): Promise<Notice | undefined> {
    return this.#sides.read('notice', id);
  }

  troubledNotices(limit: number): Promise<Notice[]> {
    return this.#sides.read('troubledNotices', limit);
  }

  pressCells(query: PressCellQuery): Promise<PressCells> {
    return this.#sides.read('pressCells', query);
  }

  streaks(query: Omit<PressCellQuery, 'to' | 'cellMs'>): Promise<Streaks> {
    return this.#sides.read('streaks', query);
  }
}
