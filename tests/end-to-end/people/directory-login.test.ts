import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CookieBrowser } from '../../support/cookie-browser.js';
import { DirectorySite } from '../../support/directory-site.js';
import { TestDirectory } from '../../support/test-directory.js';

const MAIJA = { preferred_username: 'Maija.Virtanen', name: 'Maija Virtanen' };

describe('a login by a directory', () => {
  let directory: TestDirectory;
  let gateway: DirectorySite;
  let browser: CookieBrowser;
  let origin = '';

  beforeAll(async () => {
    origin = await DirectorySite.freeOrigin();
    directory = await TestDirectory.start(origin, {});
    gateway = await DirectorySite.start(origin, directory.issuer);
  });
  afterAll(async () => {
    await gateway.stop();
    await directory.stop();
  });
  beforeEach(() => {
    browser = new CookieBrowser();
  });

  /** From the button to where the gateway leads. */
  async function logIn(subject: string, next = '/') {
    const form = await browser.go(`${origin}/login/directory?${new URLSearchParams({ next })}`);
    expect(form.url).toMatch(`${directory.issuer}/sign-in/`);
    return browser.go(form.url, undefined, { login: subject });
  }
  const account = async () => (await browser.ask(`${origin}/account`)).status;

  it('asks for the code with PKCE, state and nonce, and keeps what belongs to it in a cookie', async () => {
    const answer = await browser.ask(`${origin}/login/directory?next=/alerts`);
    const asked = new URL(answer.headers.get('location') ?? '').searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'hymio',
      redirect_uri: `${origin}/login/directory/callback`,
      code_challenge_method: 'S256',
      scope: 'openid profile groups',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked.get(name)?.length).toBeGreaterThan(40);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^hymio-directory=\S+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    for (const name of ['state', 'nonce']) expect(cookie).not.toContain(asked.get(name));
  });

  it('makes a user without a password and leads on to where one wanted to go', async () => {
    directory.accounts.set('s-1', { ...MAIJA, groups: ['staff', 'hymio-health'] });
    const { url } = await logIn('s-1', '/account');
    expect(url).toBe(`${origin}/account`);
    expect(gateway.people.user('maija.virtanen')).toMatchObject({
      displayName: 'Maija Virtanen',
      role: 'staff',
      groups: ['health'],
      hasPassword: false,
      directory: { issuer: directory.issuer, subject: 's-1' },
    });
    expect(browser.cookies(origin)).toMatch(/^hymio-session=[\w-]{43}$/);
    const who = `directory ${new URL(directory.issuer).host}`;
    const lines = (await gateway.changes()).filter(({ subject }) => subject === 'maija.virtanen');
    expect(lines.map((line) => [line.who, line.what])).toEqual([
      [who, 'add-user'],
      [who, 'tie-user-to-directory'],
      ['maija.virtanen', 'log-in'],
    ]);
  });

  it('does what the directory says at each login: more, less, or nothing', async () => {
    directory.accounts.set('s-2', { preferred_username: 'pekka', groups: ['hymio-admin', 'hymio-health'] });
    await logIn('s-2');
    expect(gateway.people.user('pekka')).toMatchObject({ role: 'admin', displayName: 'pekka' });
    expect(gateway.people.user('pekka')?.groups).toBeUndefined();
    const first = browser;

    browser = new CookieBrowser();
    directory.accounts.set('s-2', { preferred_username: 'renamed', groups: ['hymio-health'] });
    await logIn('s-2');
    expect(gateway.people.user('renamed')).toBeUndefined();
    expect(gateway.people.user('pekka')).toMatchObject({ role: 'staff', groups: ['health'] });
    const [change] = (await gateway.changes()).filter(({ what }) => what === 'change-user');
    expect(change).toMatchObject({ who: expect.stringMatching(/^directory 127/), after: { role: 'staff' } });
    expect((await first.ask(`${origin}/account`)).status).toBe(303);
    expect(await account()).not.toBe(303);

    const second = browser;
    browser = new CookieBrowser();
    directory.accounts.set('s-2', { preferred_username: 'pekka', groups: ['hymio-gone', 'constructor'] });
    const refused = await logIn('s-2');
    expect(refused.answer?.status).toBe(403);
    const text = (await refused.answer?.text()) ?? '';
    expect(text).toContain('Sinulla ei ole oikeuksia Hymiöön');
    expect(browser.cookies(origin)).toBe('');
    expect((await second.ask(`${origin}/account`)).status).toBe(303);
    expect((await gateway.changes()).at(-1)).toMatchObject({ what: 'refuse-log-in', subject: 'pekka' });
  });

  it('gives nobody the user of another by a name or an address alone', async () => {
    const by = { who: 'operator', at: 1 };
    const root = await gateway.people.add({ name: 'root', displayName: 'Root', role: 'admin' }, by);
    await gateway.people.setPassword({ user: root.id, password: 'a hash' }, by);
    directory.accounts.set('s-3', { preferred_username: 'root', name: 'Root', groups: ['hymio-viewer'] });
    await logIn('s-3');
    expect(gateway.people.user('root')).toEqual({ ...root, hasPassword: true });
    expect(gateway.people.user('root-2')).toMatchObject({ role: 'viewer', directory: { subject: 's-3' } });
    browser = new CookieBrowser();
    directory.accounts.set('s-4', { preferred_username: 'root-2', groups: ['hymio-admin'] });
    await logIn('s-4');
    expect(gateway.people.user('root-2')?.role).toBe('viewer');
    expect(gateway.people.user('root-2-2')?.role).toBe('admin');
  });

  it('gives no password to who comes from the directory', async () => {
    directory.accounts.set('s-5', { groups: ['hymio-viewer'], preferred_username: '<script>' });
    await logIn('s-5');
    const user = gateway.people.users().then((users) => users.find((one) => one.directory?.subject === 's-5'));
    const { id, name } = (await user) ?? { id: 0, name: '' };
    expect(name).toMatch(/^user-[0-9a-f]{12}$/);
    const by = { who: 'operator', at: 1 };
    await expect(gateway.people.addLink(name, { hash: 'x', expiresAt: 2 }, by)).rejects.toThrow(/comes from the direc/);
    await expect(gateway.people.setPassword({ user: id, password: 'x' }, by)).rejects.toThrow(/comes from the direc/);
    const typed = await browser.ask(`${origin}/login`, { name, password: '' });
    expect(typed.status).toBe(422);
    await gateway.people.remove(name, by);
    expect(await account()).toBe(303);
    browser = new CookieBrowser();
    await logIn('s-5');
    expect(gateway.people.user(name)?.directory?.subject).toBe('s-5');
  });

  it('takes the place of the login that the browser had', async () => {
    const before = gateway.people.user('root') ?? expect.fail('there is a user root');
    const { secret } = await gateway.people.begin(before, { kind: 'password', password: 'a hash' });
    directory.accounts.set('s-8', { preferred_username: 'eight', groups: ['hymio-viewer'] });
    const form = await browser.go(`${origin}/login/directory`);
    // Logged in by another window meanwhile.
    browser.setCookie(origin, 'hymio-session', secret);
    await browser.go(form.url, undefined, { login: 's-8' });
    expect(gateway.people.loggedIn(secret)).toBeUndefined();
    expect(await account()).toBe(200);
    expect(browser.cookies(origin)).not.toContain(secret);
  });

  it('says what the directory says, as text', async () => {
    const form = await browser.go(`${origin}/login/directory?lang=en`);
    const { answer } = await browser.go(form.url, undefined, { login: '' });
    expect(answer?.status).toBe(403);
    const text = (await answer?.text()) ?? '';
    expect(text).toContain('access_denied: &lt;b>Peruttu&lt;/b> &amp; palattu');
    expect(text).not.toContain('<b>Peruttu');
  });

  it('leads nowhere else, neither before nor after', async () => {
    directory.accounts.set('s-6', { preferred_username: 'six', groups: ['hymio-viewer'] });
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example']) {
      browser = new CookieBrowser();
      expect((await logIn('s-6', next)).url).toBe(`${origin}/`);
      const again = await browser.ask(`${origin}/login/directory?${new URLSearchParams({ next })}`);
      expect(again.headers.get('location')).toBe('/');
    }
  });

  it('ends at the directory too', async () => {
    directory.accounts.set('s-7', { preferred_username: 'seven', groups: ['hymio-viewer'] });
    await logIn('s-7');
    const answer = await browser.ask(`${origin}/logout`, { action: '' });
    expect(answer.status).toBe(200);
    const [, address = ''] = /^0; url=(.*)$/.exec(answer.headers.get('refresh') ?? '') ?? [];
    const url = new URL(address);
    expect(url.origin).toBe(directory.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${origin}/login`);
    expect((await browser.ask(address)).status).toBe(200);
    expect(await account()).toBe(303);
  });
});
