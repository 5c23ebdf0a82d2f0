import { openSqliteStore, type RegistryFile, registryFileSchema, weekOf } from '@hymio/gateway';
import type { Browser, Page } from 'playwright-core';
import readWorkbook from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { forgottenTexts, HostileTerminal } from '../support/hostile-terminal.js';
import { BROKEN_OUT, freeTexts, hostileText, hostileTextsOf } from '../support/hostile-text.js';
import { MailReceiver } from '../support/mail-receiver.js';
import { launchBrowser } from '../support/page-browser.js';
import { PDF_PROGRAMS, readPdf } from '../support/pdf-reader.js';
import { describeWith } from '../support/requirements.js';
import { commitPresses } from '../support/sample-store.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';
import { FormVisitor } from './form-visitor.js';

const DAY_MS = 86_400_000;
const NOW = Date.now();
const TERMINAL = 'kallio-1';
/** Forms that keep texts: with these the markup was taken. Others may refuse all of it, and show it again. */
const KEEPING = [
  ...['/alerts/:', '/admin/new-group', '/admin/new-service-point', '/admin/new-terminal', '/admin/new-question'],
  ...['/admin/groups/:', '/admin/service-points/:', '/admin/terminals/:', '/admin/questions/:', '/admin/new-exclusion'],
  ...['/admin/service-points/:/new-note', '/admin/terminals/:/replace', '/admin/terminals/:/retire'],
];
const inAllLanguages = (from: string) => ({ fi: hostileText(from), sv: hostileText(from), en: hostileText(from) });

const REGISTRY: z.input<typeof registryFileSchema> = {
  groups: [
    {
      ...{ id: 'city', name: inAllLanguages('group') },
      exceptions: [{ date: '2026-12-06', open: [], name: inAllLanguages('day') }],
    },
    { id: 'health', parent: 'city', name: inAllLanguages('below') },
  ],
  servicePoints: [
    {
      ...{ id: 'kallio', group: 'health', name: inAllLanguages('place') },
      exceptions: [{ date: '2026-12-06', open: [], name: inAllLanguages('holiday') }],
    },
  ],
  questions: [{ id: 'visit', text: inAllLanguages('question') }],
  terminals: [{ id: TERMINAL, name: hostileText('terminal') }],
  assignments: [{ terminal: TERMINAL, servicePoint: 'kallio', question: 'visit', from: '2026-01-01T00:00:00Z' }],
};

