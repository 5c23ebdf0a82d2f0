import { openSqliteStore } from '@hymio/gateway';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { onThisMachine } from '../support/on-this-machine.js';
import { launchBrowser, SCREENS, withPage } from '../support/page-browser.js';
import { PATIENCE_MS } from '../support/patience.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { TestBench } from '../support/test-bench.js';

const VISIBLE_WITHIN_MS = 1_000;
/** One press may meet a busy computer; most must not. */
const PRESSES = 5;

/** Real firmware, a real gateway and a browser. The tests tell one story, in order. */
describeWith(['chromium'], 'from the button to the page', () => {
  let bench: TestBench;
  let gateway: GatewayProgram;
  let terminal: TerminalProgram;
  let browser: Browser;
  let pressed = 0;

  beforeAll(async () => {
    bench = new TestBench('button-to-page');
    const config = writeGatewayConfig(bench, 'gateway');
    const store = await openSqliteStore({ folder: bench.path('gateway-data'), reads: 'in-thread' });
    const name = { fi: 'Kallion terveysasema', sv: 'Berghälls hälsostation', en: 'Kallio health station' };
    await store.importRegistry({
      groups: [{ id: 'city', name: { fi: 'Kaupunki', sv: 'Staden', en: 'City' } }],
      servicePoints: [{ id: 'kallio', group: 'city', name, repeatWindowMs: 0 }],
      questions: [],
      terminals: [{ id: 'kallio-1', name: 'Aula' }],
      assignments: [{ terminal: 'kallio-1', servicePoint: 'kallio', from: '2020-01-01T00:00:00Z' }],
    });
    await store.close();
    gateway = await GatewayProgram.start(bench, config);
    terminal = new TerminalProgram(bench, 'kallio-1', writeTerminalConfig(bench, 'kallio-1', gateway.mqttPort));
    await terminal.connected();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await bench?.clear();
  });

  /** Milliseconds from a push of the button until the page shows one answer more. */
  async function delayOf(page: Page, region: string): Promise<number> {
    pressed += 1;
    const text = `${pressed} ${pressed === 1 ? 'answer' : 'answers'} today`;
    const shown = page.locator(region).getByText(text, { exact: true }).waitFor({ timeout: PATIENCE_MS });
    const begin = performance.now();
    terminal.push(3);
    await shown;
    return performance.now() - begin;
  }

  it.each([
    ['the overview', '/', '#summary'],
    ['the group', '/groups/city', '#summary'],
    ['the service point', '/service-points/kallio', '#today'],
  ])('a press is seen on %s within a second', async (_name, path, region) => {
    await withPage(browser, `${gateway.http}${path}?lang=en`, { viewport: SCREENS.phone }, async (page) => {
      await page.getByText('Updates by itself').waitFor();
      const delays: number[] = [];
      for (let press = 0; press < PRESSES; press += 1) delays.push(await delayOf(page, region));
      const median = delays.sort((a, b) => a - b)[Math.floor(PRESSES / 2)];
      expect(median, delays.map(Math.round).join(' ')).toBeLessThan(await onThisMachine(VISIBLE_WITHIN_MS));
    });
  });

  it('a terminal that is stopped is seen to go, with what to do, and to come back', async () => {
    await withPage(browser, `${gateway.http}/terminals/kallio-1?lang=en`, { viewport: SCREENS.phone }, async (page) => {
      await page.getByText('Updates by itself').waitFor();
      await page.locator('#state').getByText('Working').waitFor();
      await terminal.stop();
      await page.locator('#state').getByText('Offline').waitFor();
      expect(await page.textContent('#state')).toContain('Check that the terminal has power');
      terminal = new TerminalProgram(bench, 'kallio-1', bench.path('kallio-1.yaml'));
      await page.locator('#state').getByText('Working').waitFor();
      expect(await page.textContent('#facts')).toContain('Firmware version');
    });
  });
});
