import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smtpError } from '../../support/mail-receiver.js';
import { startTestHttpServer, type TestHttpServer } from '../../support/test-http-server.js';
import { until } from '../../support/until.js';
import { DAY, HOUR, MONDAY, ReportRig, WEDNESDAY, ZONE } from './report-rig.js';

let rig: ReportRig;
let http: TestHttpServer;
beforeEach(async () => {
  rig = await ReportRig.begin();
});
afterEach(async () => {
  await http.server.stop();
  await rig.end();
});

async function serve(mail = true): Promise<void> {
  await rig.start();
  const { store, clock, reporting } = rig;
  http = await startTestHttpServer(store, { clock, zone: ZONE, ...(mail && reporting !== undefined && { reporting }) });
}
const page = async (path: string, lang = 'en') =>
  (await http.get(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)).text();
async function send(
  path: string,
  fields: Record<string, string | string[]>,
): Promise<{ status: number; html: string; to: string }> {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries({ by: 'Aino', ...fields })) {
    for (const one of [value].flat()) body.append(name, one);
  }
  const answer = await fetch(`${http.address.url}${path}?lang=en`, { method: 'POST', body, redirect: 'manual' });
  return { status: answer.status, html: await answer.text(), to: answer.headers.get('location') ?? '' };
}
const BOSS = { address: 'boss@example.org', language: 'sv', format: 'pdf', subjects: 'group/health', active: 'yes' };

describe('the pages of those who get reports', () => {
  it('add, change and remove a recipient, with a line in the log', async () => {
    await serve();
    expect(await page('/admin/report-recipients')).toContain('There are no recipients yet.');
    const added = await send('/admin/new-report-recipient', { ...BOSS, subjects: ['organisation', 'group/health'] });
    expect([added.status, added.to]).toEqual([303, '/admin/report-recipients?lang=en']);
    const list = await page('/admin/report-recipients');
    expect(list).toContain('Whole organisation, City › Health');
    expect(list).toContain('The next reports go out on 23 Nov 2026, 07:00.');
    const form = await page('/admin/report-recipients/1');
    expect(form).toMatch(/value="group\/health" checked/);
    expect(form).not.toMatch(/value="group\/social" checked/);
    await send('/admin/report-recipients/1', { ...BOSS, subjects: 'service-point/malmi', active: '' });
    expect(await rig.store.reports.recipients()).toMatchObject([
      { id: 1, language: 'sv', format: 'pdf', subjects: [{ kind: 'service-point', id: 'malmi' }], active: false },
    ]);
    expect(await page('/admin/report-recipients')).toContain('switched off');
    expect((await send('/admin/report-recipients/1/remove', {})).status).toBe(303);
    expect(await rig.store.reports.recipients()).toEqual([]);
    expect(await page('/admin/log')).toContain('report recipient removed');
    expect((await http.get('/admin/report-recipients/1', { accept: 'text/html' })).status).toBe(404);
  });

  it('say at the field what is wrong, and keep what was typed', async () => {
    await serve();
    await send('/admin/new-report-recipient', BOSS);
    for (const [fields, field, text] of [
      [{ ...BOSS, address: 'boss' }, 'address', 'Write the address as name@example.org.'],
      [{ ...BOSS, address: 'BOSS@example.org' }, 'address', 'This address gets reports in this language already.'],
      [{ ...BOSS, address: 'b@example.org', subjects: [] }, 'subjects', 'Choose at least one report.'],
      [
        { ...BOSS, address: 'b@example.org', subjects: 'group/nowhere' },
        'subjects',
        'One of these does not exist any more.',
      ],
      [{ ...BOSS, address: 'b@example.org', by: '' }, 'by', 'Fill in this field.'],
    ] as const) {
      const { status, html } = await send('/admin/new-report-recipient', {
        ...fields,
        subjects: [fields.subjects].flat(),
      });
      expect(status).toBe(422);
      expect(html).toContain(`href="#recipient-${field}"`);
      expect(html).toContain(text);
      expect(html).toContain(`value="${fields.address}"`);
    }
    expect(await rig.store.reports.recipients()).toHaveLength(1);
  });

  it('show what has not arrived, and send it again to the mended address', async () => {
    await rig.recipient({ address: 'wrong@example.org' });
    rig.smtp.manners.recipient = (address) =>
      address.startsWith('wrong') ? smtpError(550, 'no such user') : undefined;
    await serve();
    await rig.goTo(MONDAY);
    const troubles = () => rig.store.reports.mails({ limit: 10, troubled: true });
    const [mail] = await until('a refusal', troubles, ({ length }) => length === 1);
    const waiting = await page('/admin/report-recipients');
    expect(waiting).toContain('Mails that have not arrived');
    expect(waiting).toContain('550 no such user');
    expect(waiting).toContain('Tried once; next attempt');
    await rig.store.reports.recordMail(mail?.id ?? 0, { kind: 'given-up', at: MONDAY, attempts: 4, reason: '550 no' });
    const form = `/admin/report-mails/${mail?.id}`;
    const unnamed = await send(form, { by: '' });
    expect(unnamed.status).toBe(422);
    expect(unnamed.html).toContain(`href="#mail-${mail?.id}-by"`);
    await send('/admin/report-recipients/1', { ...BOSS, address: 'right@example.org' });
    await send(form, {});
    const [sent] = await rig.smtp.count(1);
    expect([sent?.to].flat()[0]?.text).toBe('right@example.org');
    await until('delivered', troubles, ({ length }) => length === 0);
  });
});

