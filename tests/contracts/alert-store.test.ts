import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Alert,
  type AlertDecision,
  type AlertStore,
  DEFAULT_ALERT_RULES,
  type NewNotice,
  openSqliteStore,
  type SqliteStore,
} from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batch, HOUR, PLACES, press, registryFile, S, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: 0 };

const [RULE] = DEFAULT_ALERT_RULES;
if (RULE === undefined) throw new Error('no default rule');

function alertOf(id: number, more: Partial<Alert> = {}): Alert {
  return {
    id,
    rule: RULE as NonNullable<typeof RULE>,
    subject: { kind: 'service-point', servicePoint: `point-${id}` },
    numbers: { kind: 'presses', ratings: [4, 0, 0, 0], from: T, to: T + 1 },
    openedAt: T,
    state: { kind: 'open' },
    reopened: 0,
    settled: false,
    ...more,
  };
}
const notice = (delivery: string, notBefore = T): NewNotice => ({
  event: 'opened',
  recipient: { kind: 'email', address: `${delivery}@example.org`, language: 'sv' },
  delivery,
  createdAt: T,
  notBefore,
});
const opening = (alert: Alert, notices: NewNotice[] = []): AlertDecision => ({
  alert,
  entry: { at: T, kind: 'opened' },
  notices,
});

