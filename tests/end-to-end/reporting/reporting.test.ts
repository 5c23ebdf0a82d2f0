import { type ReportMail, readReportInput, unpackReport, type WeekIssue, weeklyReport } from '@hymio/gateway';
import { HymioError } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailReceiver, smtpError } from '../../support/mail-receiver.js';
import { freePort } from '../../support/test-bench.js';
import { until } from '../../support/until.js';
import { DAY, HOUR, MONDAY, ReportRig, WEDNESDAY, ZONE } from './report-rig.js';

const WEEK = 7 * DAY;
let rig: ReportRig;
beforeEach(async () => {
  rig = await ReportRig.begin();
});
afterEach(() => rig.end());

/** Time passes while it is looked: a pause that began late ends all the same. */
const look = () => {
  rig.clock.advance(1_000);
  return rig.store.reports.mails({ limit: 100 });
};
const mails = (isRight: (mails: ReportMail[]) => boolean) => until('the mails', look, isRight);
const allDelivered = (count: number) =>
  mails((all) => all.length === count && all.every(({ state }) => state.kind === 'delivered'));

/** The same with some members being others. */
function withOther<T extends object>(whole: T, others: Partial<T>): T {
  return new Proxy(whole, {
    get: (target, name) => {
      if (name in others) return Reflect.get(others, name);
      const member = Reflect.get(target, name);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

describe('the reports of a week', () => {
  it('are mailed on Monday, to each recipient in its language, and kept as they were sent', async () => {
    await rig.recipient();
    await rig.recipient({ address: 'chef@example.org', language: 'sv', format: 'csv' });
    await rig.recipient({ address: 'johtaja@example.org', language: 'fi', format: 'pdf' });
    await rig.press('kallio-1', WEDNESDAY - HOUR, [3, 3, 2, 3, 3, 0, 3, 3, 3, 3]);
    await rig.start();
    expect(rig.smtp.mails).toEqual([]);
    await rig.goTo(MONDAY - 1);
    expect(await rig.store.reports.issued({ limit: 10, week: '2026-W47' })).toEqual([]);
    await rig.goTo(MONDAY);
    await rig.smtp.count(3);
    await allDelivered(3);
    const [boss, chef, johtaja] = rig.smtp.mails;
    expect(boss).toMatchObject({
      subject: 'Weekly report, week 47, 2026: Health',
      from: { text: 'hymio@example.org' },
      attachments: [{ filename: 'hymio-2026-W47-health.html', contentType: 'text/html' }],
    });
    expect(boss?.text).toContain('90% of the 10 who answered were satisfied');
    expect(boss?.text).toContain('https://hymio.example.org/reports/weekly/2026-W47?group=health&lang=en');
    expect(boss?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(boss?.headers.get('content-language')).toBe('en');
    expect(boss?.messageId).toMatch(/^<report-2026-w47-[0-9a-f]{32}@example\.org>$/);
    expect(chef?.subject).toBe('Veckorapport, vecka 47, 2026: Hälsovård');
    expect(chef?.attachments[0]?.content.toString('utf8')).toContain('2026-W47,total,health,Hälsovård');
    expect(johtaja).toMatchObject({
      subject: 'Viikkoraportti, viikko 47/2026: Terveyspalvelut',
      attachments: [{ filename: 'hymio-2026-W47-health.pdf', contentType: 'application/pdf' }],
    });
    expect(johtaja?.attachments[0]?.content.subarray(0, 5).toString()).toBe('%PDF-');
    // One document for all.
    const [issued] = await rig.store.reports.issued({ limit: 10 });
    expect(issued).toMatchObject({ week: '2026-W47', subject: 'group/health', issuedAt: MONDAY });
    const kept = await rig.store.reports.issuedReport(issued?.id ?? 0);
    expect(await unpackReport(kept?.document ?? new Uint8Array())).toMatchObject({
      generatedAt: new Date(MONDAY).toISOString(),
      counts: { n: 10 },
      complete: true,
    });
  });

  it('go once, whatever the clock does and however often the gateway starts', async () => {
    await rig.recipient();
    await rig.start();
    await rig.goTo(MONDAY + HOUR);
    await rig.smtp.count(1);
    await allDelivered(1);
    await rig.goTo(MONDAY - 3 * WEEK);
    await rig.goTo(MONDAY + 2 * HOUR);
    await rig.stop();
    await rig.start();
    expect(await rig.store.reports.mails({ limit: 10 })).toHaveLength(1);
    expect(rig.smtp.mails).toHaveLength(1);
  });

  it('are made up for in order when the gateway was away for three weeks, and no further back', async () => {
    await rig.recipient();
    await rig.start();
    await rig.stop();
    rig.clock.advance(MONDAY + 2 * WEEK + HOUR - rig.clock.now());
    await rig.recipient({ address: 'late@example.org' });
    await rig.start();
    await rig.smtp.count(3);
    await allDelivered(3);
    expect(rig.mailbox).toEqual([
      'boss@example.org: Weekly report, week 47, 2026: Health',
      'boss@example.org: Weekly report, week 48, 2026: Health',
      'boss@example.org: Weekly report, week 49, 2026: Health',
    ]);
    await rig.goTo(MONDAY + 3 * WEEK);
    await rig.smtp.count(5);
    expect(rig.mailbox.slice(3).sort()).toEqual([
      'boss@example.org: Weekly report, week 50, 2026: Health',
      'late@example.org: Weekly report, week 50, 2026: Health',
    ]);
  });

  it('are not made up for where the schedule was off, or the recipient was', async () => {
    const boss = await rig.recipient();
    await rig.start({ schedule: undefined });
    await rig.goTo(MONDAY + HOUR);
    await rig.stop();
    await rig.start();
    expect(await rig.store.reports.issued({ limit: 10 })).toEqual([]);
    await rig.store.reports.saveRecipient({ ...boss, active: false }, { who: 'Aino', at: rig.clock.now() }, boss.id);
    await rig.goTo(MONDAY + WEEK + HOUR);
    await rig.store.reports.saveRecipient({ ...boss, active: true }, { who: 'Aino', at: rig.clock.now() }, boss.id);
    await rig.goTo(MONDAY + 2 * WEEK);
    await rig.smtp.count(1);
    await allDelivered(1);
    expect(rig.mailbox).toEqual(['boss@example.org: Weekly report, week 49, 2026: Health']);
  });

  it('are tried again as a whole where they could not be written, and go once', async () => {
    await rig.recipient();
    await rig.recipient({ address: 'chef@example.org' });
    let fails = 2;
    const { reports } = rig.store;
    const issue = async (one: WeekIssue) => {
      if (one.week === '2026-W47' && --fails >= 0) throw new HymioError('store-full', 'No space.', 'Make some.');
      return reports.issue(one);
    };
    const store = withOther(rig.store, { reports: withOther(reports, { issue }) });
    await rig.start({ store });
    await rig.goTo(MONDAY);
    expect(await reports.mails({ limit: 10 })).toEqual([]);
    expect(rig.log).toContainEqual(expect.objectContaining({ code: 'store-full' }));
    await allDelivered(0);
    await rig.goTo(MONDAY + HOUR);
    await allDelivered(2);
    expect(rig.smtp.mails).toHaveLength(2);
  });

  it('follow a service point to its new group; a terminal that stands nowhere is in the organisation’s report only', async () => {
    await rig.recipient({
      subjects: [{ kind: 'group', id: 'health' }, { kind: 'group', id: 'social' }, { kind: 'organisation' }],
    });
    await rig.press('kallio-1', WEDNESDAY - HOUR, [3, 3]);
    await rig.press('malmi-1', WEDNESDAY - HOUR, [0]);
    await rig.press('stray-1', WEDNESDAY - HOUR, [1, 1, 1, 1]);
    await rig.start();
    await rig.goTo(WEDNESDAY + DAY);
    await rig.move('kallio', 'social');
    await rig.goTo(MONDAY);
    await rig.smtp.count(3);
    const issued = await rig.store.reports.issued({ limit: 10 });
    expect(issued.map(({ subject, figures }) => `${subject} ${figures.tally.n}`)).toEqual([
      'group/health 0',
      'group/social 3',
      'organisation 7',
    ]);
    const health = rig.smtp.mails.find(({ subject }) => subject?.endsWith('Health'));
    expect(health?.text).toContain('No terminal stood here this week.');
  });

  it('are left out, and said so, where what they are about is gone; the others go', async () => {
    await rig.store.editRegistry({ kind: 'remove-service-point', id: 'closed' }, { who: 'Aino', at: rig.clock.now() });
    await rig.recipient({ subjects: [{ kind: 'organisation' }] });
    rig.nameGonePlace('closed');
    await rig.start();
    await rig.goTo(MONDAY);
    await rig.smtp.count(1);
    expect(rig.mailbox).toEqual(['boss@example.org: Weekly report, week 47, 2026: Whole organisation']);
    expect(rig.log).toContainEqual(
      expect.objectContaining({ code: 'report-subject-gone', subject: 'service-point/closed' }),
    );
  });

  it('tell in the next report what has changed since: presses that came late, each change once', async () => {
    await rig.recipient({ subjects: [{ kind: 'organisation' }] });
    await rig.press('kallio-1', WEDNESDAY - HOUR, [3, 3, 3, 3, 3, 3, 3, 3, 3, 3]);
    await rig.start();
    await rig.goTo(MONDAY);
    await rig.smtp.count(1);
    await rig.goTo(MONDAY + DAY);
    await rig.press('malmi-1', WEDNESDAY, [0, 0]);
    await rig.goTo(MONDAY + WEEK);
    const [, second] = await rig.smtp.count(2);
    expect(second?.text).toContain(
      'The report on week 47 said: 100% satisfied (10 answers). Now: 83% satisfied (12 answers). 2 presses came late.',
    );
    await rig.goTo(MONDAY + 2 * WEEK);
    const [, , third] = await rig.smtp.count(3);
    expect(third?.text).not.toContain('The report on week 47');
    const [, issued] = await rig.store.reports.issued({ limit: 10 });
    expect(issued?.figures.corrections).toMatchObject([
      { week: '2026-W47', said: { n: 10 }, now: { n: 12 }, latePresses: 2, saidAt: new Date(MONDAY).toISOString() },
    ]);
  });
});

describe('mails of reports', () => {
  it('wait while the mail server is down for a day, and go when it is back', async () => {
    const port = await freePort();
    await rig.recipient();
    await rig.recipient({ address: 'chef@example.org' });
    await rig.start({ mail: { host: '127.0.0.1', port, secure: false, from: 'hymio@example.org' } });
    await rig.goTo(MONDAY);
    await mails((all) => all.some(({ state }) => state.kind === 'waiting' && state.attempts > 0));
    await rig.goTo(MONDAY + DAY);
    const tried = await mails((all) => all.some(({ state }) => state.kind === 'waiting' && state.attempts > 1));
    expect(tried.every(({ state }) => state.kind === 'waiting')).toBe(true);
    expect(await rig.store.reports.mails({ limit: 10, troubled: true })).not.toEqual([]);
    expect(rig.log.some(({ code }) => code === 'report-mail-not-delivered')).toBe(true);
    const smtp = await MailReceiver.start(port);
    await rig.goTo(MONDAY + DAY + HOUR);
    await allDelivered(2);
    expect(smtp.mails).toHaveLength(2);
    await smtp.stop();
    expect(await rig.store.reports.mails({ limit: 10, troubled: true })).toEqual([]);
  });

  it('are given up where the address bounces, are shown, and go to the mended one', async () => {
    rig.smtp.manners.recipient = (address) =>
      address === 'boss@example.org' ? smtpError(550, 'no such user here') : undefined;
    const boss = await rig.recipient();
    await rig.recipient({ address: 'chef@example.org' });
    await rig.start();
    await rig.goTo(MONDAY);
    await rig.smtp.count(1);
    const refusals = (n: number) =>
      mails((all) =>
        all.some(({ state: s }) => (s.kind === 'waiting' ? s.refusals : s.attempts) === n && s.kind !== 'delivered'),
      );
    for (const [refused, after] of [
      [1, HOUR],
      [2, 5 * HOUR],
      [3, 2 * DAY],
    ] as const) {
      await refusals(refused);
      await rig.goTo(rig.clock.now() + after);
    }
    const all = await mails((found) => found.some(({ state }) => state.kind === 'given-up'));
    expect(all.find(({ state }) => state.kind === 'given-up')).toMatchObject({
      addressee: { id: boss.id },
      state: { attempts: 4, reason: expect.stringContaining('550 no such user here') },
    });
    expect(rig.log).toContainEqual(expect.objectContaining({ code: 'report-mail-given-up', recipient: boss.id }));
    const [mail] = await rig.store.reports.mails({ limit: 10, troubled: true });
    await rig.store.reports.saveRecipient(
      { ...boss, address: 'new@example.org' },
      { who: 'Aino', at: rig.clock.now() },
      boss.id,
    );
    expect(await rig.reporting?.sendAnew(mail?.id ?? 0, { who: 'Aino', at: rig.clock.now() })).toBe(true);
    await rig.smtp.count(2);
    await allDelivered(2);
    expect(rig.mailbox.map((one) => one.split(':')[0])).toEqual(['chef@example.org', 'new@example.org']);
    expect(await rig.reporting?.sendAnew(mail?.id ?? 0, { who: 'Aino', at: rig.clock.now() })).toBe(false);
  });

  it('sent by hand go at once, once, and not too many', async () => {
    await rig.start();
    const report = weeklyReport(
      await readReportInput(rig.store, { week: '2026-W47' }, { zone: ZONE, now: rig.clock.now() }),
    );
    const to = { address: 'me@example.org', language: 'fi', format: 'html' } as const;
    expect(await rig.reporting?.sendNow(report, to, 'Aino')).toEqual({ kind: 'delivered' });
    rig.smtp.manners.recipient = () => smtpError(550, 'no such user here');
    expect(await rig.reporting?.sendNow(report, to, 'Aino')).toMatchObject({ kind: 'refused' });
    for (let sent = 2; sent < 10; sent += 1) await rig.reporting?.sendNow(report, to, 'Aino');
    expect(await rig.reporting?.sendNow(report, to, 'Aino')).toEqual({ kind: 'too-many' });
    await rig.goTo(rig.clock.now() + HOUR);
    rig.smtp.manners.recipient = () => undefined;
    expect(await rig.reporting?.sendNow(report, to, 'Aino')).toEqual({ kind: 'delivered' });
    expect(rig.mailbox).toEqual(Array(2).fill('me@example.org: Viikkoraportti, viikko 47/2026: Koko organisaatio'));
  });
});
