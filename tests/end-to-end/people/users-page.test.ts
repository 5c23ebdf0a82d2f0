import { hashTokenSecret, tokenText } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventListener } from '../../support/event-listener.js';
import { hostileText } from '../../support/hostile-text.js';
import { SamplePeople } from '../../support/sample-people.js';
import type { SampleSite } from '../../support/sample-site.js';

const PASSWORD = 'kolme kiveä kaivossa';
const USERS = [
  { name: 'root', displayName: 'Ylläpito', role: 'admin' },
  { name: 'part', displayName: 'Osa', role: 'admin', groups: ['health'] },
  { name: 'katja', displayName: hostileText('name'), role: 'viewer', groups: ['health'] },
] as const;

describe('the users page', () => {
  let site: SampleSite;
  let sample: SamplePeople;
  let url = '';

  beforeAll(async () => {
    const users = USERS.map((user) => ('groups' in user ? { ...user, groups: [...user.groups] } : user));
    ({ site, sample } = await SamplePeople.site(users));
    url = site.http.address.url;
  });
  afterAll(async () => {
    sample.stop();
    await site.stop();
  });

  async function ask(who: string, path: string, form?: Record<string, string>) {
    const headers = { accept: 'text/html', ...(await sample.headers(who, url)) };
    const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
    const answer = await fetch(url + path, { headers, redirect: 'manual', ...sent });
    const text = await answer.text();
    const link = /\/set-password\/[\w-]{43}/.exec(text)?.[0];
    return { status: answer.status, to: answer.headers.get('location'), text, link };
  }
  const idOf = (name: string) => sample.people.user(name)?.id ?? 0;
  const follow = (link: string) =>
    fetch(url + link, {
      ...{ method: 'POST', redirect: 'manual', headers: { accept: 'text/html', origin: url } },
      body: new URLSearchParams({ password: PASSWORD }),
    });
  const lastWhat = async () =>
    (await site.store.registryLog({ limit: 2 })).map(({ who, what, subject }) => [who, what, subject.id]);
  const VIEWER = { displayName: 'Otso O.', role: 'viewer', everywhere: 'yes' };

  it('is for administrators of the whole organisation, and nobody else finds the way there', async () => {
    for (const [who, may] of [
      ['root', true],
      ['part', false],
    ] as const) {
      expect((await ask(who, '/admin')).text.includes('href="/admin/users"')).toBe(may);
      expect([who, (await ask(who, '/admin/users')).status]).toEqual([who, may ? 200 : 403]);
    }
    const root = `/admin/users/${idOf('root')}`;
    for (const path of ['/admin/users', root, `${root}/link`, `${root}/end-logins`, `${root}/remove`]) {
      expect([path, (await ask('part', path, VIEWER)).status]).toEqual([path, 403]);
    }
    expect(sample.people.user('root')).toMatchObject({ role: 'admin', displayName: 'Ylläpito' });
  });

  it('shows what somebody is called as text', async () => {
    for (const path of ['/admin/users', `/admin/users/${idOf('katja')}`]) {
      const { text } = await ask('root', path);
      expect(text).toContain('&lt;img class');
      expect(text).not.toContain('<img class');
    }
  });

  it('keeps the group that somebody is limited to, and says so where it is to be removed', async () => {
    const by = { who: 'root', at: 0 };
    await site.store.editRegistry({ kind: 'put-group', group: { id: 'small', name: { en: 'Small' } } }, by);
    await site.store.accounts.create({ name: 'screen', group: 'small', password: 'a hash' }, by);
    await sample.people.add({ name: 'pia', displayName: 'Pia', role: 'viewer', groups: ['health', 'small'] }, by);
    const headers = { ...(await sample.headers('root', url)), accept: 'text/html' };
    const remove = async () => {
      const body = new URLSearchParams({ by: 'root' });
      const path = `${url}/admin/groups/small/remove?lang=en`;
      const answer = await fetch(path, { method: 'POST', redirect: 'manual', headers, body });
      return { status: answer.status, text: await answer.text() };
    };
    const refused = await remove();
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Users are limited to this group (1).');
    expect(refused.text).toContain('Tokens or MQTT accounts are for this group alone (1).');
    await sample.people.remove('pia', by);
    await site.store.accounts.remove('screen', by);
    expect((await remove()).status).toBe(303);
  });

  it('adds a user and shows the link once, which works once', async () => {
    const added = await ask('root', '/admin/users', { ...VIEWER, name: 'Otso', by: 'somebody else' });
    expect(added.status).toBe(200);
    expect(sample.people.user('otso')).toMatchObject({ role: 'viewer', createdBy: 'root', hasPassword: false });
    expect(await lastWhat()).toEqual([
      ['root', 'create-password-link', 'otso'],
      ['root', 'add-user', 'otso'],
    ]);
    for (const path of ['/admin/users', `/admin/users/${idOf('otso')}`, '/admin/log']) {
      expect([path, (await ask('root', path)).link]).toEqual([path, undefined]);
    }
    const { link = '' } = added;
    expect([(await follow(link)).status, (await follow(link)).status]).toEqual([303, 404]);
    expect(sample.people.user('otso')?.hasPassword).toBe(true);
  });

  it('takes no user who is half described, and keeps what was typed', async () => {
    const before = await sample.people.users();
    for (const [field, wrong] of [
      ['name', { name: 'otso' }],
      ['name', { name: '../x' }],
      ['displayName', { displayName: '' }],
      ['displayName', { displayName: 'x'.repeat(101) }],
      ['role', { role: 'emperor' }],
      ['everywhere', { everywhere: '' }],
      ['everywhere', { groups: 'health' }],
    ] as const) {
      const { status, text, link } = await ask('root', '/admin/users', { name: 'new', ...VIEWER, ...wrong });
      expect({ field, wrong, status, link }).toEqual({ field, wrong, status: 422, link: undefined });
      expect(text).toContain(`href="#add-${field}"`);
    }
    const unknown = await ask('root', '/admin/users', { name: 'new', ...VIEWER, everywhere: '', groups: 'nowhere' });
    expect(unknown.status).toBe(404);
    expect(await sample.people.users()).toEqual(before);
  });

  it('changes what somebody may do, and logs them out', async () => {
    const path = `/admin/users/${idOf('otso')}`;
    const headers = await sample.headers('otso', url);
    const look = async () => (await fetch(`${url}/alerts`, { headers, redirect: 'manual' })).status;
    expect(await look()).toBe(200);
    const form = { displayName: 'Otso O.', role: 'staff', groups: 'health' };
    expect(await ask('root', path, form)).toMatchObject({ status: 303, to: path });
    expect(sample.people.user('otso')).toMatchObject({ role: 'staff', groups: ['health'] });
    expect(await look()).toBe(401);
    // Nothing chosen is not everything.
    expect((await ask('root', path, { displayName: 'Otso O.', role: 'staff' })).status).toBe(422);
    expect(sample.people.user('otso')?.groups).toEqual(['health']);
    expect((await lastWhat())[1]).toEqual(['root', 'change-user', 'otso']);
  });

  it('ends logins, makes a new link and removes', async () => {
    const path = `/admin/users/${idOf('otso')}`;
    const headers = await sample.headers('otso', url);
    expect(await ask('root', `${path}/end-logins`, {})).toMatchObject({ status: 303, to: path });
    expect((await lastWhat())[0]).toEqual(['root', 'log-out-everywhere', 'otso']);
    expect((await fetch(`${url}/alerts`, { headers })).status).toBe(401);
    const [first, second] = [await ask('root', `${path}/link`, {}), await ask('root', `${path}/link`, {})];
    expect([(await follow(first.link ?? '')).status, (await follow(second.link ?? '')).status]).toEqual([404, 303]);
    const { link = '' } = await ask('root', `${path}/link`, {});
    expect(await ask('root', `${path}/remove`, {})).toMatchObject({ status: 303, to: '/admin/users' });
    expect(sample.people.user('otso')).toBeUndefined();
    expect((await follow(link)).status).toBe(404);
    for (const gone of [path, `${path}/link`, `${path}/end-logins`, `${path}/remove`]) {
      expect([gone, (await ask('root', gone, gone === path ? VIEWER : {})).status]).toEqual([gone, 404]);
    }
  });

  it('leaves nobody without an administrator, and own rights to others', async () => {
    const path = `/admin/users/${idOf('root')}`;
    const lower = { displayName: 'Ylläpito', role: 'viewer', everywhere: 'yes' };
    const part = { displayName: 'Ylläpito', role: 'admin', groups: 'health' };
    // One who has never logged in is no help.
    await ask('root', '/admin/users', { name: 'second', displayName: 'Second', role: 'admin', everywhere: 'yes' });
    const tries = () =>
      Promise.all([ask('root', path, lower), ask('root', path, part), ask('root', `${path}/remove`, {})]);
    for (const { status, text } of await tries()) {
      expect([status, text.includes('viimeinen koko organisaation ylläpitäjä')]).toEqual([422, true]);
    }
    const { link = '' } = await ask('root', `/admin/users/${idOf('second')}/link`, {});
    await follow(link);
    for (const { status, text } of await tries()) {
      expect([status, text.includes('Pyydä toista ylläpitäjää')]).toEqual([422, true]);
    }
    expect((await ask('second', path, lower)).status).toBe(303);
    expect(sample.people.user('root')?.role).toBe('viewer');
    const by = { who: 'x', at: 0 };
    await expect(sample.people.remove('second', by)).rejects.toMatchObject({ code: 'last-admin' });
    await expect(sample.people.change('second', { role: 'staff' }, by)).rejects.toMatchObject({ code: 'last-admin' });
    await expect(sample.people.change('second', { language: 'sv' }, by)).resolves.toMatchObject({ role: 'admin' });
  });

  it('shows who comes from the directory as such, without a link and without rights to change', async () => {
    const subject = { issuer: 'https://id.example', subject: 's-1' };
    const person = { ...subject, name: 'aino', displayName: 'Aino', role: 'staff' } as const;
    const { id } = await sample.people.takeFromDirectory(person, { who: 'aino', at: 0 });
    const path = `/admin/users/${id}`;
    expect((await ask('second', '/admin/users?lang=en')).text).toContain('logs in with the organisation’s account');
    const { text } = await ask('second', `${path}?lang=en`);
    expect(text).toContain('changed there');
    expect(text).not.toMatch(/action="[^"]*\/link|name="role"/);
    expect((await ask('second', `${path}/link`, {})).status).toBe(409);
    expect((await ask('second', path, VIEWER)).status).toBe(422);
    expect(sample.people.user('aino')?.role).toBe('staff');
    expect((await ask('second', `${path}/end-logins`, {})).status).toBe(303);
    expect((await ask('second', `${path}/remove`, {})).status).toBe(303);
    // The directory has the last word, also where nobody is left.
    const last = await sample.people.takeFromDirectory({ ...person, role: 'admin' }, { who: 'aino', at: 0 });
    await sample.people.remove('second', { who: 'x', at: 0 });
    await sample.people.takeFromDirectory({ ...person, role: 'viewer' }, { who: 'aino', at: 0 });
    expect(sample.people.user(last.name)?.role).toBe('viewer');
  });
});

