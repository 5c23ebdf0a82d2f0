import { X509Certificate } from 'node:crypto';
import { enrolTerminal, IdentityFile } from '@hymio/device';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnrolmentRig } from '../support/enrolment-rig.js';
import { expectAccessible, launchBrowser } from '../support/page-browser.js';
import { describeWith } from '../support/requirements.js';
import { SamplePeople } from '../support/sample-people.js';
import { SampleSite } from '../support/sample-site.js';
import { TestBench } from '../support/test-bench.js';

const bench = new TestBench('enrolment-page');
afterAll(() => bench.clear());

/** What a page says, without its markup. */
const textOf = (html: string) => html.replaceAll(/<[^>]*>/g, '');
const user = (name: string, role: 'admin' | 'staff' | 'viewer') => ({ name, displayName: name, role });
const USERS = [
  user('aino', 'admin'),
  user('saara', 'staff'),
  user('ville', 'viewer'),
  { ...user('muualla', 'admin'), groups: ['social'] },
  { ...user('terveys', 'admin'), groups: ['health'] },
];

describe('a terminal’s page of the administration', () => {
  let site: SampleSite;
  let sample: SamplePeople;
  let rig: EnrolmentRig;
  let url = '';
  const headers = new Map<string, Record<string, string>>();

  beforeAll(async () => {
    ({ site, sample } = await SamplePeople.site(USERS, async (store) => {
      rig = await EnrolmentRig.start(store);
      return { enrolment: rig.desk };
    }));
    url = site.http.address.url;
    // Certificates are checked against the machine's clock.
    site.http.setNow(Date.now());
    for (const { name } of USERS) headers.set(name, await sample.headers(name, url));
  });
  afterAll(async () => {
    sample.stop();
    await site.stop();
    await rig.stop();
  });

  async function ask(method: string, path: string, who?: string) {
    const given = { accept: 'text/html', ...(who === undefined ? {} : headers.get(who)) };
    const answer = await fetch(`${url}/admin/terminals/${path}?lang=en`, {
      ...{ method, headers: given, redirect: 'manual' },
      ...(method === 'POST' && { body: new URLSearchParams() }),
    });
    return { answer, status: answer.status, html: await answer.text() };
  }
  const written = async (id: string) =>
    (await site.store.registryLog({ limit: 9, subject: { kind: 'terminal-identity', id } })).map(({ who, what }) => [
      who,
      what,
    ]);
  const gatewayIn = (html: string) => /--gateway (\S+)/.exec(textOf(html))?.[1] ?? '';
  const codeIn = (html: string) => /(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}/.exec(html)?.[0];
  async function makeCode(terminal: string): Promise<{ code: string; gateway: string }> {
    const { html } = await ask('POST', `${terminal}/code`, 'aino');
    return { code: codeIn(html) ?? '', gateway: gatewayIn(html) };
  }
  const enrol = (terminal: string, typed: { code: string; gateway: string }) =>
    enrolTerminal(terminal, new IdentityFile(bench.path(terminal)), typed);

  it('shows a code once, with what to type, and the terminal that types it has a certificate', async () => {
    expect((await ask('GET', 'kallio-1', 'aino')).html).toContain('The terminal has no certificate.');
    const { answer, status, html } = await ask('POST', 'kallio-1/code', 'aino');
    expect([status, answer.headers.get('cache-control'), answer.headers.get('set-cookie') ?? '']).toEqual([
      ...[200, 'no-store'],
      expect.not.stringContaining('code'),
    ]);
    const code = codeIn(html) ?? '';
    expect(textOf(html)).toMatch(
      new RegExp(`hymio-terminal enrol --config terminal.yaml --gateway https://localhost:\\d+ --code ${code}`),
    );
    const before = (await ask('GET', 'kallio-1', 'aino')).html;
    expect(before).toContain('A code has been made and not been used.');
    expect(codeIn(before)).toBeUndefined();
    const until = await enrol('kallio-1', { code, gateway: gatewayIn(html) });
    expect(until).toBeGreaterThan(Date.now());
    const after = (await ask('GET', 'kallio-1', 'aino')).html;
    expect(after).toContain('The certificate is valid until');
    expect(after).toContain('The terminal got it by a code');
    expect(after).not.toContain('A code has been made');
    expect(await written('kallio-1')).toEqual([
      ['terminal kallio-1', 'enrol-terminal'],
      ['aino', 'create-enrolment-code'],
    ]);
    const all = JSON.stringify(await site.store.registryLog({ limit: 50 }));
    expect(all).not.toContain(code);
    expect(all).not.toContain(code.replaceAll('-', '').slice(0, 12));
  });

  it('has a newer code replace an older one, and takes one back', async () => {
    const first = await makeCode('kallio-2');
    const second = await makeCode('kallio-2');
    await expect(enrol('kallio-2', first)).rejects.toMatchObject({ code: 'enrolment-refused' });
    const { answer, status } = await ask('POST', 'kallio-2/withdraw-code', 'aino');
    expect([status, answer.headers.get('location')]).toEqual([303, '/admin/terminals/kallio-2?lang=en']);
    await expect(enrol('kallio-2', second)).rejects.toMatchObject({ code: 'enrolment-refused' });
    const again = await ask('POST', 'kallio-2/withdraw-code', 'aino');
    expect([again.status, again.html]).toEqual([422, expect.stringContaining('There is no unused code any more')]);
    expect(await written('kallio-2')).toEqual([
      ['aino', 'withdraw-enrolment-code'],
      ['aino', 'create-enrolment-code'],
      ['aino', 'create-enrolment-code'],
    ]);
  });

  it('shuts a terminal out after asking once more', async () => {
    await enrol('malmi-1', await makeCode('malmi-1'));
    const held = (await site.store.identity.certificates('malmi-1'))[0];
    expect((await ask('GET', 'malmi-1', 'aino')).html).toContain('/admin/terminals/malmi-1/shut-out');
    const asked = await ask('GET', 'malmi-1/shut-out', 'aino');
    expect([asked.status, asked.html]).toEqual([200, expect.stringMatching(/Shut terminal .* out\?/)]);
    expect(rig.identity.identities.isRevoked(new X509Certificate(held?.pem ?? ''))).toBe(false);
    expect((await ask('POST', 'malmi-1/shut-out', 'aino')).status).toBe(303);
    expect(rig.identity.identities.isRevoked(new X509Certificate(held?.pem ?? ''))).toBe(true);
    expect((await ask('GET', 'malmi-1', 'aino')).html).toContain('the terminal is shut out.');
    expect((await ask('GET', 'malmi-1/shut-out', 'aino')).html).toContain('there is nothing to take from it');
    const again = await ask('POST', 'malmi-1/shut-out', 'aino');
    expect([again.status, again.html]).toEqual([422, expect.stringContaining('neither a certificate nor a code')]);
    expect((await written('malmi-1'))[0]).toEqual(['aino', 'revoke-certificates']);
  });

  it('does nothing for who may not, or for a terminal that is not there', async () => {
    await makeCode('kallio-2');
    const before = await written('kallio-2');
    for (const action of ['code', 'withdraw-code', 'shut-out']) {
      for (const who of ['saara', 'ville', 'muualla']) {
        const { status, html } = await ask('POST', `kallio-2/${action}`, who);
        expect([action, who, [403, 404].includes(status), codeIn(html)]).toEqual([action, who, true, undefined]);
      }
      expect((await ask('POST', `kallio-2/${action}`)).status).toBe(303);
      expect((await ask('POST', `nowhere/${action}`, 'aino')).status).toBe(404);
    }
    expect(await written('kallio-2')).toEqual(before);
    const own = await ask('POST', 'kallio-2/code', 'terveys');
    expect([own.status, codeIn(own.html)]).toEqual([200, expect.any(String)]);
    expect(await written('kallio-2')).toEqual([['terveys', 'create-enrolment-code'], ...before]);
    const typed = { code: codeIn(own.html) ?? '', gateway: gatewayIn(own.html) };
    expect(await enrol('kallio-2', typed)).toBeGreaterThan(Date.now());
  });
});

