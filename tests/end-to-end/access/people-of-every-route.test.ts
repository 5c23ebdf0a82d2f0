import { PdfPrinter, Reporting, ROLES, type Role, type SqliteStore } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { MailReceiver } from '../../support/mail-receiver.js';
import { SamplePeople } from '../../support/sample-people.js';
import type { SampleSite } from '../../support/sample-site.js';
import { SAMPLE_NOW, SAMPLE_ZONE } from '../../support/sample-store.js';
import { FakeClock } from '../../unit/device/fake-clock.js';
import { changeElsewhere } from './change-elsewhere.js';
import { noteRoutes, type ServedRoute } from './every-route.js';
import { namedBy, OWN_GROUP, UNKNOWN } from './named-objects.js';

const PAGE = { accept: 'text/html' };
/** One of each role, and one of each who may see the own group alone. */
// The first user is an administrator of everything.
const USERS = ROLES.toReversed().flatMap((role) => [
  { name: role, displayName: role, role },
  { name: `${role}-part`, displayName: role, role, groups: [OWN_GROUP] },
]);
/** What each role may ask the API for, as docs/operations.md has it; an administrator for all. */
const VIEWER = ['aggregates:read', 'reports:read', 'terminals:read'];
const SCOPES: Readonly<Record<Role, readonly string[]>> = {
  viewer: VIEWER,
  staff: [...VIEWER, 'presses:read', 'terminals:command'],
  admin: [],
};
/** What is elsewhere, as it is called on pages. */
const ELSEWHERE = /malmi|social|library|sosiaali|kirjasto|=HYPERLINK/i;
/** Pages that ask about something in their query: of the own group, and elsewhere. */
const QUERIES: readonly (readonly [path: string, own: string, elsewhere: string])[] = [
  ['/reports/weekly/2026-W47', 'group=health', 'group=social'],
  ['/reports/weekly/2026-W47', 'service-point=kallio-clinic', 'service-point=malmi-office'],
  ['/reports/weekly/2026-W47/csv', 'group=health', 'group=social'],
  ['/reports/weekly/2026-W47/json', 'group=health', ''],
  ['/reports/weekly/2026-W46/issued/html', 'group=health', 'group=social'],
  ['/reports/weekly/2026-W47/send', 'group=health', 'group=social'],
  ['/reports/weekly/2026-W47/send', 'group=health', ''],
  ['/api/v1/reports/weekly/2026-W47', 'group=health', 'group=social'],
  ['/api/v1/reports/weekly/2026-W47', 'group=health', ''],
  ['/api/v1/reports/issued/2026-W46', 'group=health', 'group=social'],
];