describe('a report that was sent', () => {
  it('is told of on the page of its week, with what has changed since; it stays as it was, in every form', async () => {
    await rig.recipient();
    await rig.press('kallio-1', WEDNESDAY - HOUR, Array(12).fill(3));
    await serve();
    const path = '/reports/weekly/2026-W47?group=health';
    await rig.goTo(MONDAY);
    await rig.smtp.count(1);
    expect(await page(path)).toContain('The numbers are the same now.');
    expect(await page('/reports/weekly/2026-W47')).not.toContain('as it was sent');
    await rig.press('kallio-1', WEDNESDAY, [0, 0, 0]);
    const changed = await page(path);
    expect(changed).toContain('This report was sent on 23 Nov 2026, 07:00.');
    expect(changed).toContain('It said: 100% satisfied (12 answers). Now: 80% satisfied (15 answers).');
    expect(await page('/reports/weekly/2026-W47/issued/html?group=health', 'fi')).toContain('12 vastausta');
    const csv = await http.get('/reports/weekly/2026-W47/issued/csv?group=health');
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="hymio-2026-W47-health.csv"');
    const listed = await (await http.get('/api/v1/reports/issued?group=health')).json();
    expect(listed).toMatchObject({
      reports: [{ week: '2026-W47', group: 'health', issuedAt: '2026-11-23T05:00:00.000Z', said: { n: 12 } }],
    });
    expect(await (await http.get('/api/v1/reports/issued?service-point=malmi')).json()).toEqual({ reports: [] });
    const was = await (await http.get('/api/v1/reports/issued/2026-W47?group=health')).json();
    expect(was).toMatchObject({ counts: { n: 12 }, generatedAt: '2026-11-23T05:00:00.000Z' });
    const none = await http.get('/api/v1/reports/issued/2026-W47?group=social');
    expect([none.status, await none.json()]).toMatchObject([404, { code: 'report-not-issued' }]);
    // The report of the next week, as it would be now.
    await rig.goTo(MONDAY + DAY);
    const next = await (await http.get('/api/v1/reports/weekly/2026-W48?group=health')).json();
    expect(next).toMatchObject({ corrections: [{ week: '2026-W47', said: { n: 12 }, now: { n: 15 } }] });
    expect(await (await http.get('/api/v1/reports/weekly/2026-W48?group=health&format=csv')).text()).toMatch(
      /2026-W47,said,health,.*\r\n2026-W47,correction,health,/,
    );
  });

  it('by hand is looked at first, goes to the address that was typed, and says what went wrong', async () => {
    await serve();
    const path = '/reports/weekly/2026-W47/send';
    const preview = await page(`${path}?group=health`);
    expect(preview).toContain('No presses this week');
    expect(preview).toContain('Viikkoraportti, viikko 47/2026: Terveyspalvelut');
    const fields = { group: 'health', address: 'me@example.org', language: 'fi', format: 'html' };
    const done = await send(path, fields);
    expect([done.status, done.to]).toEqual([303, `${path}?group=health&lang=en`]);
    expect(rig.smtp.mails[0]?.subject).toBe('Viikkoraportti, viikko 47/2026: Terveyspalvelut');
    const wrong = await send(path, { ...fields, address: 'me@example.org\r\nBcc: you@example.org' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Write the address as name@example.org.');
    rig.smtp.manners.recipient = () => smtpError(550, 'no such user');
    expect((await send(path, fields)).html).toContain('550 no such user');
    const foreign = await fetch(`${http.address.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
    expect(rig.smtp.mails).toHaveLength(1);
    expect((await http.get('/reports/weekly/2027-W40/send', { accept: 'text/html' })).status).toBe(404);
  });

  it('cannot be sent by hand where no mail server is set, and the page says so', async () => {
    await serve(false);
    expect(await page('/reports/weekly/2026-W47/send')).toContain('No mail server is set in the configuration');
    const fields = { address: 'me@example.org', language: 'fi', format: 'html' };
    expect((await send('/reports/weekly/2026-W47/send', fields)).status).toBe(422);
    expect(await page('/admin/report-recipients', 'fi')).toContain('raportteja ei lähetetä');
  });
});
