import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readReportInput, renderReportPage, weeklyReport } from '@hymio/gateway';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, SCREENS, withPage } from '../support/page-browser.js';
import { REPORT_WEEK, reportSampleStore } from '../support/report-sample.js';
import { describeWith } from '../support/requirements.js';
import { SAMPLE_NOW, SAMPLE_ZONE } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

const PAGES = {
  report: `/reports/weekly/${REPORT_WEEK}?lang=fi`,
  'report-sv': `/reports/weekly/${REPORT_WEEK}?lang=sv&service-point=point-0`,
  'report-empty': '/reports/weekly/2024-W30?lang=en',
} as const;

describeWith(['chromium'], 'the weekly report in a browser', () => {
  let store: Awaited<ReturnType<typeof reportSampleStore>>;
  let http: TestHttpServer;
  let browser: Browser;
  let folder = '';

  beforeAll(async () => {
    store = await reportSampleStore();
    http = await startTestHttpServer(store);
    browser = await launchBrowser();
    folder = await mkdtemp(join(tmpdir(), 'hymio-report-'));
  });

  afterAll(async () => {
    await browser?.close();
    await http?.server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const shown = (page: Page, selector: string) =>
    page.locator(selector).evaluateAll((all) => all.length > 0 && all.every((one) => one.checkVisibility()));

  it.each(Object.entries(PAGES))(
    'axe finds nothing on %s, and nothing is wider than the screen',
    async (name, path) => {
      await expectAccessible(browser, `${http.address.url}${path}`, name);
    },
  );

  it('shows charts that say what they show, their numbers in a table, and a heat map that the keyboard scrolls', async () => {
    const problems: string[] = [];
    await withPage(browser, `${http.address.url}${PAGES.report}`, { viewport: SCREENS.phone }, async (page) => {
      page.on('console', (message) => problems.push(message.text()));
      await page.reload();
      const trend = page.getByRole('img', { name: /^Tyytyväisten osuus viikosta 35 viikkoon 46: .*76 %/ });
      expect(await trend.locator('svg circle, svg path').count()).toBeGreaterThan(12);
      const table = page.getByRole('table', { name: /^Tyytyväisten osuus viikoittain/ });
      expect(await table.isVisible()).toBe(false);
      await page.getByText('Luvut taulukkona').click();
      expect(await table.getByRole('row').count()).toBe(13);
      const map = page.getByRole('region', { name: /viikonpäivittäin ja tunneittain/ });
      await map.focus();
      expect(await map.evaluate((one) => one.scrollLeft)).toBe(0);
      await page.keyboard.press('ArrowRight');
      // Passes as soon as it has moved; a page that does not scroll keeps it waiting until it fails.
      await page.waitForFunction((one) => one !== null && one.scrollLeft > 0, await map.elementHandle());
    });
    // The content security policy found nothing to refuse.
    expect(problems).toEqual([]);
  });

  it('is a file that needs nothing beside it, and printed has every number and no way to elsewhere', async () => {
    const input = await readReportInput(store, { week: REPORT_WEEK }, { zone: SAMPLE_ZONE, now: SAMPLE_NOW });
    const file = join(folder, 'report.html');
    await writeFile(file, await renderReportPage(weeklyReport(input), input, 'sv'));
    const asked: string[] = [];
    await withPage(browser, pathToFileURL(file).href, { viewport: SCREENS.desktop }, async (page) => {
      page.on('request', (request) => asked.push(request.url()));
      await page.reload();
      expect(await page.title()).toBe('Veckorapport, vecka 46, 2026, Hela organisationen · Hymiö');
      expect(await page.locator('a:not([href^="#"])').count()).toBe(0);
      expect(await shown(page, 'details table')).toBe(false);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await shown(page, 'details table')).toBe(true);
      expect(await page.locator('.definition-link:visible, summary:visible').count()).toBe(0);
      expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(0, 0, 0)');
    });
    expect(asked).toEqual([pathToFileURL(file).href]);
    await withPage(browser, `${http.address.url}${PAGES.report}`, {}, async (page) => {
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.site:visible, .report-navigation:visible').count()).toBe(0);
    });
  });
});