describe('every route, asked by people', () => {
  let site: SampleSite;
  let sample: SamplePeople;
  let served: ServedRoute[];
  const headers = new Map<string, Record<string, string>>();
  const pages = () =>
    served.filter(({ method, path, access }) => access === undefined && method !== 'HEAD' && !path.startsWith('/api/'));

  /** The address with these things in it, and the query that it cannot do without. */
  function addressOf(path: string, which: 'own' | 'elsewhere' | 'unknown'): string {
    return path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
      const named = namedBy(path, name);
      if (named === undefined) throw new Error(`named-objects.ts does not say what ${name} of ${path} names`);
      if (!('own' in named)) return named.values[0] ?? '';
      if (which === 'unknown') return /^\d+$/.test(named.own) ? '999' : UNKNOWN;
      return named[which];
    });
  }
  async function ask(method: string, url: string, who?: string, form?: Record<string, string>, of = { site, headers }) {
    const stop = new AbortController();
    const body = method === 'POST' ? { body: new URLSearchParams(form ?? {}) } : {};
    const given = { ...PAGE, ...(who === undefined ? {} : of.headers.get(who)) };
    const init = { method, headers: given, redirect: 'manual' as const, signal: stop.signal, ...body };
    const answer = await fetch(of.site.http.address.url + url, init);
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') === true;
    const text = isStream ? '' : await answer.text();
    stop.abort();
    return { status: answer.status, to: answer.headers.get('location'), text };
  }
  const mayDo = (role: Role, wanted: Role) => ROLES.indexOf(role) >= ROLES.indexOf(wanted);

  let smtp: MailReceiver;
  const startSite = () => SamplePeople.site(USERS, async (store) => ({ reporting: mailing(store, smtp.port) }));

  beforeAll(async () => {
    smtp = await MailReceiver.start();
    ({
      started: { site, sample },
      routes: served,
    } = await noteRoutes(startSite));
    for (const { name } of USERS) headers.set(name, await sample.headers(name, site.http.address.url));
  });
  afterAll(async () => {
    sample.stop();
    await site.stop();
    await smtp.stop();
  });

  it('is open to nobody without a login, but for what everybody may see', async () => {
    const open = new Set<string>();
    expect(pages().length).toBeGreaterThan(80);
    for (const { method, path } of pages()) {
      const { status, to } = await ask(method, addressOf(path, 'own'));
      if (to?.startsWith('/login') === true && status === 303) continue;
      open.add(`${method} ${path}`);
    }
    expect(
      [...open].filter((one) => !/^GET \/(assets|public|login\/directory)\b/.test(one) || one === 'GET /public').sort(),
    ).toEqual([
      'GET /healthz',
      'GET /login',
      'GET /public',
      'GET /readyz',
      'GET /set-password/{secret}',
      'POST /login',
      'POST /set-password/{secret}',
    ]);
    for (const { method, path } of served.filter(({ access }) => access !== undefined && access !== 'open')) {
      if (method === 'HEAD') continue;
      expect([path, (await ask(method, addressOf(path, 'own'))).status]).toEqual([path, 401]);
    }
  });

  /** What each address needs, as it turns out by asking with each role. */
  async function leastRole(method: string, path: string): Promise<Role | 'nobody' | 'uneven'> {
    const url = addressOf(path, method === 'POST' ? 'unknown' : 'own');
    const refused = [];
    for (const role of ROLES) refused.push((await ask(method, url, role)).status === 403);
    const first = refused.indexOf(false);
    if (first < 0) return 'nobody';
    return refused.slice(first).includes(true) ? 'uneven' : (ROLES[first] ?? 'nobody');
  }

  it('lets each role do what it is for', async () => {
    const found: Record<string, string[]> = {};
    for (const { method, path } of pages()) {
      if (path === '/logout') continue;
      const role = await leastRole(method, path);
      found[role] = [...(found[role] ?? []), `${method} ${path}`];
    }
    expect(Object.keys(found).sort()).toEqual(['admin', 'staff', 'viewer']);
    const ofStaff = found['staff']?.filter((one) => !/notes?(\/|$)/.test(one)).sort();
    expect(ofStaff).toEqual([
      'GET /reports/weekly/{week}/send',
      'POST /alerts/{id}',
      'POST /reports/weekly/{week}/send',
      'POST /terminals/{id}/command',
    ]);
    expect(found['viewer']?.filter((one) => /^POST|admin/.test(one)).sort()).toEqual([
      'POST /account',
      'POST /account/password',
      'POST /account/second-factor',
      'POST /account/second-factor/confirm',
      'POST /account/second-factor/off',
      'POST /login',
      'POST /login/code',
      'POST /set-password/{secret}',
    ]);
    expect(found['admin']?.every((one) => / \/admin/.test(one))).toBe(true);
  });

  it('lets each role ask the API for what it is for, and nothing else', async () => {
    const api = served.filter(({ access, method }) => typeof access === 'object' && method !== 'HEAD');
    expect(api.length).toBeGreaterThan(10);
    const found = new Set<string>();
    for (const { method, path, access } of api) {
      const url = addressOf(path, method === 'GET' ? 'own' : 'unknown');
      const scopes = typeof access === 'object' ? access.scopes : [];
      for (const role of ROLES) {
        const { status } = await ask(method, url, role);
        const missing = scopes.filter((scope) => !SCOPES[role].includes(scope) && role !== 'admin');
        expect([role, method, path, status === 403]).toEqual([role, method, path, missing.length > 0]);
        for (const scope of missing) found.add(`${role} ${scope}`);
      }
    }
    expect([...found].sort()).toEqual([
      'staff admin',
      'viewer admin',
      'viewer presses:read',
      'viewer terminals:command',
    ]);
  });

  it('has a terminal blink for staff, and anything else for administrators alone', async () => {
    for (const role of ROLES) {
      for (const action of ['identify', 'restart', 'send-diagnostics'] as const) {
        const { status } = await ask('POST', '/terminals/kallio-2/command', role, { action });
        const may = mayDo(role, action === 'identify' ? 'staff' : 'admin');
        expect([role, action, status]).toEqual([role, action, may ? 303 : 403]);
      }
    }
  });

  describe('by who may see one group', () => {
    let other: { site: SampleSite; sample: SamplePeople; headers: Map<string, Record<string, string>> };
    const PARTS = ['viewer-part', 'admin-part'];

    async function siteOfAll(): Promise<typeof other> {
      const made = { ...(await startSite()), headers: new Map() };
      for (const { name } of USERS) {
        made.headers.set(name, await made.sample.headers(name, made.site.http.address.url));
      }
      return made;
    }
    beforeAll(async () => {
      other = await siteOfAll();
      await changeElsewhere(other.site.store);
    });
    afterAll(() => stopped(other));
    async function stopped(made: typeof other): Promise<void> {
      made.sample.stop();
      await made.site.stop();
    }
    /** Of what the form there changes: who forges a form may know it. */
    async function versionAt(url: string, of: Pick<typeof other, 'site' | 'headers'>): Promise<{ version?: string }> {
      const { text } = await ask('GET', url, 'admin', undefined, of);
      const form = text.split('<form').find((one) => new RegExp(`^[^>]*action="${url}["?]`).test(one)) ?? '';
      const [, version] = /name="version" value="(\w+)"/.exec(form) ?? [];
      return version === undefined ? {} : { version };
    }

    it('shows what is elsewhere as if it did not exist', async () => {
      let asked = 0;
      for (const { method, path } of pages()) {
        const [own, elsewhere, unknown] = (['own', 'elsewhere', 'unknown'] as const).map((one) => addressOf(path, one));
        if (own === elsewhere || elsewhere === undefined || unknown === undefined || path.startsWith('/public/'))
          continue;
        const [there, nowhere] = [await ask(method, elsewhere, 'admin-part'), await ask(method, unknown, 'admin-part')];
        expect({ path, method, status: there.status }).toEqual({ path, method, status: nowhere.status });
        expect([403, 404]).toContain(there.status);
        expect(withoutIds(there.text, elsewhere)).toBe(withoutIds(nowhere.text, unknown));
        asked += 1;
      }
      expect(asked).toBeGreaterThan(30);
      for (const [path, own, elsewhere] of QUERIES) {
        expect([path, own, (await ask('GET', `${path}?${own}`, 'staff-part')).status]).toEqual([path, own, 200]);
        const { status } = await ask('GET', `${path}?${elsewhere}`, 'staff-part');
        expect([path, elsewhere, status]).toEqual([path, elsewhere, 404]);
      }
      const live = (page: string) => ask('GET', `/live?${new URLSearchParams({ page })}`, 'viewer-part');
      expect((await live('/groups/health')).status).toBe(200);
      expect((await live('/admin/log')).status).toBe(403);
    });

    it('depends in no byte of any page on what happens elsewhere, and names nothing of it', async () => {
      let shown = 0;
      const urls = [
        ...pages()
          .filter(({ method }) => method === 'GET')
          .map(({ path }) => addressOf(path, 'own')),
        ...QUERIES.map(([path, own]) => `${path}?${own}`),
        ...[
          '/api/v1/terminals',
          '/api/v1/presses',
          '/api/v1/alerts?state=all',
          '/api/v1/exclusions',
          '/api/v1/service-points',
        ],
        ...['/alerts?state=all', '/alerts?service-point=malmi-office', '/admin/alert-rules?scope=group/social'],
      ];
      for (const url of urls) {
        if (/^\/(live|healthz|readyz|assets|public|set-password)/.test(url)) continue;
        for (const who of PARTS) {
          const here = await ask('GET', url, who);
          const there = await ask('GET', url, who, undefined, other);
          expect({ url, who, status: there.status, differs: difference(here.text, there.text) }).toEqual({
            ...{ url, who, status: here.status, differs: undefined },
          });
          // What was asked for stands in the links to the other languages.
          if (here.status !== 200 || ELSEWHERE.test(url)) continue;
          shown += 1;
          expect({ url, who, leaks: ELSEWHERE.exec(here.text)?.[0] }).toEqual({ url, who, leaks: undefined });
        }
      }
      expect(shown).toBeGreaterThan(60);
      // Something has changed, as who sees everything knows.
      for (const url of ['/alerts/2', '/service-points/malmi-office', '/admin/exclusions']) {
        const [here, there] = [await ask('GET', url, 'admin'), await ask('GET', url, 'admin', undefined, other)];
        expect([url, here.status, here.text === there.text]).toEqual([url, 200, false]);
      }
    });

    it('shows what is their own', async () => {
      const { text } = await ask('GET', '/', 'viewer-part');
      expect(text).toContain('Kallion terveysasema');
      expect((await ask('GET', '/reports/weekly/2026-W47', 'viewer-part')).to).toBe(
        '/reports/weekly/2026-W47?group=health',
      );
    });

    it('takes no form that brings something in from elsewhere, or sends it there', async () => {
      const point = { id: 'new-point', group: 'social', 'name.fi': 'Uusi', repeatWindow: '5', always: 'yes' };
      const { id: _, ...pointHere } = point;
      const rule = {
        scope: 'group/social',
        kind: 'negative-share',
        name: 'mine',
        share: '50',
        minPresses: '5',
        window: '60 min',
      };
      const forms: readonly (readonly [url: string, fields: Record<string, string>])[] = [
        ['/admin/new-service-point', point],
        ['/admin/service-points/kallio-clinic', pointHere],
        ['/admin/service-points/malmi-office', { ...pointHere, group: 'health' }],
        ['/admin/new-group', { id: 'mine', parent: 'social', 'name.fi': 'Oma' }],
        ['/admin/new-group', { id: 'mine-too', parent: '', 'name.fi': 'Oma' }],
        ['/admin/groups/health', { parent: '', 'name.fi': 'Oma' }],
        ['/admin/terminals/kallio-1/move', { servicePoint: 'malmi-office', from: '2026-11-20 13:00', question: '' }],
        ['/admin/terminals/malmi-1/move', { servicePoint: 'kallio-clinic', from: '2026-11-20 13:00', question: '' }],
        [
          '/admin/exclusions',
          { target: 'malmi-1', kind: 'terminal', from: '2026-11-20 08:00', to: '2026-11-20 09:00', reason: 'other' },
        ],
        [
          '/admin/exclusions',
          {
            target: 'malmi-office',
            kind: 'service-point',
            from: '2026-11-20 08:00',
            to: '2026-11-20 09:00',
            reason: 'other',
          },
        ],
        ['/admin/settings/group/social', { lockoutMs: '100' }],
        ['/admin/settings/organisation/all', { lockoutMs: '100' }],
        ['/admin/alert-rules/rule', rule],
        ['/admin/alert-rules/rule', { ...rule, scope: 'organisation' }],
        ['/admin/alert-rules/recipients', { scope: 'organisation', recipients: 'a@example.org en' }],
        ['/admin/questions/visit', { 'text.fi': 'Muu', 'text.sv': 'Annan', 'text.en': 'Other' }],
        [
          '/reports/weekly/2026-W47/send',
          { address: 'a@example.org', language: 'fi', format: 'html', group: 'social' },
        ],
        ['/reports/weekly/2026-W47/send', { address: 'a@example.org', language: 'fi', format: 'html' }],
      ];
      const main = { site, headers };
      const spare = await siteOfAll();
      onTestFinished(() => stopped(spare));
      const changes = async () => (await site.store.registryLog({ limit: 1 }))[0]?.id;
      const before = await changes();
      for (const [url, fields] of forms) {
        // Nothing else is wrong with it: who may do it everywhere does it, at a site that nobody else looks at.
        const done = await ask('POST', url, 'admin', { ...fields, ...(await versionAt(url, spare)) }, spare);
        expect({ url, fields, status: done.status, wrong: wrongWith(done) }).toEqual({
          url,
          fields,
          status: 303,
          wrong: '',
        });
        const { status } = await ask('POST', url, 'admin-part', { ...fields, ...(await versionAt(url, main)) });
        expect(site.http.errors).toEqual([]);
        expect({ url, fields, refused: [403, 404, 422].includes(status) ? true : status }).toEqual({
          url,
          fields,
          refused: true,
        });
      }
      expect(site.http.errors).toEqual([]);
      expect(await changes()).toBe(before);
      // Both reports of the one who may.
      expect(smtp.mails).toHaveLength(2);
      const own = { id: 'new-point', group: 'health', 'name.fi': 'Uusi', repeatWindow: '5', always: 'yes' };
      expect((await ask('POST', '/admin/new-service-point', 'admin-part', own)).status).toBe(303);
    });
  });
});

