import { type MemoryStore, PdfPrinter, Reporting } from '@hymio/gateway';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, withPage } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';
import { FakeClock } from '../unit/device/fake-clock.js';

/** Never started: the pages only ask what it can do. */
const reportingOver = (store: MemoryStore) =>
  new Reporting({
    ...{ store, clock: new FakeClock(), random: () => 0.5, zone: SAMPLE_ZONE, printer: new PdfPrinter() },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    schedule: () => SAMPLE_NOW + 3 * 86_400_000,
    mail: { host: '127.0.0.1', port: 25, secure: false, from: 'hymio@example.org' },
  });

/** Recipients, an issued report, and mails that have not arrived. */
async function addReports({ reports }: MemoryStore): Promise<void> {
  const by = { who: 'Aino', at: SAMPLE_NOW - 8 * 86_400_000 };
  const point = { kind: 'service-point', id: 'itakeskus-centre' } as const;
  const boss = await reports.saveRecipient(
    {
      address: 'osastonjohtaja@terveyspalvelut.example.org',
      language: 'fi',
      format: 'pdf',
      subjects: [point, { kind: 'group', id: 'health' }],
      active: true,
    },
    by,
  );
  await reports.saveRecipient({ ...boss, language: 'sv', active: false }, by);
  const figures = {
    tally: { n: 12, ratings: [0, 2, 4, 6], happyIndex: 77.8, satisfied: { share: 10 / 12, low: 0.55, high: 0.95 } },
    corrections: [],
  } as const;
  const subjects = ['service-point/itakeskus-centre', 'group/health'];
  await reports.issue({
    week: '2026-W46',
    issuedAt: SAMPLE_NOW - 4 * 86_400_000,
    reports: subjects.map((subject) => ({ subject, figures, document: new Uint8Array() })),
    mails: subjects.map((subject) => ({ subject, addressee: boss, delivery: subject })),
  });
  const reason = "Can't send mail - all recipients were rejected: 550 5.1.1 no such user here";
  await reports.recordMail(1, { kind: 'given-up', at: SAMPLE_NOW - 86_400_000, attempts: 4, reason });
  await reports.recordMail(2, {
    kind: 'waiting',
    nextAt: SAMPLE_NOW + 60_000,
    attempts: 3,
    refusals: 0,
    reason: 'Connection timeout',
  });
}

describeWith(['chromium'], 'the administration in a browser', () => {
  let browser: Browser;
  let http: TestHttpServer;
  let store: MemoryStore;
  beforeAll(async () => {
    store = await sampleStore();
    await addReports(store);
    http = await startTestHttpServer(store, { reporting: reportingOver(store) });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await http.server.stop();
  });

  const PATHS = ['', '/service-points/kallio-clinic', '/terminals/kallio-1', '/new-exclusion', '/log', '/questions'];
  it.each(PATHS.flatMap((path) => ['fi', 'sv', 'en'].map((language) => [path, language] as const)))(
    'is accessible at /admin%s in %s',
    async (path, language) => {
      const name = `admin${path.replaceAll('/', '-')}-${language}`;
      await expectAccessible(browser, `${http.address.url}/admin${path}?lang=${language}`, name);
    },
  );

  it.each([
    ['/admin/report-recipients', 'fi'],
    ['/admin/report-recipients/1', 'fi'],
    ['/admin/new-report-recipient', 'sv'],
    ['/reports/weekly/2026-W46?service-point=itakeskus-centre', 'sv'],
    ['/reports/weekly/2026-W46/send?service-point=itakeskus-centre', 'en'],
  ])('is accessible where reports go out: %s in %s', async (path, language) => {
    const url = `${http.address.url}${path}${path.includes('?') ? '&' : '?'}lang=${language}`;
    await expectAccessible(browser, url, `reports${path.replaceAll(/[/?=]/g, '-')}-${language}`);
  });

  it('is accessible where a form says what is wrong', async () => {
    const url = `${http.address.url}/admin/service-points/kallio-clinic?lang=sv`;
    await expectAccessible(browser, url, 'admin-refused', async (page) => {
      await page.locator('#point [name="openingHours.mon"]').fill('16:00-08:00');
      await page.locator('#point button[type="submit"]').click();
      await page.getByRole('alert').waitFor();
    });
  });

  it('moves a terminal by keyboard alone, without JavaScript', async () => {
    await withPage(
      browser,
      `${http.address.url}/admin/terminals/kallio-1?lang=en`,
      { javaScriptEnabled: false },
      async (page) => {
        await page.locator('#move-servicePoint').focus();
        await page.keyboard.type('Malmi office');
        await page.locator('#move-by').focus();
        await page.keyboard.type('Aino');
        await page.keyboard.press('Enter');
        await page.getByRole('status').getByText('Saved.').waitFor();
      },
    );
    expect((await store.terminal('kallio-1', SAMPLE_NOW + 1))?.assignment?.servicePoint).toBe('malmi-office');
  });
});
