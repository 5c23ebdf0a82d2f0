import { isDeepStrictEqual } from 'node:util';
import { type AlertEntry, actOn, alertKey, laneOf, type NewNotice, type NoticeState } from '../../alerts/alert.js';
import { type AlertRule, type AlertScope, type Recipient, ruleKey } from '../../alerts/alert-rule.js';
import type { AlertDecision } from '../../alerts/alert-store.js';
import { scopeKey } from '../../alerts/scope-key.js';
import type { Actor } from '../../exclusions/exclusion.js';
import { logChanges } from './change-log-rows.js';
import type { Db } from './database.js';

const ADD_NOTICE = `INSERT INTO notices (alert, event, lane, recipient, delivery, created_at, state, next_at, troubled)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`;

/** Writes of alerts; each is called inside a transaction. */
export class AlertWriter {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  saveRule(rule: AlertRule, by: Actor): void {
    const key = ruleKey(rule);
    const before = this.#rule(key);
    this.#db
      .prepare('INSERT INTO alert_rules VALUES (?, ?) ON CONFLICT DO UPDATE SET rule = excluded.rule')
      .run(key, JSON.stringify(rule));
    logChanges(this.#db, [{ subject: { kind: 'alert-rule', id: key }, before, after: rule }], by, {
      what: 'put-alert-rule',
    });
  }

  removeRule(rule: Pick<AlertRule, 'scope' | 'name'>, by: Actor): void {
    const key = ruleKey(rule);
    const before = this.#rule(key);
    if (before === undefined) return;
    this.#db.prepare('DELETE FROM alert_rules WHERE key = ?').run(key);
    logChanges(this.#db, [{ subject: { kind: 'alert-rule', id: key }, before }], by, { what: 'remove-alert-rule' });
  }

  #rule(key: string): unknown {
    const row = this.#db.prepare<[string], { rule: string }>('SELECT rule FROM alert_rules WHERE key = ?').get(key);
    return row === undefined ? undefined : JSON.parse(row.rule);
  }

  saveRecipients(scope: AlertScope, recipients: readonly Recipient[], by: Actor): void {
    const key = scopeKey(scope);
    const row = this.#db
      .prepare<[string], { value: string }>('SELECT value FROM alert_recipients WHERE scope = ?')
      .get(key);
    const before: Recipient[] = row === undefined ? [] : JSON.parse(row.value).recipients;
    if (isDeepStrictEqual(before, recipients)) return;
    if (recipients.length === 0) this.#db.prepare('DELETE FROM alert_recipients WHERE scope = ?').run(key);
    else {
      this.#db
        .prepare('INSERT INTO alert_recipients VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value')
        .run(key, JSON.stringify({ scope, recipients }));
    }
    logChanges(this.#db, [{ subject: { kind: 'alert-recipients', id: key }, before, after: recipients }], by, {
      what: 'put-alert-recipients',
    });
  }

  record({ alert, entry, notices }: AlertDecision): void {
    const { id, rule, subject, state, settled } = alert;
    const before = this.#state(id);
    this.#db
      .prepare(
        `INSERT INTO alerts (id, key, service_point, state, settled, alert) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, settled = excluded.settled, alert = excluded.alert`,
      )
      .run(
        id,
        alertKey(rule.name, subject),
        subject.servicePoint ?? null,
        state.kind,
        settled ? 1 : 0,
        JSON.stringify(alert),
      );
    if (entry !== undefined) this.#addEntry(id, entry, { before, after: state });
    for (const notice of notices) this.addNotice(id, notice);
  }

  comment(alert: number, entry: AlertEntry): void {
    this.#addEntry(alert, entry, {});
  }

  #addEntry(alert: number, entry: AlertEntry, change: { before?: unknown; after?: unknown }): void {
    this.#db.prepare('INSERT INTO alert_entries (alert, entry) VALUES (?, ?)').run(alert, JSON.stringify(entry));
    const act = actOn(alert, entry);
    if (act !== undefined) logChanges(this.#db, [{ subject: act.subject, ...change }], act.by, act);
  }

  #state(alert: number): unknown {
    const row = this.#db.prepare<[number], { alert: string }>('SELECT alert FROM alerts WHERE id = ?').get(alert);
    return row === undefined ? undefined : JSON.parse(row.alert).state;
  }

  /** Returns its number. */
  addTestNotice(notice: NewNotice, by: Actor): number {
    const id = this.addNotice(null, notice);
    const subject = { kind: 'test-notice', id: String(id) } as const;
    logChanges(this.#db, [{ subject, after: { recipient: notice.recipient } }], by, { what: 'send-test-notice' });
    return id;
  }

  /** Returns its number. */
  addNotice(alert: number | null, { event, recipient, delivery, createdAt, notBefore }: NewNotice): number {
    const state: NoticeState = { kind: 'waiting', nextAt: notBefore, attempts: 0, refusals: 0 };
    const added = this.#db
      .prepare(ADD_NOTICE)
      .run(
        alert,
        event,
        laneOf(recipient),
        JSON.stringify(recipient),
        delivery,
        createdAt,
        JSON.stringify(state),
        notBefore,
      );
    return Number(added.lastInsertRowid);
  }

  recordNotice(id: number, state: NoticeState): void {
    const nextAt = state.kind === 'waiting' ? state.nextAt : null;
    const troubled = state.kind === 'given-up' || (state.kind === 'waiting' && state.attempts > 0);
    this.#db
      .prepare('UPDATE notices SET state = ?, next_at = ?, troubled = ? WHERE id = ?')
      .run(JSON.stringify(state), nextAt, troubled ? 1 : 0, id);
  }
}
