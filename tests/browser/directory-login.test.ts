import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { expectAccessible, expectFits, launchBrowser, withPage } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { freePort, TestBench } from '../support/test-bench.js';
import { CLIENT, TestDirectory } from '../support/test-directory.js';

describeWith(['chromium'], 'a login by a directory in a browser', () => {
  const bench = new TestBench('directory-login');
  let directory: TestDirectory;
  let browser: Browser;
  let origin = '';

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    directory = await TestDirectory.start(origin, {
      maija: { preferred_username: 'maija.virtanen', name: 'Maija Virtanen', groups: ['hymio-admin'] },
      vieras: { preferred_username: 'vieras', name: 'Vieras', groups: [] },
    });
    bench.write('oidc-secret', `${CLIENT.clientSecret}\n`);
    const oidc = {
      ...{ issuer: directory.issuer, clientId: CLIENT.clientId, clientSecretFile: 'oidc-secret' },
      ...{
        name: { fi: 'Kaupungin tunnus', sv: 'Stadens konto', en: 'City account' },
        scopes: ['openid', 'profile', 'groups'],
      },
      roles: { claim: 'groups', map: { 'hymio-admin': { role: 'admin' } } },
    };
    const more = { http: { listen: `127.0.0.1:${port}`, publicUrl: origin }, people: { oidc } };
    const config = writeGatewayConfig(bench, 'gateway', { more });
    [browser] = await Promise.all([launchBrowser(), GatewayProgram.start(bench, config)]);
  });
  afterAll(async () => {
    await browser?.close();
    await directory?.stop();
    await bench.clear();
  });

  async function signIn(page: Page, name: string): Promise<void> {
    await page.getByRole('link', { name: /Kaupungin tunnus/ }).click();
    await page.getByLabel('Tunnus').fill(name);
    await page.getByRole('button', { name: 'Jatka' }).click();
  }

  it('goes to the directory and back, in and out', async () => {
    await withPage(browser, `${origin}/alerts`, { locale: 'fi' }, async (page) => {
      await signIn(page, 'maija');
      await page.waitForURL(`${origin}/alerts`);
      await page.getByRole('link', { name: 'Maija Virtanen' }).click();
      expect(await page.getByText('Kirjaudut organisaatiosi tunnuksella').isVisible()).toBe(true);
      expect(await page.getByLabel('Nykyinen salasana').count()).toBe(0);
      await page.locator('nav.person button').click();
      // By itself, past our own page.
      await page.waitForURL((url) => url.href.startsWith(`${directory.issuer}/session/end`));
      await page.goto(`${origin}/alerts`);
      expect(new URL(page.url()).pathname).toBe('/login');
    });
  });

  it('says whom to ask where one has no rights', async () => {
    await expectAccessible(browser, `${origin}/login?lang=fi`, 'directory-no-role', async (page) => {
      await signIn(page, 'vieras');
      await page.getByRole('heading', { name: 'Sinulla ei ole oikeuksia Hymiöön' }).waitFor();
    });
  });

  it('has a button on the login page that fits', async () => {
    await expectAccessible(browser, `${origin}/login?lang=fi`, 'directory-login-fi');
    await expectFits(browser, `${origin}/login?lang=sv`, 'directory-login-sv');
  });
});