/** Reports that somebody sends by hand do go out. */
function mailing(store: SqliteStore, port: number): Reporting {
  const silent = () => undefined;
  return new Reporting({
    ...{
      store,
      clock: new FakeClock({ offsetMs: SAMPLE_NOW }),
      random: () => 0.5,
      zone: SAMPLE_ZONE,
      printer: new PdfPrinter(),
    },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    schedule: undefined,
    mail: { host: '127.0.0.1', port, secure: false, from: 'hymio@example.org' },
  });
}

/** What was wrong with a form, where a page says so. */
function wrongWith({ text }: { text: string }): string {
  return (text.split('role="alert"')[1] ?? '').slice(0, 500);
}

/** What a page says of its own, whatever the things are called that its address names. */
function withoutIds(page: string, url: string): string {
  return url
    .split('/')
    .slice(2)
    .reduce(
      (text, id) => text.replaceAll(new RegExp(`(?<![\\w-])${id}(?![\\w-])`, 'g'), 'IT'),
      page.split('<main').at(-1) ?? '',
    );
}

/** Where two texts begin to differ, shortly: a whole page says nothing to who looks for it. */
function difference(one: string, other: string): string | undefined {
  if (one === other) return undefined;
  const at = [...one].findIndex((character, index) => character !== other[index]);
  return `${one.slice(at - 100, at + 100)} … ${other.slice(at - 20, at + 100)}`;
}
