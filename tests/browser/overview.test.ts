import type { MemoryStore } from '@hymio/gateway';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, SCREENS } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { commitPresses, SAMPLE_NOW, sampleEpoch, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

const PAGES = {
  overview: '/?lang=fi',
  'not-found': '/nowhere?lang=sv',
} as const;
const REPORT = '/reports/weekly/2026-W47?lang=fi';

describeWith(['chromium'], 'the pages in a browser', () => {
  let store: MemoryStore;
  let http: TestHttpServer;
  let browser: Browser;

  beforeAll(async () => {
    store = await sampleStore();
    http = await startTestHttpServer(store);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await http?.server.stop();
  });

  async function open(context: BrowserContext, path: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${http.address.url}${path}`);
    return page;
  }

  it.each(Object.entries(PAGES))(
    'axe finds nothing on %s, and nothing is wider than the screen',
    async (name, path) => {
      await expectAccessible(browser, `${http.address.url}${path}`, name);
    },
  );

  it('can be read without JavaScript', async () => {
    const context = await browser.newContext({ viewport: SCREENS.phone, javaScriptEnabled: false });
    const page = await open(context, PAGES.overview);
    const text = (await page.textContent('main')) ?? '';
    expect(text).toContain('Kallion terveysasema');
    expect(text).toContain('Ei yhteyttä');
    expect(await page.getByRole('link', { name: 'Päivitä' }).count()).toBe(1);
    await page.goto(`${http.address.url}${REPORT}`);
    expect(await page.textContent('h1')).toContain('viikko 47');
    await page.getByLabel('Raportin kohde').selectOption('service-point.kallio-clinic');
    await page.getByRole('button', { name: 'Näytä' }).click();
    expect(await page.textContent('.lead')).toContain('Kallion terveysasema');
    await page.getByRole('link', { name: 'Edellinen viikko' }).click();
    expect(await page.textContent('h1')).toContain('viikko 46');
    expect(await page.textContent('.lead')).toContain('Kallion terveysasema');
    await context.close();
  });

  it('shows a press a moment after it was committed, without a reload', async () => {
    const context = await browser.newContext({ viewport: SCREENS.desktop });
    const problems: string[] = [];
    const page = await context.newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${http.address.url}/?lang=en`);
    await page.getByText('Updates by itself').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'malmi-1' });
    const before = Number.parseInt((await row.locator('.total').textContent()) ?? '', 10);
    await page.evaluate("document.body.dataset.same = 'page'");

    const epoch = sampleEpoch(70);
    await commitPresses(store, 'malmi-1', epoch, [{ at: SAMPLE_NOW, rating: 3, clock: 'synced' }]);
    const { presses } = await store.presses({ terminal: 'malmi-1', limit: 1_000 });
    for (const press of presses.slice(-1)) http.events.publish({ kind: 'press', press });

    await row
      .getByText(before === 0 ? '1 answer' : `${before + 1} answers`, { exact: true })
      .waitFor({ timeout: 5_000 });
    expect(await page.evaluate('document.body.dataset.same')).toBe('page');
    expect(problems).toEqual([]);
    await context.close();
  });

  it('can be walked through by keyboard, beginning with the way past the header', async () => {
    const context = await browser.newContext({ viewport: SCREENS.desktop });
    const page = await open(context, '/?lang=en');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Refresh');
    await context.close();
  });
});