it.each([
  ['where no address is open for it', { listens: false }, false],
  ['where the configuration says nothing of certificates', undefined, true],
])('makes no code %s, and says how that is changed', async (_title, wanted, nothing) => {
  const rigs: EnrolmentRig[] = [];
  const site = await SampleSite.start(async (store) => {
    if (wanted === undefined) return {};
    const rig = await EnrolmentRig.start(store, wanted);
    rigs.push(rig);
    return { enrolment: rig.desk };
  });
  const path = `${site.http.address.url}/admin/terminals/kallio-1`;
  const answers = [
    await fetch(`${path}?lang=en`),
    await fetch(`${path}/code?lang=en`, { method: 'POST', body: new URLSearchParams({ by: 'Aino' }) }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 422]);
  const [page = '', refused = ''] = await Promise.all(answers.map((answer) => answer.text()));
  const how = 'identity: { names: [hymio.example.org], listen: 0.0.0.0:8443 }';
  expect(page).toContain(how);
  expect(refused).toContain(how);
  expect(page).not.toContain('/admin/terminals/kallio-1/code');
  expect(page.includes('Terminals get no certificates here')).toBe(nothing);
  await site.stop();
  for (const rig of rigs) await rig.stop();
});

describeWith(['chromium'], 'a code in a browser', () => {
  let site: SampleSite;
  let rig: EnrolmentRig;
  let browser: Browser;
  beforeAll(async () => {
    site = await SampleSite.start(async (store) => {
      rig = await EnrolmentRig.start(store);
      return { enrolment: rig.desk };
    });
    site.http.setNow(Date.now());
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site.stop();
    await rig.stop();
  });

  it('is made, shown and withdrawn on pages that are accessible', async () => {
    const url = `${site.http.address.url}/admin/terminals/kallio-1`;
    await expectAccessible(browser, `${url}?lang=fi`, 'code-fi', async (page) => {
      await page.locator('#code-by').fill('Aino');
      await page.locator('#code button').click();
      await page.locator('.told-once').first().waitFor();
    });
    await expectAccessible(browser, `${url}?lang=fi`, 'identity-fi');
    await expectAccessible(browser, `${url}/shut-out?lang=fi`, 'shut-out-fi');
  });
});