describeWith(['chromium', ...PDF_PROGRAMS], 'markup in every text that anybody may write', () => {
  const bench = new TestBench('stored-markup');
  let gateway: GatewayProgram;
  let smtp: MailReceiver;
  let terminal: HostileTerminal;
  let browser: Browser;
  let page: Page;
  let visitor: FormVisitor;
  /** What a browser did that it should not: scripts that ran, files that were asked for, things the policy stopped. */
  const alarms: string[] = [];
  const get = (path: string) => fetch(`${gateway.http}${path}`, { headers: { 'accept-language': 'fi' } });

  beforeAll(async () => {
    await fillStore(bench.path('markup-data'));
    smtp = await MailReceiver.start();
    const config = writeGatewayConfig(bench, 'markup', {
      more: {
        mail: { smtp: { host: '127.0.0.1', port: smtp.port }, from: 'hymio@example.org' },
        log: { level: 'debug', access: true },
      },
    });
    gateway = await GatewayProgram.start(bench, config);
    terminal = await HostileTerminal.start(`mqtt://127.0.0.1:${gateway.mqttPort}`, TERMINAL);
    browser = await launchBrowser();
    page = await (await browser.newContext({ locale: 'fi' })).newPage();
    await watch(page, alarms);
    visitor = new FormVisitor(page, gateway.http);
  });
  afterAll(async () => {
    await browser.close();
    await terminal.stop();
    await smtp.stop();
    await bench.clear();
  });

  it('is tried in every field of the wire format and of registry files', () => {
    expect(forgottenTexts()).toEqual([]);
    const here = new Set(hostileTextsOf(REGISTRY));
    const schema = z.toJSONSchema(registryFileSchema, { io: 'input', unrepresentable: 'any' });
    expect(freeTexts(schema as Parameters<typeof freeTexts>[0]).filter((path) => !here.has(path))).toEqual([]);
  });

  it('is shown as text by every form that got it, right or wrong', async () => {
    const results = await visitor.sendAll();
    expect({ alarms, brokenOut: visitor.brokenOut }).toEqual({ alarms: [], brokenOut: [] });
    expect(results.filter(({ status }) => status >= 500)).toEqual([]);
    const keeping = results.filter(({ accepted }) => accepted).map(({ action }) => action);
    expect(keeping).toEqual(expect.arrayContaining(KEEPING));
  });

  it('is shown as text by every page', async () => {
    await visitor.visitAll();
    expect({ alarms, brokenOut: visitor.brokenOut }).toEqual({ alarms: [], brokenOut: [] });
    expect(visitor.visited.length).toBeGreaterThan(25);
    // Whoever looks would have seen it.
    await page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(hostileText('seen'))})`);
    await visitor.look();
    expect(visitor.brokenOut).toHaveLength(1);
    await until(
      'the alarm',
      async () => alarms,
      (all) => all.some((one) => one.startsWith('stopped by the policy')),
    );
  });

  it('is text in mails, files and answers to programs', async () => {
    const week = weekOf(NOW - 7 * DAY_MS, 'Europe/Helsinki').id;
    for (const subject of ['', '?group=health', '?service-point=kallio']) {
      const csv = await (await get(`/reports/weekly/${week}/csv${subject}`)).text();
      expect(csv).toContain("'=");
      expectNoFormula(csv);
      const html = await (await get(`/reports/weekly/${week}/html${subject}`)).text();
      expect(html).toContain('hymio-attack');
      expect(html).not.toMatch(BROKEN_OUT);
    }
    expectNoFormula(await (await get('/api/v1/presses?format=csv')).text());
    const sheets = await readWorkbook(
      Buffer.from(await (await get(`/reports/weekly/${week}/xlsx?service-point=kallio`)).arrayBuffer()),
    );
    // As a text, which a formula would not be.
    expect(JSON.stringify(sheets)).toMatch(/"=\w+\+#/);
    const pdf = readPdf(
      new Uint8Array(await (await get(`/reports/weekly/${week}/pdf?service-point=kallio`)).arrayBuffer()),
    );
    expect(pdf.text.replaceAll(/\s/g, '')).toContain('<imgclass=hymio-attacksrc=xonerror=hymioAttack()>*');
    for (const path of [
      'terminals',
      `terminals/${TERMINAL}`,
      'service-points',
      'alerts?state=all',
      'audit',
      'exclusions',
    ]) {
      const answer = await get(`/api/v1/${path}`);
      expect({ path, type: answer.headers.get('content-type') }).toEqual({ path, type: expect.stringMatching(/json/) });
    }
    // A report and a trial of an alert.
    await smtp.count(2);
    for (const { html, subject = '', headerLines } of smtp.mails) {
      expect(String(html)).not.toMatch(BROKEN_OUT);
      expect(subject).not.toMatch(/[\r\n]/);
      expect(headerLines.map(({ key }) => key)).not.toContain('x-injected');
    }
    // One object a line: nobody writes lines of their own into it.
    const wrong = gateway.child.lines.filter((line) => line.startsWith('{') && !isJson(line));
    expect(wrong).toEqual([]);
  });
});

/** A place with two weeks of presses, an alert, and a name that is markup wherever one may be written. */
async function fillStore(folder: string): Promise<void> {
  const store = await openSqliteStore({ folder, reads: 'in-thread' });
  const registry: RegistryFile = registryFileSchema.parse(REGISTRY);
  await store.importRegistry(registry, { who: hostileText('who'), at: NOW });
  const presses = Array.from({ length: 60 }, (_, turn) => ({
    at: NOW - 14 * DAY_MS + turn * 5 * 3_600_000,
    rating: (turn % 4) as 0 | 1 | 2 | 3,
    clock: 'synced' as const,
  }));
  await commitPresses(store, TERMINAL, '00000000-0000-4000-8000-000000000001', presses, { receivedAt: NOW });
  await store.alerts.record({
    alert: {
      id: 1,
      rule: {
        ...{ scope: { kind: 'organisation' }, name: 'unhappy-now', enabled: true, tellWhenOver: false },
        condition: { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 900_000 },
      },
      subject: { kind: 'service-point', servicePoint: 'kallio' },
      numbers: { kind: 'presses', ratings: [4, 0, 0, 0], from: NOW - 900_000, to: NOW },
      ...{ openedAt: NOW, state: { kind: 'open' }, reopened: 0, settled: false },
    },
    entry: { at: NOW, kind: 'opened' },
    notices: [],
  });
  await store.close();
}

/** Hears of everything that markup could bring about. */
async function watch(page: Page, alarms: string[]): Promise<void> {
  await page.exposeFunction('hymioAttack', () => void alarms.push(`a script ran on ${page.url()}`));
  await page.exposeFunction('hymioViolation', (what: string) => void alarms.push(`stopped by the policy: ${what}`));
  await page.addInitScript(`
    window.alert = window.confirm = window.prompt = () => hymioAttack();
    addEventListener('securitypolicyviolation', (event) =>
      hymioViolation(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));`);
  page.on('dialog', (dialog) => {
    alarms.push(`a dialog on ${page.url()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (/\/x$/.test(new URL(request.url()).pathname)) alarms.push(`an image of ours was asked for on ${page.url()}`);
  });
  page.on('pageerror', (error) => void alarms.push(`an error on ${page.url()}: ${error.message}`));
}

/** No cell begins as a formula does; numbers may have a sign. */
function expectNoFormula(csv: string): void {
  const formulas = [...csv.matchAll(/(?:^|,|\n)"?(?:[=@\t]|[+-](?!\d))[^,\n]*/g)].map(([cell]) => cell);
  expect(formulas).toEqual([]);
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
