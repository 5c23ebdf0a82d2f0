import type { MemoryStore } from '@hymio/gateway';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, SCREENS, withPage } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { commitPresses, SAMPLE_NOW, sampleEpoch, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

describeWith(['chromium'], 'the page of a service point', () => {
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

  it.each([
    ['service-point-fi', '/service-points/kallio-clinic?lang=fi'],
    ['service-point-sv', '/service-points/itakeskus-centre?lang=sv'],
    ['service-point-en', '/service-points/quiet-library?lang=en'],
  ])('axe finds nothing on %s, and nothing is wider than the screen', async (name, path) => {
    await expectAccessible(browser, `${http.address.url}${path}`, name);
  });

  it('tells without JavaScript what was said, hour by hour and day by day, as the overview does', async () => {
    const options = { viewport: SCREENS.phone, javaScriptEnabled: false };
    await withPage(browser, `${http.address.url}/service-points/kallio-clinic?lang=en`, options, async (page) => {
      const text = (await page.textContent('main')) ?? '';
      for (const told of ['How was your visit?', 'Open today 08:00–16:00', 'Aula', 'kallio-1', 'kallio-2']) {
        expect(text).toContain(told);
      }
      const hours = page.locator('#hours tbody tr');
      const names = await hours.locator('th').allTextContents();
      expect(names[0]).toBe('08:00');
      expect(names.at(-1)).toBe('14:00');
      const counts = (await hours.locator('.percent').allTextContents()).map(Number);
      const today = (await page.textContent('#today .figure')) ?? '';
      expect(today).toBe(`${counts.reduce((sum, n) => sum + n, 0)} answers today`);
      expect(await page.locator('#days tbody tr').count()).toBe(7);
      await page.getByRole('link', { name: 'Weekly report of this service point' }).click();
      expect(await page.textContent('.lead')).toContain('Kallio health station');
    });
  });

  it('shows a press a moment after it was committed', async () => {
    const url = `${http.address.url}/service-points/malmi-office?lang=en`;
    await withPage(browser, url, { viewport: SCREENS.desktop }, async (page) => {
      await page.getByText('Updates by itself').waitFor();
      await commitPresses(store, 'malmi-1', sampleEpoch(71), [{ at: SAMPLE_NOW, rating: 0, clock: 'synced' }]);
      const { presses } = await store.presses({ terminal: 'malmi-1', limit: 1_000 });
      for (const press of presses.slice(-1)) http.events.publish({ kind: 'press', press });
      await page.locator('#today').getByText('2 answers today').waitFor({ timeout: 5_000 });
      await page.locator('#hours tr').filter({ hasText: '14:00' }).locator('.percent').getByText('1').waitFor();
    });
  });
});
