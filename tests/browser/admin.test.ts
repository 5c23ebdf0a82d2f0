import type { MemoryStore } from '@hymio/gateway';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, withPage } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { SAMPLE_NOW, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

describeWith(['chromium'], 'the administration in a browser', () => {
  let browser: Browser;
  let http: TestHttpServer;
  let store: MemoryStore;
  beforeAll(async () => {
    store = await sampleStore();
    http = await startTestHttpServer(store);
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