describe('the users page where there is no user yet', () => {
  it('ends the streams that nobody had to log in for, but not those of programs with a token', async () => {
    const { site, sample } = await SamplePeople.site([]);
    const hash = hashTokenSecret('a'.repeat(43));
    const scopes = ['presses:read', 'terminals:read'] as const;
    const { id } = await site.store.tokens.create({ name: 'board', scopes: [...scopes], hash }, { who: 'x', at: 0 });
    try {
      const [events, live, program] = await Promise.all([
        EventListener.open(site.http),
        EventListener.open(site.http, `/live?${new URLSearchParams({ page: '/terminals' })}`),
        EventListener.open(site.http, '/api/v1/events', { authorization: `Bearer ${tokenText(id, 'a'.repeat(43))}` }),
      ]);
      await sample.add({ name: 'root', displayName: 'Root', role: 'admin' });
      await Promise.all([events.ended(), live.ended()]);
      expect((await fetch(`${site.http.address.url}/api/v1/events`)).status).toBe(401);
      expect(site.http.server.streams).toBe(1);
      program.close();
    } finally {
      sample.stop();
      await site.stop();
    }
  });

  it('begins with an administrator of the whole organisation, and asks everybody from then on', async () => {
    const { site, sample } = await SamplePeople.site([]);
    const url = site.http.address.url;
    const ask = async (form?: Record<string, string>) => {
      const sent = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
      const headers = { accept: 'text/html', origin: url };
      const answer = await fetch(`${url}/admin/users`, { headers, redirect: 'manual', ...sent });
      return { status: answer.status, text: await answer.text() };
    };
    const first = { name: 'root', displayName: 'Root', role: 'admin', everywhere: 'yes', by: 'Pekka' };
    try {
      expect((await ask()).status).toBe(200);
      for (const [field, wrong] of [
        ['role', { role: 'staff' }],
        ['role', { everywhere: '', groups: 'health' }],
        ['by', { by: ' ' }],
      ] as const) {
        const { status, text } = await ask({ ...first, ...wrong });
        expect([field, status, text.includes(`href="#add-${field}"`)]).toEqual([field, 422, true]);
      }
      expect(sample.people.asksForLogin).toBe(false);
      const added = await ask(first);
      expect([added.status, added.text]).toEqual([200, expect.stringMatching(/\/set-password\/[\w-]{43}/)]);
      expect(sample.people.user('root')).toMatchObject({ role: 'admin', createdBy: 'Pekka' });
      expect((await ask()).status).toBe(303);
    } finally {
      sample.stop();
      await site.stop();
    }
  });
});
