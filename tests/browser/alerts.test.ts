import { type AlertRule, openSqliteStore } from '@hymio/gateway';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { expectAccessible, launchBrowser, SCREENS, withPage } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const BY = { who: 'Aino', at: 0 };

const OFFLINE_AT_ONCE: AlertRule = {
  scope: { kind: 'organisation' },
  name: 'terminal-offline',
  condition: { kind: 'terminal-state', states: ['offline'], forMs: 0 },
  enabled: true,
  tellWhenOver: true,
};

const LOOKED_AT = [
  ['alerts', '/alerts?state=all&'],
  ['alert', '/alerts/1?'],
  ['alert-terminal', '/alerts/2?'],
  ['rules', '/admin/alert-rules?'],
  ['rule', '/admin/alert-rules?scope=service-point/kallio&rule=unhappy-now&'],
  ['rule-terminal', '/admin/alert-rules?scope=group/city&rule=terminal-fault&'],
] as const;

/** A whole gateway and real firmware, seen in a browser. The tests tell one story, in order. */
describeWith(['chromium'], 'alerts in a browser', () => {
  let bench: TestBench;
  let gateway: GatewayProgram;
  let terminal: TerminalProgram;
  let browser: Browser;

  beforeAll(async () => {
    bench = new TestBench('alerts-browser');
    // Nobody listens there: what is told cannot arrive.
    const smtp = { host: '127.0.0.1', port: await freePort() };
    const config = writeGatewayConfig(bench, 'gateway', { more: { mail: { smtp, from: 'hymio@example.org' } } });
    const store = await openSqliteStore({ folder: bench.path('gateway-data'), reads: 'in-thread' });
    await store.importRegistry({
      groups: [{ id: 'city', name: { fi: 'Kaupunki', sv: 'Staden', en: 'City' } }],
      servicePoints: [
        {
          id: 'kallio',
          group: 'city',
          name: { fi: 'Kallion terveysasema', sv: 'Berghälls hälsostation', en: 'Kallio health station' },
          repeatWindowMs: 0,
        },
      ],
      questions: [],
      terminals: [{ id: 'kallio-1', name: 'Aula <b>' }],
      assignments: [{ terminal: 'kallio-1', servicePoint: 'kallio', from: '2020-01-01T00:00:00Z' }],
    });
    await store.alerts.saveRule(OFFLINE_AT_ONCE, BY);
    await store.alerts.saveRecipients(
      { kind: 'organisation' },
      [{ kind: 'email', address: 'anna.pitkasukunimi@terveyspalvelut.example.org', language: 'fi' }],
      BY,
    );
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

  const address = (path: string) => `${gateway.http}${path}`;

  it('show one that opens while they are looked at, in the list and in the navigation', async () => {
    await withPage(browser, address('/alerts?lang=en'), { viewport: SCREENS.desktop }, async (page) => {
      const problems: string[] = [];
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      await page.getByText('Updates by itself').waitFor();
      expect(await page.textContent('#alerts')).toContain('no alert is open');
      terminal.push(0, 0, 1, 0);
      await page.getByRole('link', { name: 'Unhappy answers: Kallio health station' }).waitFor();
      expect(await page.textContent('#alerts')).toContain('4 of 4 answers in the last 15 minutes were unhappy');
      await page.locator('#open-alerts', { hasText: '1 open' }).waitFor();
      expect(problems).toEqual([]);
    });
  });

  it('are acknowledged by keyboard, with the name that is remembered', async () => {
    await withPage(browser, address('/alerts/1?lang=en'), { viewport: SCREENS.desktop }, async (page) => {
      await page.getByLabel('Your name').focus();
      await page.keyboard.press('Tab');
      await page.keyboard.type('Tulen käymään <script>');
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.textContent')).toBe('Acknowledge');
      await page.keyboard.press('Enter');
      await page.getByText('Nothing was saved').waitFor();
      // What was typed is there still.
      expect(await page.getByLabel('Comment, or why').inputValue()).toBe('Tulen käymään <script>');
      await page.getByLabel('Your name').fill('Aino');
      await page.getByRole('button', { name: 'Acknowledge' }).press('Enter');
      await page.getByText('Acknowledged.').waitFor();
      expect(await page.textContent('#standing')).toContain('Aino');
      expect(await page.textContent('#history')).toContain('Tulen käymään <script>');
      expect(await page.getByLabel('Your name').inputValue()).toBe('Aino');
      expect(await page.getByRole('button', { name: 'Acknowledge' }).count()).toBe(0);
    });
  });

  it('open where a terminal is stopped', async () => {
    await withPage(browser, address('/alerts?lang=sv'), { viewport: SCREENS.phone }, async (page) => {
      await page.locator('#live.on').waitFor();
      await terminal.stop();
      await page.getByRole('link', { name: 'En terminal behöver ses över: Aula <b>' }).waitFor();
      await page.locator('#open-alerts', { hasText: '1 öppet' }).waitFor();
    });
  });

  it('show what does not arrive, and why', async () => {
    await until(
      'a failed notice',
      () => gateway.fetch('/alerts?lang=en').then((answer) => answer.text()),
      (html) => html.includes('ECONNREFUSED'),
    );
  });

  it.each(LOOKED_AT.flatMap(([name, path]) => ['fi', 'sv', 'en'].map((language) => [name, language, path] as const)))(
    'have nothing that axe finds: %s in %s',
    async (name, language, path) => {
      await expectAccessible(browser, address(`${path}lang=${language}`), `${name}-${language}`);
    },
  );

  it('are closed and found again without JavaScript', async () => {
    const options = { viewport: SCREENS.phone, javaScriptEnabled: false };
    await withPage(browser, address('/alerts?lang=fi'), options, async (page) => {
      await page.getByRole('link', { name: 'Tyytymättömiä vastauksia: Kallion terveysasema' }).click();
      await page.getByLabel('Nimesi').fill('Eero');
      await page.getByLabel('Kommentti tai').fill('Koululuokka kävi');
      await page.getByRole('button', { name: 'Sulje' }).click();
      expect(await page.textContent('.done')).toContain('Suljettu');
      expect(await page.textContent('#standing')).toContain('Sulkija Eero');
      await page.getByRole('link', { name: 'Kaikki hälytykset' }).click();
      expect(await page.textContent('#alerts')).not.toContain('Tyytymättömiä');
      await page.getByLabel('Tila').selectOption('closed');
      await page.getByRole('button', { name: 'Näytä' }).click();
      expect(await page.textContent('#alerts')).toContain('Tyytymättömiä vastauksia');
    });
    const closed = await gateway.fetch('/alerts/1?lang=en');
    expect(await closed.text()).toContain('Koululuokka kävi');
    expect((await gateway.fetch('/alerts/77')).status).toBe(404);
  });

  it('have rules that are set nearer by and taken away again, without JavaScript', async () => {
    const options = { viewport: SCREENS.phone, javaScriptEnabled: false };
    await withPage(browser, address('/admin/alert-rules?lang=en'), options, async (page) => {
      const row = (name: string) => page.getByRole('row').filter({ hasText: name });
      expect(await row('Terminal offline').textContent()).toContain('Here');
      expect(await row('Unhappy answers now').textContent()).toContain('As delivered');
      await page.getByLabel('Rules that hold for').selectOption({ label: 'Kallio health station' });
      await page.getByRole('button', { name: 'Show' }).click();
      expect(await row('Terminal offline').textContent()).toContain('Whole organisation');
      await page.getByRole('link', { name: 'Change Unhappy answers now' }).click();
      await page.locator('#rule-form [name="by"]').fill('Bea');
      await page.getByLabel('Of at least so many').fill('none');
      await page.getByLabel('Time window').fill('8 d');
      await page.getByLabel('Quiet hours from').fill('20:00');
      await page.getByLabel('This rule has recipients').check();
      await page.getByLabel('Recipients of this rule').fill('bea@example.org sv\nwebhook nowhere\nwhat');
      await page.getByRole('button', { name: 'Save' }).first().click();
      const wrong = (await page.textContent('.errors')) ?? '';
      expect(wrong).toContain('Write a number from 1 to');
      expect(wrong).toContain('from one minute to seven days');
      expect(wrong).toContain('Fill in both times');
      expect(wrong).toContain('No webhook nowhere');
      expect(wrong).toContain('“what” is neither');
      expect(await page.getByLabel('Time window').inputValue()).toBe('8 d');
      await page.getByLabel('Of at least so many').fill('8');
      await page.getByLabel('Time window').fill('30 min');
      await page.getByLabel('Quiet hours to').fill('07:00');
      await page.getByLabel('Recipients of this rule').fill('bea@example.org sv');
      await page.getByRole('button', { name: 'Save' }).first().click();
      expect(await page.textContent('.done')).toContain('saved');
      expect(await row('Unhappy answers now').textContent()).toContain(
        'at least 50% unhappy of at least 8 answers in 30 minutes',
      );
      expect(await row('Unhappy answers now').textContent()).toContain('Here');
      await page.getByRole('link', { name: 'Change Unhappy answers now' }).click();
      expect(await page.getByLabel('Quiet hours from').inputValue()).toBe('20:00');
      await page.getByRole('button', { name: 'Remove what is set here' }).click();
      expect(await row('Unhappy answers now').textContent()).toContain('As delivered');
    });
  });

  it('have recipients, and a test that shows what does not arrive', async () => {
    await withPage(browser, address('/admin/alert-rules?scope=group/city&lang=en'), {}, async (page) => {
      expect(await page.textContent('main')).toContain('anna.pitkasukunimi@terveyspalvelut.example.org fi');
      await page.getByLabel('Who is told: City').fill('carl@example.org en');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('link', { name: 'Fill in this field.' }).click();
      await page.keyboard.type('Bea');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The recipients were saved.').waitFor();
      expect(await page.getByLabel('Who is told: City').inputValue()).toBe('carl@example.org en');
      await page.getByLabel('Recipient of the test').fill('carl@example.org');
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.getByText('is neither an address with a language').first().waitFor();
      await page.getByLabel('Recipient of the test').fill('carl@example.org en');
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.getByText('The test is on its way').waitFor();
    });
    expect((await gateway.fetch('/admin/alert-rules?scope=group/atlantis')).status).toBe(404);
  });

  it('can have a rule of one’s own', async () => {
    await withPage(browser, address('/admin/alert-rules?lang=fi'), {}, async (page) => {
      await page.getByLabel('Uusi sääntö').selectOption('presses-above');
      await page.getByRole('button', { name: 'Täytä uusi sääntö' }).click();
      await page.locator('#rule-form [name="by"]').fill('Bea');
      await page.getByLabel('Säännön nimi').fill('Ruuhka!');
      await page.getByRole('button', { name: 'Tallenna' }).first().click();
      await page.getByText('Käytä pieniä kirjaimia').first().waitFor();
      await page.getByLabel('Säännön nimi').fill('ruuhka');
      await page.getByRole('button', { name: 'Tallenna' }).first().click();
      await page.getByText('Sääntö tallennettiin.').waitFor();
      expect(await page.getByRole('row').filter({ hasText: 'ruuhka' }).textContent()).toContain('vähintään 100');
    });
  });
});
