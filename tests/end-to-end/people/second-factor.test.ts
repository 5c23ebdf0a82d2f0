import { type DirectoryPerson, TOTP_PERIOD_MS, totpCode } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CookieBrowser } from '../../support/cookie-browser.js';
import { readQrCode } from '../../support/qr-reader.js';
import { SAMPLE_PASSWORD, SamplePeople } from '../../support/sample-people.js';
import type { SampleSite } from '../../support/sample-site.js';
import { SAMPLE_NOW } from '../../support/sample-store.js';

const NAMES = ['root', 'maija', 'otso', 'katja', 'pekka', 'aino', 'tyyne'];
const ACCOUNT = '/account/second-factor';
const BEFORE_OR_AFTER = 2;

describe('a login in two steps', () => {
  let site: SampleSite;
  let sample: SamplePeople;
  let url = '';
  const secrets = new Map<string, string>();
  const recovery = new Map<string, string[]>();

  beforeAll(async () => {
    ({ site, sample } = await SamplePeople.site(
      NAMES.map((name) => ({
        name,
        displayName: name.toUpperCase(),
        role: name === 'root' ? ('admin' as const) : ('viewer' as const),
      })),
    ));
    url = site.http.address.url;
    for (const name of ['maija', 'otso', 'katja', 'pekka', 'aino']) await setUp(name);
  });
  afterAll(async () => {
    sample.stop();
    await site.stop();
  });

  /** The code that the device of this user shows; `periods`: so many from now. */
  const codeOf = (name: string, periods = 0) =>
    totpCode(secrets.get(name) ?? '', SAMPLE_NOW + sample.aheadMs + periods * TOTP_PERIOD_MS);
  /** Time goes on, so that codes are fresh. */
  const later = (ms = 10 * TOTP_PERIOD_MS) => {
    sample.aheadMs += ms;
  };
  const password = (browser: CookieBrowser, name: string, typed = SAMPLE_PASSWORD, next = '/') =>
    browser.ask(`${url}/login`, { name, password: typed, next });
  const code = (browser: CookieBrowser, typed: string) => browser.ask(`${url}/login/code`, { code: typed, next: '/' });
  const isIn = async (browser: CookieBrowser) => (await browser.ask(`${url}/account`)).status === 200;
  const said = ({ status, headers }: Response) => [status, headers.get('location')];
  const half = async (name: string) => {
    const browser = new CookieBrowser();
    expect(said(await password(browser, name))).toEqual([303, '/login/code']);
    return browser;
  };
  const logIn = async (name: string) => {
    later();
    const browser = await half(name);
    expect(said(await code(browser, codeOf(name)))).toEqual([303, '/']);
    return browser;
  };
  const lastChanges = async (limit: number) =>
    (await site.store.registryLog({ limit })).map(({ what, who, subject }) => [what, who, subject.id]);

  async function setUp(name: string): Promise<void> {
    const browser = new CookieBrowser();
    await password(browser, name);
    expect(said(await browser.ask(url + ACCOUNT, { password: SAMPLE_PASSWORD }))).toEqual([303, ACCOUNT]);
    const page = await browser.ask(url + ACCOUNT);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const text = await page.text();
    const [, secret = ''] = /href="otpauth:\/\/totp\/[^"]*[?;&]secret=([A-Z2-7]{32})/.exec(text) ?? [];
    expect(text).toContain(secret.replaceAll(/(.{4})(?=.)/g, '$1 '));
    secrets.set(name, secret);
    const on = await browser.ask(`${url}${ACCOUNT}/confirm`, { code: codeOf(name) });
    expect([on.status, on.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const codes = [...(await on.text()).matchAll(/<code>([a-z2-7-]{19})<\/code>/g)].map(([, one = '']) => one);
    expect(new Set(codes).size).toBe(10);
    recovery.set(name, codes);
  }

  it('shows the secret as text, as a link, and as a QR code that says the same', async () => {
    const browser = new CookieBrowser();
    await password(browser, 'tyyne');
    await browser.ask(url + ACCOUNT, { password: SAMPLE_PASSWORD });
    const text = await (await browser.ask(`${url}${ACCOUNT}?lang=en`)).text();
    const [, link = ''] = /href="(otpauth:[^"]*)"/.exec(text) ?? [];
    const [svg = ''] = /<svg class="qr-code".*?<\/svg>/s.exec(text) ?? [];
    expect(readQrCode(svg)).toBe(link.replaceAll('&amp;', '&'));
    expect(svg).toMatch(/role="img" aria-label="QR code with the setup key; .*"/);
  });

  it('asks for the code after the password, and there is no login before', async () => {
    later();
    const browser = new CookieBrowser();
    const first = await password(browser, 'maija', SAMPLE_PASSWORD, '/terminals/kallio-1');
    expect(said(first)).toEqual([303, '/login/code?next=%2Fterminals%2Fkallio-1']);
    const cookies = first.headers.getSetCookie();
    expect(cookies).toEqual([expect.stringMatching(/^hymio-second-step=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)]);
    const page = await (await browser.ask(`${url}/login/code?next=%2Fterminals%2Fkallio-1`)).text();
    expect(page).toContain('autocomplete="one-time-code"');
    expect(page).not.toContain('MAIJA');
    // What waits for a code is no login, whatever the browser calls it.
    const step = cookies[0]?.split(/[=;]/)[1] ?? '';
    browser.setCookie(url, 'hymio-session', step);
    for (const path of ['/', '/account', ACCOUNT, '/api/v1/terminals']) {
      expect([path, (await browser.ask(url + path)).status === 200]).toEqual([path, false]);
    }
    browser.setCookie(url, 'hymio-session', undefined);
    const done = await browser.ask(`${url}/login/code`, { code: codeOf('maija'), next: '/terminals/kallio-1' });
    expect(said(done)).toEqual([303, '/terminals/kallio-1']);
    expect(await isIn(browser)).toBe(true);
    expect(browser.cookies(url)).not.toContain('second-step');
  });

  it('asks nobody for a code who has not wanted that, and says nothing of it before the password is right', async () => {
    expect(said(await password(new CookieBrowser(), 'root'))).toEqual([303, '/']);
    const answers = [];
    for (const name of ['maija', 'root', 'nobody']) {
      const answer = await password(new CookieBrowser(), name, 'not the password at all');
      answers.push([...said(answer), answer.headers.getSetCookie(), (await answer.text()).replaceAll(name, 'NAME')]);
    }
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('takes the code of the period before and after, and none that is older or newer', async () => {
    for (const periods of [-1, 0, 1]) {
      later();
      const browser = await half('maija');
      expect([periods, ...said(await code(browser, codeOf('maija', periods)))]).toEqual([periods, 303, '/']);
    }
    for (const periods of [-BEFORE_OR_AFTER, BEFORE_OR_AFTER]) {
      later();
      const browser = await half('maija');
      expect([periods, (await code(browser, codeOf('maija', periods))).status]).toEqual([periods, 422]);
      expect(await isIn(browser)).toBe(false);
    }
  });

  it('takes no code twice, nor one from before it, nor the one it was set up with', async () => {
    later();
    const [first, second] = [await half('maija'), await half('maija')];
    const [used, before] = [codeOf('maija'), codeOf('maija', -1)];
    expect((await code(first, used)).status).toBe(303);
    for (const typed of [used, before]) expect((await code(second, typed)).status).toBe(422);
    const [one, other] = [await half('otso'), await half('otso')];
    const typed = codeOf('otso');
    const both = await Promise.all([code(one, typed), code(other, typed)]);
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    const browser = new CookieBrowser();
    await password(browser, 'root');
    await browser.ask(url + ACCOUNT, { password: SAMPLE_PASSWORD });
    const [, secret = ''] = /secret=([A-Z2-7]{32})/.exec(await (await browser.ask(url + ACCOUNT)).text()) ?? [];
    secrets.set('root', secret);
    await browser.ask(`${url}${ACCOUNT}/confirm`, { code: codeOf('root') });
    expect((await code(await half('root'), codeOf('root'))).status).toBe(422);
    expect((await code(await half('root'), codeOf('root', 1))).status).toBe(303);
  });

  it('takes each recovery code once, however it is typed, of its owner alone', async () => {
    later();
    const [mine = '', next = ''] = recovery.get('maija') ?? [];
    expect((await code(await half('otso'), mine)).status).toBe(422);
    expect((await code(await half('maija'), mine.toUpperCase().replaceAll('-', ' '))).status).toBe(303);
    expect(await lastChanges(2)).toEqual([
      ['log-in', 'maija', 'maija'],
      ['use-recovery-code', 'maija', 'maija'],
    ]);
    const browser = await half('maija');
    expect((await code(browser, mine)).status).toBe(422);
    expect((await code(browser, next)).status).toBe(303);
  });

  it('ends with one code, belongs to its browser, and does not wait for ever', async () => {
    later();
    const browser = await half('otso');
    const cookies = browser.cookies(url);
    expect(said(await code(new CookieBrowser(), codeOf('otso')))).toEqual([303, '/login']);
    const forged = new CookieBrowser();
    forged.setCookie(url, 'hymio-second-step', 'A'.repeat(43));
    expect(said(await code(forged, codeOf('otso')))).toEqual([303, '/login']);
    expect((await code(browser, codeOf('otso'))).status).toBe(303);
    const again = new CookieBrowser();
    again.setCookie(url, 'hymio-second-step', cookies.split('hymio-second-step=')[1]?.split(';')[0]);
    expect(said(await code(again, codeOf('otso', 1)))).toEqual([303, '/login']);
    const slow = await half('otso');
    later(5 * 60_000);
    expect(said(await slow.ask(`${url}/login/code`))).toEqual([303, '/login']);
    expect(said(await code(slow, codeOf('otso')))).toEqual([303, '/login']);
  });

  it('begins anew when the password, the second factor or the user has changed meanwhile', async () => {
    const browser = await logIn('pekka');
    later();
    const waiting = [await half('pekka'), await half('pekka'), await half('pekka')];
    const wanted = 'a boat behind the old barn';
    const changed = await browser.ask(`${url}/account/password`, { old: SAMPLE_PASSWORD, password: wanted });
    expect(changed.status).toBe(303);
    expect(said(await code(waiting[0] ?? browser, codeOf('pekka')))).toEqual([303, '/login']);
    // The new password alone is not enough either.
    const half2 = new CookieBrowser();
    expect(said(await password(half2, 'pekka', wanted))).toEqual([303, '/login/code']);
    await sample.people.setSecondFactor(sample.people.user('pekka')?.id ?? 0, undefined, { who: 'x', at: 0 });
    expect(said(await code(half2, codeOf('pekka')))).toEqual([303, '/login']);
    expect(said(await password(new CookieBrowser(), 'pekka', wanted))).toEqual([303, '/']);
    const gone = await half('aino');
    await sample.people.remove('aino', { who: 'x', at: 0 });
    expect(said(await code(gone, codeOf('aino')))).toEqual([303, '/login']);
  });

  it('is set up with the password and a right first code, and switched off with the password and a code', async () => {
    later();
    const browser = new CookieBrowser();
    await password(browser, 'pekka', 'a boat behind the old barn');
    expect((await browser.ask(url + ACCOUNT, { password: 'not the password' })).status).toBe(422);
    expect(await (await browser.ask(url + ACCOUNT)).text()).not.toContain('otpauth:');
    await browser.ask(url + ACCOUNT, { password: 'a boat behind the old barn' });
    expect((await browser.ask(`${url}${ACCOUNT}/confirm`, { code: '000000' })).status).toBe(422);
    expect(sample.people.user('pekka')?.hasSecondFactor).toBe(false);
    // What another login of the same user was shown is nothing to this one.
    const other = new CookieBrowser();
    await password(other, 'pekka', 'a boat behind the old barn');
    expect(await (await other.ask(url + ACCOUNT)).text()).not.toContain('otpauth:');

    const mine = await logIn('maija');
    later();
    const off = (fields: Record<string, string>) => mine.ask(`${url}${ACCOUNT}/off`, fields);
    expect((await off({ password: SAMPLE_PASSWORD, code: codeOf('maija', BEFORE_OR_AFTER) })).status).toBe(422);
    expect((await off({ password: 'not the password', code: codeOf('maija') })).status).toBe(422);
    expect(await (await mine.ask(url + ACCOUNT)).text()).not.toContain(secrets.get('maija') ?? '');
    expect(sample.people.user('maija')?.hasSecondFactor).toBe(true);
    expect(said(await off({ password: SAMPLE_PASSWORD, code: codeOf('maija') }))).toEqual([303, '/account']);
    expect((await lastChanges(1))[0]).toEqual(['remove-second-factor', 'maija', 'maija']);
    expect(said(await password(new CookieBrowser(), 'maija'))).toEqual([303, '/']);
  });

  it('is nothing for who comes from a directory', async () => {
    const person: DirectoryPerson = {
      ...{ issuer: 'https://directory.example', subject: 's-1', name: 'dora', displayName: 'Dora' },
      role: 'viewer',
    };
    const user = await sample.people.takeFromDirectory(person, { who: 'directory', at: 0 });
    const headers = { accept: 'text/html', ...(await sample.headers('dora', url)) };
    const body = new URLSearchParams({ password: SAMPLE_PASSWORD });
    expect((await fetch(url + ACCOUNT, { method: 'POST', headers, body })).status).toBe(409);
    expect(await (await fetch(`${url}/account`, { headers })).text()).not.toContain(ACCOUNT);
    const factor = { secret: 'A'.repeat(32), usedPeriod: 0, recovery: [] };
    const set = sample.people.setSecondFactor(user.id, factor, { who: 'x', at: 0 });
    await expect(set).rejects.toMatchObject({ code: 'directory-user' });
  });

  it('goes when a link sets the password, and the log says so without any secret', async () => {
    const link = await sample.link('otso');
    const browser = new CookieBrowser();
    const wanted = 'another boat elsewhere';
    expect((await browser.ask(`${url}/set-password/${link}`, { password: wanted })).status).toBe(303);
    expect((await lastChanges(3)).map(([what]) => what)).toEqual(['log-in', 'set-password', 'remove-second-factor']);
    expect(said(await password(new CookieBrowser(), 'otso', wanted))).toEqual([303, '/']);
    const log = JSON.stringify(await site.store.registryLog({ limit: 500 }));
    for (const hidden of [...secrets.values(), ...[...recovery.values()].flat()]) expect(log).not.toContain(hidden);
  });

  it('makes who guesses type the password again, and wait, even with the right code', async () => {
    later(3_600_000);
    const browser = await half('katja');
    for (let tries = 0; tries < 5; tries++) {
      expect((await code(browser, codeOf('katja', 100 + tries))).status).toBe(422);
    }
    expect(said(await browser.ask(`${url}/login/code`))).toEqual([303, '/login']);
    const again = await half('katja');
    const answer = await code(again, codeOf('katja'));
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '2']);
    expect(await isIn(again)).toBe(false);
    later(2_000);
    expect((await code(again, codeOf('katja'))).status).toBe(303);
  });
});
