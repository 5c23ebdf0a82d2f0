import type { ReportRecipientText, WeekIssue } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';
import type { ContractContext } from './store-contract.js';
import { batch, DAY, HOUR, PLACES, press, registryFile, T } from './store-fixtures.js';

const BY = { who: 'Aino', at: T };
const TEXT: ReportRecipientText = {
  address: 'boss@example.org',
  language: 'fi',
  format: 'html',
  subjects: [{ kind: 'organisation' }, { kind: 'service-point', id: 'kallio' }],
  active: true,
};
const TALLY = { n: 0, ratings: [0, 0, 0, 0], happyIndex: null, satisfied: null } as const;
const FIGURES = { tally: TALLY, corrections: [] };

const issueOf = (week: string, more: Partial<WeekIssue> = {}): WeekIssue => ({
  week,
  issuedAt: T,
  reports: [{ subject: 'organisation', figures: FIGURES, document: new Uint8Array([1, 2, 3]) }],
  mails: [{ subject: 'organisation', addressee: addressee(1), delivery: `organisation-${week}` }],
  ...more,
});
const addressee = (id: number) => ({ id, address: 'boss@example.org', language: 'fi', format: 'html' }) as const;
const waiting = (nextAt: number, attempts = 0) => ({ kind: 'waiting', nextAt, attempts, refusals: 0 }) as const;

