import { hashTokenSecret } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_PASSWORD, SamplePeople } from '../../support/sample-people.js';
import type { SampleSite } from '../../support/sample-site.js';

const PAGE = { accept: 'text/html' };
const USERS = [
  { name: 'root', displayName: 'Ylläpito', role: 'admin' },
  { name: 'maija', displayName: 'Maija V.', role: 'staff' },
  { name: 'katja', displayName: 'Katja', role: 'viewer', language: 'sv' },
] as const;

describe('a login', () => {
  let site: SampleSite;
  let sample: SamplePeople;
  let url = '';

  beforeAll(async () => {
    ({ site, sample } = await SamplePeople.site(USERS));
    url = site.http.address.url;
  });
  afterAll(async () => {
    sample.stop();
    await site.stop();
  });

  const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = { origin: url }) =>
    fetch(url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { ...PAGE, ...headers },
      body: new URLSearchParams(fields),
    });
  const logIn = (name: string, password = SAMPLE_PASSWORD, more: Record<string, string> = {}) =>
    send('/login', { name, password, ...more });
  const cookieOf = (answer: Response) =>
    answer.headers.getSetCookie().find((one) => one.startsWith('hymio-session=')) ?? '';
  const look = (path: string, cookie?: string) =>
    site.http.get(path, { ...PAGE, ...(cookie === undefined ? {} : { cookie: cookie.split(';')[0] ?? '' }) });

  it('is asked for by pages, which lead back to where one wanted to go, and by the API', async () => {
    for (const path of ['/', '/terminals/kallio-1?lang=sv', '/admin', '/reports/weekly/2026-W47/pdf']) {
      const answer = await look(path);
      const back = path === '/' ? '' : `?${new URLSearchParams({ next: path })}`;
      expect([path, answer.status, answer.headers.get('location')]).toEqual([path, 303, `/login${back}`]);
    }
    const api = await site.http.get('/api/v1/terminals');
    expect([api.status, ((await api.json()) as { code: string }).code]).toEqual([401, 'login-needed']);
    expect((await site.http.get('/live?page=/')).status).toBe(401);
    for (const open of ['/healthz', '/readyz', '/login', '/public/kallio-clinic', '/assets/hymio.css']) {
      expect([open, (await look(open)).status]).toEqual([open, 200]);
    }
  });

  it('shows an outsider neither navigation nor how many alerts there are', async () => {
    for (const path of ['/login', '/nowhere']) {
      const text = await (await look(path)).text();
      expect(text).not.toContain('open-alerts');
      expect(text).not.toContain('href="/alerts"');
    }
  });

  it('leads on with a cookie that no script and no other site can use', async () => {
    const answer = await logIn(' Maija ', SAMPLE_PASSWORD, { next: '/terminals/kallio-1?lang=sv' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/terminals/kallio-1?lang=sv']);
    expect(cookieOf(answer)).toMatch(/^hymio-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const page = await look('/terminals/kallio-1', cookieOf(answer));
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Maija V.');
    expect((await look('/api/v1/terminals', cookieOf(answer))).status).toBe(200);
  });

  it('leads nowhere else', async () => {
    for (const next of [
      'https://evil.example/',
      '//evil.example/x',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:alert(1)',
      '\\\\evil',
    ]) {
      const answer = await logIn('maija', SAMPLE_PASSWORD, { next });
      const to = new URL(answer.headers.get('location') ?? '', 'http://gateway');
      expect([next, to.host]).toEqual([next, 'gateway']);
      expect(answer.headers.get('location')).not.toMatch(/^[/\\]{2}/);
    }
  });

  it('speaks the language of the user where the browser has chosen none', async () => {
    const answer = await logIn('katja');
    expect(answer.headers.getSetCookie().join()).toContain('hymio-language=sv');
  });

  it('says the same to a wrong password, an unknown user, and one who has none yet', async () => {
    await sample.people.add({ name: 'new', displayName: 'New', role: 'viewer' }, { who: 'x', at: 0 });
    const said = [];
    for (const name of ['root', 'nobody', 'new']) {
      const answer = await logIn(name, 'something else altogether');
      said.push([answer.status, answer.headers.get('retry-after'), (await answer.text()).replaceAll(name, 'NAME')]);
      expect(cookieOf(answer)).toBe('');
    }
    expect(said[1]).toEqual(said[0]);
    expect(said[2]).toEqual(said[0]);
    expect(said[0]?.[0]).toBe(422);
  });

  it('makes who guesses wait, also for the right password and for names that do not exist', async () => {
    const said = [];
    for (const name of ['katja', 'no-such-name']) {
      for (let tries = 0; tries < 5; tries++) await logIn(name, `guess number ${tries}`);
      const answer = await logIn(name);
      said.push([answer.status, answer.headers.get('retry-after'), (await answer.text()).replaceAll(name, 'NAME')]);
    }
    expect(said[0]?.slice(0, 2)).toEqual([429, '2']);
    expect(said[1]).toEqual(said[0]);
  });

  it('ends by logging out, at once, and everywhere where that is wanted', async () => {
    const [here, there] = [cookieOf(await logIn('maija')), cookieOf(await logIn('maija'))];
    const out = await send('/logout', {}, { origin: url, cookie: here.split(';')[0] ?? '' });
    expect([out.status, out.headers.get('location')]).toEqual([303, '/login']);
    expect((await look('/', here)).status).toBe(303);
    expect((await look('/', there)).status).toBe(200);
    const again = cookieOf(await logIn('maija'));
    await send('/logout', { action: 'everywhere' }, { origin: url, cookie: again.split(';')[0] ?? '' });
    expect([(await look('/', again)).status, (await look('/', there)).status]).toEqual([303, 303]);
  });

  it('ends streams that are open when it ends', async () => {
    const cookie = cookieOf(await logIn('root'));
    const streams = [await look('/live?page=/', cookie), await look('/api/v1/events', cookie)];
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);
    const ended = Promise.allSettled(streams.map((stream) => stream.text()));
    await sample.people.change('root', { language: 'fi' }, { who: 'x', at: 0 });
    expect((await look('/', cookie)).status).toBe(200);
    await sample.people.setPassword(
      { user: sample.people.user('root')?.id ?? 0, password: 'none' },
      { who: 'x', at: 0 },
    );
    await ended;
    expect((await look('/', cookie)).status).toBe(303);
  });

  it('is no use to a form of another site, nor to one that does not say where it stands', async () => {
    const cookie = cookieOf(await logIn('maija')).split(';')[0] ?? '';
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, {}]) {
      const answer = await send('/alerts/1', { action: 'comment', text: 'x' }, { cookie, ...headers } as Record<
        string,
        string
      >);
      expect([headers, answer.status]).toEqual([headers, 403]);
    }
    expect(
      (await send('/alerts/1', { action: 'comment', text: 'Katsottu', by: 'somebody else' }, { cookie, origin: url }))
        .status,
    ).toBe(303);
    const detail = await site.store.alerts.alert(1);
    expect(detail?.entries.at(-1)).toMatchObject({ kind: 'comment', by: 'maija', text: 'Katsottu' });
    expect(await (await look('/alerts/1', cookie)).text()).not.toContain('name="by"');
  });

  it('begins with a link that sets a password once, and not a weak one', async () => {
    const secret = await sample.link('new');
    const path = `/set-password/${secret}`;
    expect((await look(path)).status).toBe(200);
    for (const password of ['short', 'password1234', 'New.2026......']) {
      expect([password, (await send(path, { password })).status]).toEqual([password, 422]);
    }
    const set = await send(path, { password: 'a boat behind the barn' });
    expect([set.status, cookieOf(set) !== '']).toEqual([303, true]);
    expect((await look('/', cookieOf(set))).status).toBe(200);
    expect([(await look(path)).status, (await send(path, { password: 'another boat elsewhere' })).status]).toEqual([
      404, 404,
    ]);
    expect((await logIn('new', 'a boat behind the barn')).status).toBe(303);
  });

  it('takes the place of the one that the browser had, by whichever way in', async () => {
    const hadBy = async (name: string, enter: (cookie: string) => Promise<Response>) => {
      const { cookie = '' } = await sample.headers(name, url);
      const entered = await enter(cookie);
      expect([entered.status, cookieOf(entered) !== '']).toEqual([303, true]);
      return [(await look('/', cookie)).status, (await look('/', cookieOf(entered))).status];
    };
    const forms: Readonly<Record<string, (headers: Record<string, string>) => Promise<Response>>> = {
      login: (headers) => send('/login', { name: 'maija', password: SAMPLE_PASSWORD }, headers),
      link: async (headers) =>
        send(`/set-password/${await sample.link('new')}`, { password: 'a boat behind the barn' }, headers),
      'own password': (headers) =>
        send('/account/password', { old: 'a boat behind the barn', password: 'a boat before the barn' }, headers),
      'login with a code': async (headers) => {
        const half = await send('/login', { name: 'two', password: SAMPLE_PASSWORD }, headers);
        const step = half.headers.getSetCookie().find((one) => one.startsWith('hymio-second-step=')) ?? '';
        const cookie = `${headers['cookie']}; ${step.split(';')[0]}`;
        return send('/login/code', { code: 'A'.repeat(16) }, { ...headers, cookie });
      },
    };
    const { id } = await sample.add({ name: 'two', displayName: 'Two', role: 'viewer' });
    const recovery = [hashTokenSecret('a'.repeat(16))];
    await sample.people.setSecondFactor(id, { secret: 'A'.repeat(32), usedPeriod: 0, recovery }, { who: 'two', at: 0 });
    for (const [way, form] of Object.entries(forms)) {
      const name = way === 'own password' ? 'new' : 'katja';
      expect([way, ...(await hadBy(name, (cookie) => form({ origin: url, cookie })))]).toEqual([way, 303, 200]);
    }
  });

  it('keeps name, language and password in the hands of who it is of', async () => {
    const before = cookieOf(await logIn('new', 'a boat before the barn')).split(';')[0] ?? '';
    const change = (path: string, fields: Record<string, string>) =>
      send(path, fields, { origin: url, cookie: before });
    expect((await change('/account', { displayName: 'Uusi Nimi', language: 'sv' })).status).toBe(303);
    expect(sample.people.user('new')).toMatchObject({ displayName: 'Uusi Nimi', language: 'sv', role: 'viewer' });
    expect((await change('/account', { displayName: '' })).status).toBe(422);
    const wanted = 'a second boat behind it';
    expect((await change('/account/password', { old: 'wrong one entirely', password: wanted })).status).toBe(422);
    const changed = await change('/account/password', { old: 'a boat before the barn', password: wanted });
    expect(changed.status).toBe(303);
    expect((await look('/account', before)).status).toBe(303);
    expect((await look('/account', cookieOf(changed))).status).toBe(200);
    expect((await logIn('new', wanted)).status).toBe(303);
  });
});