describe.each(['in-thread', 'worker'] as const)('alerts in the SQLite store, reads %s', (reads) => {
  let folder = '';
  let store: SqliteStore;
  let alerts: AlertStore;
  const reopen = async () => {
    await store?.close();
    store = await openSqliteStore({ folder: join(folder, 'data'), reads });
    alerts = store.alerts;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hymio-alerts-'));
    store = await openSqliteStore({ folder: join(folder, 'data'), reads });
    alerts = store.alerts;
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps no rule and no recipient of a place that is removed, with lines in the log of changes', async () => {
    await store.importRegistry(registryFile(PLACES));
    const point = { id: 'kiosk', group: 'area', name: { fi: 'Kioski' }, repeatWindowMs: 0 };
    const area = { kind: 'put-group', group: { id: 'area', name: { fi: 'Alue' } } } as const;
    const kiosk = { kind: 'put-service-point', servicePoint: point } as const;
    await store.editRegistry(area, BY);
    await store.editRegistry(kiosk, BY);
    const [left, ...gone] = [
      { kind: 'organisation' },
      { kind: 'service-point', id: 'kiosk' },
      { kind: 'group', id: 'area' },
    ] as const;
    const told = [{ kind: 'email', address: 'a@example.org', language: 'fi' }] as const;
    for (const scope of [left, ...gone]) {
      await alerts.saveRule({ ...(RULE as NonNullable<typeof RULE>), scope }, BY);
      await alerts.saveRecipients(scope, told, BY);
    }
    const otso = { who: 'Otso', at: T };
    await store.editRegistry({ kind: 'remove-service-point', id: 'kiosk' }, otso);
    await store.editRegistry({ kind: 'remove-group', id: 'area' }, otso);
    await store.editRegistry(area, BY);
    await store.editRegistry(kiosk, BY);
    const { rules, recipients } = await alerts.settings();
    expect([rules, recipients].map((each) => each.map(({ scope }) => scope))).toEqual([[left], [left]]);
    const lines = (await store.registryLog({ limit: 20 })).filter(({ who }) => who === 'Otso');
    expect(lines.map(({ what, subject }) => `${what} ${subject.id}`)).toEqual([
      'put-alert-recipients group/area',
      `remove-alert-rule group/area/${RULE?.name}`,
      'remove-group area',
      'put-alert-recipients service-point/kiosk',
      `remove-alert-rule service-point/kiosk/${RULE?.name}`,
      'remove-service-point kiosk',
    ]);
  });

  it('leaves a line in the log of changes for what people do with alerts, not for what happens by itself', async () => {
    await alerts.record(opening(alertOf(1), [notice('a')]));
    await alerts.record({ alert: alertOf(1), entry: { at: T, kind: 'reopened' }, notices: [] });
    expect(await store.registryLog({ limit: 9 })).toEqual([]);
    const acknowledged = { kind: 'acknowledged' } as const;
    const closed = { kind: 'closed', at: T + 2, how: { kind: 'by-hand', by: 'Otso', why: 'cleaned' } } as const;
    const entry = (kind: 'acknowledged' | 'closed', at: number, by: string) => ({ at, kind, by });
    await alerts.record({
      ...{ alert: alertOf(1, { state: acknowledged }), entry: entry('acknowledged', T + 1, 'Aino'), notices: [] },
    });
    await alerts.record({
      ...{ alert: alertOf(1, { state: closed }), notices: [] },
      entry: { ...entry('closed', T + 2, 'Otso'), text: 'cleaned' },
    });
    await alerts.comment(1, { at: T + 3, kind: 'comment', by: 'Aino', text: 'thank you' });
    const subject = { kind: 'alert', id: '1' };
    expect((await store.registryLog({ after: 0, limit: 9 })).map(({ hash, ...line }) => line)).toEqual([
      {
        id: 1,
        at: T + 1,
        who: 'Aino',
        what: 'acknowledge-alert',
        subject,
        before: { kind: 'open' },
        after: acknowledged,
      },
      {
        ...{ id: 2, at: T + 2, who: 'Otso', what: 'close-alert', subject, why: 'cleaned' },
        ...{ before: acknowledged, after: closed },
      },
      { id: 3, at: T + 3, who: 'Aino', what: 'comment-alert', subject, why: 'thank you' },
    ]);
  });

  it('keeps rules and recipients, one per name and scope', async () => {
    expect(await alerts.settings()).toEqual({ rules: [], recipients: [] });
    const group = { ...alertOf(1).rule, scope: { kind: 'group', id: 'health' } as const };
    await alerts.saveRule(group, BY);
    await alerts.saveRule({ ...group, enabled: false }, BY);
    await alerts.saveRule(alertOf(1).rule, BY);
    const recipients = [notice('x').recipient, { kind: 'webhook', webhook: 'chat' } as const];
    await alerts.saveRecipients({ kind: 'organisation' }, recipients, BY);
    await alerts.saveRecipients(group.scope, recipients, BY);
    await alerts.saveRecipients(group.scope, [], BY);
    await reopen();
    expect(await alerts.settings()).toEqual({
      rules: [{ ...group, enabled: false }, alertOf(1).rule],
      recipients: [{ scope: { kind: 'organisation' }, recipients }],
    });
    await alerts.removeRule(group, BY);
    expect((await alerts.settings()).rules).toEqual([alertOf(1).rule]);
    const lines = await store.registryLog({ limit: 20 });
    expect(lines.map(({ who, what, subject }) => `${who}: ${what} ${subject.id}`).reverse()).toEqual([
      'Aino: put-alert-rule group/health/unhappy-now',
      'Aino: put-alert-rule group/health/unhappy-now',
      'Aino: put-alert-rule organisation/unhappy-now',
      'Aino: put-alert-recipients organisation',
      'Aino: put-alert-recipients group/health',
      'Aino: put-alert-recipients group/health',
      'Aino: remove-alert-rule group/health/unhappy-now',
    ]);
    expect(lines[5]).toMatchObject({ before: group, after: { ...group, enabled: false } });
  });

  it('keeps an alert as it is now, with all that happened to it', async () => {
    expect(await alerts.lastAlert()).toBe(0);
    await alerts.record(opening(alertOf(1), [notice('a')]));
    const acknowledged = alertOf(1, { acknowledged: { by: 'Aino', at: T + S }, state: { kind: 'acknowledged' } });
    const entry = { at: T + S, kind: 'acknowledged', by: 'Aino' } as const;
    await alerts.record({ alert: acknowledged, entry, notices: [] });
    await alerts.comment(1, { at: T + 2 * S, kind: 'comment', by: 'Aino', text: '<b>' });
    await reopen();
    const detail = await alerts.alert(1);
    expect(detail?.alert).toEqual(acknowledged);
    expect(detail?.entries).toEqual([
      { at: T, kind: 'opened' },
      entry,
      { at: T + 2 * S, kind: 'comment', by: 'Aino', text: '<b>' },
    ]);
    expect(detail?.notices).toMatchObject([{ alert: 1, event: 'opened', delivery: 'a' }]);
    expect(await alerts.alert(2)).toBeUndefined();
    expect(await alerts.lastAlert()).toBe(1);
  });

  it('lists alerts by state and service point, newest first, page by page', async () => {
    const closed = { kind: 'closed', at: T, how: { kind: 'recovered' } } as const;
    const terminal = { kind: 'terminal', terminal: 't', servicePoint: 'point-1' } as const;
    await alerts.record(opening(alertOf(1)));
    await alerts.record(opening(alertOf(2, { subject: terminal })));
    await alerts.record(opening(alertOf(3, { state: closed })));
    await alerts.record(opening(alertOf(4, { state: closed, settled: true })));
    const ids = async (query: Partial<Parameters<AlertStore['alerts']>[0]>) =>
      (await alerts.alerts({ state: 'all', limit: 10, ...query })).map(({ id }) => id);
    expect(await ids({})).toEqual([4, 3, 2, 1]);
    expect(await ids({ state: 'active' })).toEqual([2, 1]);
    expect(await ids({ state: 'closed' })).toEqual([4, 3]);
    expect(await ids({ servicePoint: 'point-1' })).toEqual([2, 1]);
    expect(await ids({ limit: 2 })).toEqual([4, 3]);
    expect(await ids({ before: 3, limit: 2 })).toEqual([2, 1]);
    expect(await alerts.activeAlerts()).toBe(2);
    expect((await alerts.unsettled()).map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  it('finds those that were opened in a span, page by page', async () => {
    for (const [index, openedAt] of [T - 1, T, T + 5, T + 9, T + 10].entries()) {
      await alerts.record(opening(alertOf(index + 1, { openedAt })));
    }
    const ids = async (query: Partial<Parameters<AlertStore['alerts']>[0]>) => {
      const opened = { from: T, to: T + 10 };
      return (await alerts.alerts({ state: 'all', limit: 10, opened, ...query })).map(({ id }) => id);
    };
    expect(await ids({})).toEqual([4, 3, 2]);
    expect(await ids({ limit: 2 })).toEqual([4, 3]);
    expect(await ids({ limit: 2, before: 3 })).toEqual([2]);
    expect(await ids({ servicePoint: 'point-3' })).toEqual([3]);
    expect(await ids({ servicePoint: 'point-5' })).toEqual([]);
  });

  it('never holds two alerts of one rule and subject that are not closed for good', async () => {
    const subject = { kind: 'service-point', servicePoint: 'kallio' } as const;
    await alerts.record(opening(alertOf(1, { subject })));
    await expect(alerts.record(opening(alertOf(2, { subject }), [notice('b')]))).rejects.toThrow();
    expect(await alerts.lastAlert()).toBe(1);
    expect(await alerts.waitingNotices(10)).toEqual([]);
  });

  it('writes a step whole or not at all', async () => {
    await expect(alerts.record(opening(alertOf(1), [notice('a'), notice('a')]))).rejects.toThrow();
    expect(await alerts.alert(1)).toBeUndefined();
    await alerts.record(opening(alertOf(1), [notice('a')]));
    // The same event is never told twice to the same recipient, whoever asks for it.
    const again = { ...notice('a'), delivery: 'other' };
    await expect(alerts.record({ alert: alertOf(1, { reopened: 1 }), notices: [again] })).rejects.toThrow();
    expect((await alerts.alert(1))?.alert.reopened).toBe(0);
  });

  it('gives notices in the order in which they are due, until they are delivered or given up', async () => {
    await alerts.record(opening(alertOf(1), [notice('a', T + HOUR), notice('b', T), notice('c', T)]));
    const test = await alerts.addTestNotice({ ...notice('d', T + S), event: 'test' }, BY);
    const deliveries = async () => (await alerts.waitingNotices(10)).map(({ delivery }) => delivery);
    expect(await deliveries()).toEqual(['b', 'c', 'd', 'a']);
    expect((await alerts.waitingNotices(2)).map(({ delivery }) => delivery)).toEqual(['b', 'c']);
    const [b, c] = await alerts.waitingNotices(2);
    const waiting = { kind: 'waiting', nextAt: T + 2 * HOUR, attempts: 1, refusals: 0, reason: 'down' } as const;
    await alerts.recordNotice(b?.id ?? 0, waiting);
    await alerts.recordNotice(c?.id ?? 0, { kind: 'delivered', at: T, attempts: 1 });
    await alerts.recordNotice(test, { kind: 'given-up', at: T, attempts: 9, reason: 'no such user' });
    await reopen();
    expect(await deliveries()).toEqual(['a', 'b']);
    expect((await alerts.notice(b?.id ?? 0))?.state).toEqual(waiting);
    expect((await alerts.troubledNotices(10)).map(({ delivery }) => delivery)).toEqual(['d', 'b']);
    expect(await alerts.notice(99)).toBeUndefined();
  });

  it('counts presses by place and cell, late ones apart, with the marks of the same moment', async () => {
    await store.importRegistry(
      registryFile({
        ...PLACES,
        questions: [],
        assignments: [{ terminal: 'kallio-1', servicePoint: 'kallio', from: '2026-01-01T00:00:00Z' }],
      }),
    );
    const received = T + HOUR;
    await store.commit([
      batch([press(T, 0), press(T + 1, 0), press(received - 2 * S, 1), press(received + 4 * S, 3)], {
        receivedAt: received,
      }),
      batch([press(received, 2)], { terminal: 'nowhere-1', epoch: '00000000-0000-4000-8000-000000000009' }),
    ]);
    const query = { from: T, to: T + 2 * HOUR, cellMs: 10 * S, lateMs: 60 * S, marksSince: T };
    const { cells, marks } = await alerts.pressCells(query);
    const cell = (at: number) => Math.floor(at / query.cellMs);
    // The second is a repeat; the last is told by a clock that is ahead.
    expect(cells).toEqual([
      ['kallio', cell(T), 0, 0, 0, 0, 1],
      ['kallio', cell(received - 2 * S), 0, 1, 0, 0, 1],
      ['kallio', cell(received), 0, 0, 0, 1, 1],
    ]);
    expect(marks.map(([, mark]) => mark).sort()).toEqual([1, 4]);
    const { streaks } = await alerts.streaks({ from: T, lateMs: 60 * S, marksSince: T });
    expect(streaks).toEqual([{ servicePoint: 'kallio', presses: 1, lastAt: received + 4 * S }]);
  });
});