/** Who gets reports, what was issued, and the mails on their way. */
export function reportPromises(context: ContractContext): void {
  describe('recipients of reports', () => {
    it('are added, changed and removed, each with a line in the log', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      const added = await store.reports.saveRecipient(TEXT, BY);
      expect(added).toEqual({ id: 1, ...TEXT, since: T });
      const off = await store.reports.saveRecipient({ ...TEXT, active: false }, { who: 'Otso', at: T + DAY }, 1);
      expect(off).toMatchObject({ id: 1, active: false, since: T });
      const on = await store.reports.saveRecipient(TEXT, { who: 'Otso', at: T + 2 * DAY }, 1);
      expect(on.since).toBe(T + 2 * DAY);
      expect(await store.reports.recipients()).toEqual([on]);
      await store.reports.removeRecipient(1, BY);
      expect(await store.reports.recipients()).toEqual([]);
      expect((await store.reports.saveRecipient(TEXT, BY)).id).toBe(2);
      const subject = { kind: 'report-recipient', id: '1' } as const;
      const lines = await store.registryLog({ limit: 10, subject });
      expect(lines.map(({ who, what, before, after }) => ({ who, what, before, after }))).toEqual([
        { who: 'Aino', what: 'remove-report-recipient', before: on, after: undefined },
        { who: 'Otso', what: 'put-report-recipient', before: off, after: on },
        { who: 'Otso', what: 'put-report-recipient', before: added, after: off },
        { who: 'Aino', what: 'put-report-recipient', before: undefined, after: added },
      ]);
    });

    it.each([
      ['report-recipient-malformed', { ...TEXT, address: 'boss' }],
      ['report-recipient-malformed', { ...TEXT, address: 'a@b.example\r\nBcc: c@d.example' }],
      ['report-recipient-without-reports', { ...TEXT, subjects: [] }],
      ['report-recipient-unknown-subject', { ...TEXT, subjects: [{ kind: 'group', id: 'nowhere' }] }],
      ['report-recipient-twice', { ...TEXT, address: 'BOSS@example.org' }],
    ] as const)('are refused: %s', async (code, text) => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      await store.reports.saveRecipient(TEXT, BY);
      await expect(store.reports.saveRecipient({ ...text, subjects: [...text.subjects] }, BY)).rejects.toMatchObject({
        code,
      });
      await expect(store.reports.saveRecipient(TEXT, BY, 7)).rejects.toMatchObject({
        code: 'unknown-report-recipient',
      });
      await expect(store.reports.removeRecipient(7, BY)).rejects.toMatchObject({ code: 'unknown-report-recipient' });
      expect(await store.reports.recipients()).toHaveLength(1);
      expect(await store.registryLog({ limit: 10, subject: { kind: 'report-recipient', id: '2' } })).toEqual([]);
    });
  });

  describe('issued reports', () => {
    it('are issued once for a week, all of it or nothing, and stay as they were', async () => {
      const { reports } = context.bench.store;
      expect(await reports.issue(issueOf('2026-W47'))).toBe(true);
      const other = { subject: 'group/city', figures: FIGURES, document: new Uint8Array([9]) };
      expect(await reports.issue(issueOf('2026-W47', { issuedAt: T + DAY, reports: [other], mails: [] }))).toBe(false);
      expect(await reports.issue(issueOf('2026-W48', { reports: [], mails: [] }))).toBe(true);
      expect(await reports.issuedWeeks(['2026-W46', '2026-W47', '2026-W48'])).toEqual(['2026-W47', '2026-W48']);
      const issued = { id: 1, week: '2026-W47', subject: 'organisation', issuedAt: T, figures: FIGURES };
      expect(await reports.issued({ limit: 10 })).toEqual([issued]);
      const found = await reports.issuedReport(1);
      expect(found?.report).toEqual(issued);
      expect([...(found?.document ?? [])]).toEqual([1, 2, 3]);
      expect(await reports.issuedReport(2)).toBeUndefined();
      const broken = { ...issueOf('2026-W49').mails[0], subject: 'group/city' } as WeekIssue['mails'][number];
      await expect(reports.issue(issueOf('2026-W49', { mails: [broken] }))).rejects.toThrow('not issued');
    });

    it('are found by week and subject, newest first', async () => {
      const { reports } = context.bench.store;
      const report = (subject: string) => ({ subject, figures: FIGURES, document: new Uint8Array() });
      for (const week of ['2026-W53', '2027-W01', '2027-W02']) {
        await reports.issue(issueOf(week, { reports: [report('organisation'), report('group/city')], mails: [] }));
      }
      const found = async (query: object) =>
        (await reports.issued({ limit: 10, ...query })).map(({ week, subject }) => `${week} ${subject}`);
      expect(await found({ subject: 'group/city' })).toEqual([
        '2027-W02 group/city',
        '2027-W01 group/city',
        '2026-W53 group/city',
      ]);
      expect(await found({ week: '2027-W01' })).toEqual(['2027-W01 group/city', '2027-W01 organisation']);
      expect(await found({ subject: 'organisation', fromWeek: '2026-W53', beforeWeek: '2027-W02' })).toEqual([
        '2027-W01 organisation',
        '2026-W53 organisation',
      ]);
      expect(await found({ limit: 1 })).toEqual(['2027-W02 group/city']);
    });

    it('are followed by mails that wait until they are delivered or given up', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      const { reports } = store;
      await reports.saveRecipient(TEXT, BY);
      await reports.issue(issueOf('2026-W47'));
      await reports.issue(issueOf('2026-W48', { issuedAt: T + DAY }));
      const [first, second] = await reports.waitingMails(10);
      expect(first).toEqual({
        id: 1,
        report: 1,
        week: '2026-W47',
        subject: 'organisation',
        addressee: addressee(1),
        delivery: 'organisation-2026-W47',
        createdAt: T,
        state: waiting(T),
      });
      expect(second?.week).toBe('2026-W48');
      await reports.recordMail(1, waiting(T + 2 * DAY, 1));
      expect((await reports.waitingMails(10)).map(({ id }) => id)).toEqual([2, 1]);
      expect((await reports.mails({ limit: 10, troubled: true })).map(({ id }) => id)).toEqual([1]);
      await reports.recordMail(2, { kind: 'delivered', at: T, attempts: 1 });
      await reports.recordMail(1, { kind: 'given-up', at: T, attempts: 2, reason: 'gone' });
      expect(await reports.waitingMails(10)).toEqual([]);
      expect((await reports.mails({ limit: 10 })).map(({ id }) => id)).toEqual([2, 1]);
      expect(await reports.mails({ limit: 10, report: 1, troubled: true })).toMatchObject([
        { id: 1, state: { kind: 'given-up', reason: 'gone' } },
      ]);
    });

    it('are mailed anew to where the recipient is now, and to nobody who was removed', async () => {
      const { store } = context.bench;
      await store.importRegistry(registryFile(PLACES));
      const { reports } = store;
      await reports.saveRecipient(TEXT, BY);
      await reports.issue(issueOf('2026-W47'));
      expect(await reports.sendMailAnew(1, BY)).toBe(false);
      await reports.recordMail(1, { kind: 'given-up', at: T, attempts: 1, reason: 'gone' });
      await reports.saveRecipient({ ...TEXT, address: 'right@example.org', language: 'sv' }, BY, 1);
      expect(await reports.sendMailAnew(1, { who: 'Otso', at: T + HOUR })).toBe(true);
      expect(await reports.waitingMails(10)).toMatchObject([
        { id: 1, addressee: { id: 1, address: 'right@example.org', language: 'sv' }, state: waiting(T + HOUR) },
      ]);
      expect((await store.registryLog({ limit: 1 }))[0]).toMatchObject({
        ...{ who: 'Otso', what: 'send-report-mail-anew', subject: { kind: 'report-mail', id: '1' } },
        ...{ before: { state: { kind: 'given-up' } }, after: { addressee: { address: 'right@example.org' } } },
      });
      await reports.removeRecipient(1, { who: 'Aino', at: T + DAY });
      expect(await reports.waitingMails(10)).toEqual([]);
      expect(await reports.mails({ limit: 10, troubled: true })).toEqual([]);
      expect(await reports.sendMailAnew(1, BY)).toBe(false);
      expect(await reports.sendMailAnew(99, BY)).toBe(false);
    });

    it('are in a backup', async () => {
      const { bench } = context;
      await bench.store.importRegistry(registryFile(PLACES));
      await bench.store.reports.saveRecipient(TEXT, BY);
      await bench.store.reports.issue(issueOf('2026-W47'));
      const file = bench.backupFile('reports.sqlite');
      await bench.store.backup(file);
      await bench.store.reports.removeRecipient(1, BY);
      await bench.restore(file);
      expect(await bench.store.reports.recipients()).toHaveLength(1);
      expect(await bench.store.reports.issuedWeeks(['2026-W47'])).toEqual(['2026-W47']);
      expect(await bench.store.reports.waitingMails(10)).toHaveLength(1);
    });
  });

  it('counts presses that came late, by where they were counted', async () => {
    const { store } = context.bench;
    const assignments = [{ terminal: 'kallio-1', servicePoint: 'kallio', from: new Date(T).toISOString() }];
    await store.importRegistry(registryFile({ ...PLACES, terminals: [{ id: 'kallio-1' }], assignments }));
    await store.commit([
      batch([press(T), press(T + 1), press(T + HOUR)], { receivedAt: T + 2 * HOUR }),
      batch([press(T + 10 * HOUR)], { firstSeq: 4, receivedAt: T + DAY }),
      batch([press(T)], { terminal: 'stray', epoch: '00000000-0000-4000-8000-000000000009', receivedAt: T + DAY }),
    ]);
    const late = (receivedAfter: number, servicePoints?: string[]) =>
      store.reports.latePresses({ from: T, to: T + DAY, receivedAfter, ...(servicePoints && { servicePoints }) });
    // The second press is a repeat.
    expect(await late(T)).toBe(4);
    expect(await late(T + 2 * HOUR)).toBe(2);
    expect(await late(T + 2 * HOUR, ['kallio'])).toBe(1);
    expect(await late(T + DAY)).toBe(0);
    expect(await late(T, [])).toBe(0);
  });
}
