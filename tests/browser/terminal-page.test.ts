import { type MemoryStore, registryFileSchema } from '@hymio/gateway';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectAccessible, launchBrowser, SCREENS, withPage } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { SAMPLE_NOW, sampleEpoch, sampleStatus, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

const HOUR = 3_600_000;

describeWith(['chromium'], 'the page of a terminal', () => {
  let store: MemoryStore;
  let http: TestHttpServer;
  let browser: Browser;

  beforeAll(async () => {
    store = await sampleStore();
    await troubledTerminal(store);
    http = await startTestHttpServer(store);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await http?.server.stop();
  });

  it.each([
    ['terminal-faulty-fi', '/terminals/kallio-3?lang=fi'],
    ['terminal-offline-sv', '/terminals/library-1?lang=sv'],
    ['terminal-working-en', '/terminals/kallio-1?lang=en'],
    ['terminal-never-en', '/terminals/never-1?lang=en'],
    ['terminals-fi', '/terminals?lang=fi'],
    ['group-en', '/groups/health?lang=en&search=kallio'],
    ['group-sv', '/groups/city?lang=sv&state=attention'],
  ])('axe finds nothing on %s, and nothing is wider than the screen', async (name, path) => {
    await expectAccessible(browser, `${http.address.url}${path}`, name);
  });

  it('says without JavaScript what is wrong, what to do, and how the last days were', async () => {
    const options = { viewport: SCREENS.phone, javaScriptEnabled: false };
    await withPage(browser, `${http.address.url}/terminals/kallio-3?lang=en`, options, async (page) => {
      const state = (await page.textContent('#state')) ?? '';
      expect(state).toContain('Faulty');
      expect(state).toContain('The panel’s cable has come off');
      expect(state).toContain('plug it in again firmly');
      expect(state).toContain('blinking-lights');
      const days = page.locator('#timeline tbody tr');
      expect(await days.count()).toBe(14);
      expect(await days.first().textContent()).toContain('fault, no answers taken');
      const facts = (await page.textContent('#facts')) ?? '';
      for (const told of ['61 °C', 'slowed down', '3 GB', '212 MB', '0.1.0', 'v7']) expect(facts).toContain(told);
      await page.getByRole('link', { name: 'Kallio health station' }).first().click();
      expect(await page.textContent('h1')).toBe('Kallio health station');
    });
  });

  it('follows the terminal while it is looked at', async () => {
    const url = `${http.address.url}/terminals/kallio-1?lang=en`;
    await withPage(browser, url, { viewport: SCREENS.desktop }, async (page) => {
      await page.getByText('Updates by itself').waitFor();
      expect(await page.textContent('#state')).toContain('Working');
      const receivedAt = SAMPLE_NOW - 1;
      await store.commit([
        { kind: 'availability', terminal: 'kallio-1', receivedAt, retained: false, availability: 'offline' },
      ]);
      http.events.publish({ kind: 'terminal', terminal: 'kallio-1' });
      await page.locator('#state').getByText('Offline').waitFor({ timeout: 5_000 });
    });
  });

  it('is found by keyboard through filter and list', async () => {
    const url = `${http.address.url}/terminals?lang=en`;
    await withPage(browser, url, { viewport: SCREENS.phone }, async (page) => {
      await page.getByLabel('Name or id').focus();
      await page.keyboard.type('malmi');
      await page.keyboard.press('Enter');
      await page.getByText('1 terminal', { exact: true }).waitFor();
      expect(page.url()).toContain('search=malmi');
      await page.getByRole('link', { name: /malmi-1/ }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'malmi-1' }).waitFor();
    });
  });

  it('does not exist for a terminal or group that does not', async () => {
    for (const path of ['/terminals/nobody', '/groups/nobody', '/service-points/nobody']) {
      const answer = await http.get(`${path}?lang=sv`, { accept: 'text/html' });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('Sidan finns inte');
    }
  });
});

/** kallio-3 has a past: days of work, a panel that came off an hour ago, a fault that nobody knows. */
async function troubledTerminal(store: MemoryStore): Promise<void> {
  const now = SAMPLE_NOW;
  const assignment = { servicePoint: 'kallio-clinic', question: 'visit', from: '2026-11-10T00:00:00Z' };
  await store.importRegistry(
    registryFileSchema.parse({
      terminals: [{ id: 'kallio-3' }],
      assignments: [{ terminal: 'kallio-3', ...assignment }],
    }),
  );
  const status = (at: number, uptimeMs: number, more: object) => ({
    kind: 'status' as const,
    terminal: 'kallio-3',
    receivedAt: at,
    retained: false,
    message: sampleStatus(sampleEpoch(80), at, uptimeMs, more),
  });
  const faults = [
    { code: 'panel-unplugged', since: now - HOUR, detail: '/dev/ttyUSB0 <gone>' },
    { code: 'blinking-lights', since: now - HOUR },
  ];
  const hardware = {
    model: 'Raspberry Pi Zero 2 W',
    cpuTemperatureCelsius: 61.2,
    throttled: true,
    freeDiskBytes: 3_100_000_000,
    freeMemoryBytes: 212_000_000,
  };
  const up = 12 * 24 * HOUR;
  const more = { faults, hardware, configVersion: 'v7', pending: 3, oldestPendingAt: now - 2 * HOUR };
  await store.commit([
    status(now - HOUR, up + 20_000, {}),
    status(now - HOUR + 1_000, up + 21_000, more),
    status(now - 10_000, up + HOUR, more),
  ]);
}
