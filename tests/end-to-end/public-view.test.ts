import { closeDueBlocks, type MemoryStore } from '@hymio/gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publicSampleStore, SHOW_ALL } from '../support/public-sample.js';
import { commitPresses, SAMPLE_NOW, SAMPLE_ZONE, sampleEpoch } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

const PAGES = ['', '/screen', '/widget'] as const;
const HTML = { accept: 'text/html' };
const POINT = '/public/kallio-clinic';
const FORM = '/admin/service-points/itakeskus-centre/public';

describe('the public view', () => {
  let store: MemoryStore;
  let http: TestHttpServer;
  const publicViews = { frameAncestors: ['https://www.hel.fi', 'https://*.example.org'], index: false };
  const publish = (servicePoint: string, now = SAMPLE_NOW) =>
    closeDueBlocks(store, servicePoint, { now, zone: SAMPLE_ZONE });

  beforeAll(async () => {
    store = await publicSampleStore();
    http = await startTestHttpServer(store, { publicViews, publicUrl: 'https://hymio.example.org' });
    await publish('kallio-clinic');
    await publish('malmi-office');
  });
  afterAll(() => http.server.stop());

  async function text(path: string): Promise<string> {
    const response = await http.get(path, HTML);
    expect(response.status, path).toBe(200);
    return response.text();
  }

  it.each(PAGES)('is off until it is switched on: %s, and then answers as if there was no such place', async (page) => {
    const answers = await Promise.all(
      ['/public/quiet-library', '/public/nowhere', '/public/N0%20ID', '/public/-'].map(async (path) => {
        const { status, headers } = await http.get(`${path}${page}`, HTML);
        const body = await (await http.get(`${path}${page}`, HTML)).text();
        const said = Object.fromEntries([...headers].filter(([name]) => !['date', 'keep-alive'].includes(name)));
        return { status, said, body };
      }),
    );
    expect(answers[0]?.status).toBe(404);
    expect(answers[0]?.body).toContain('palautetta ei ole julkaistu');
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('has no address beside those, and says no more where something else is asked for', async () => {
    const missing = await (await http.get('/public/nowhere', HTML)).text();
    for (const path of ['/public', '/public/', `${POINT}/other`, `${POINT}/screen/x`]) {
      const response = await http.get(path, HTML);
      expect([path, response.status, await response.text()]).toEqual([path, 404, missing]);
    }
  });

  it('shows last week and this week, the question and what was changed', async () => {
    const page = await text(`${POINT}?lang=en`);
    expect(page).toContain('<title>Customer feedback: Kallio health station</title>');
    expect(page).toContain('How was your visit?');
    expect(page).toContain('Last week (week 46)');
    expect(page).toMatch(/\d+%<\/strong>/);
    expect(page).toContain('There is a water dispenser');
    // A text that is there in Finnish only says so.
    expect(page).toContain('<span lang="fi">Lisäsimme tuoleja &lt;b>odotustilaan&lt;/b>.</span>');
    expect(page).not.toContain('vasta tulossa');
    expect(page).not.toContain('henkilökunnalle');
  });

  it('tells nothing of terminals and of who works there', async () => {
    for (const page of PAGES) {
      const shown = await text(`${POINT}${page}?lang=fi`);
      for (const secret of ['kallio-1', 'kallio-2', 'Aula<', 'Aino', 'Auttaja', '/admin', 'firmware', 'name="by"']) {
        expect(shown, `${page} ${secret}`).not.toContain(secret);
      }
    }
  });

  it.each(PAGES)('sets and reads no cookie, and may be kept for a minute: %s', async (page) => {
    const path = `${POINT}${page}`;
    const cookie = { ...HTML, 'accept-language': 'sv', cookie: 'hymio-language=en; hymio-name=Aino; hymio-notice=Hej' };
    for (const address of [path, `${path}?lang=fi`]) {
      const response = await http.get(address, cookie);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('cache-control')).toBe('public, max-age=60');
      expect(response.headers.get('x-robots-tag')).toBe('noindex');
      const shown = await response.text();
      expect(shown).toContain(address === path ? '<html lang="sv"' : '<html lang="fi"');
      expect(shown).toContain('<meta name="robots" content="noindex"/>');
      expect(shown).not.toContain('Hej');
    }
  });

  it('lets only the widget into frames, and only on the sites that are named', async () => {
    const ancestors = async (page: string) =>
      /frame-ancestors [^;]+/.exec(
        (await http.get(`${POINT}${page}`)).headers.get('content-security-policy') ?? '',
      )?.[0];
    expect(await ancestors('')).toBe("frame-ancestors 'none'");
    expect(await ancestors('/screen')).toBe("frame-ancestors 'none'");
    expect(await ancestors('/widget')).toBe('frame-ancestors https://www.hel.fi https://*.example.org');
    const closed = await startTestHttpServer(store);
    const policy = (await closed.get(`${POINT}/widget`)).headers.get('content-security-policy');
    expect(policy).toContain("frame-ancestors 'none'");
    await closed.server.stop();
  });

  it('may be found by search engines where the operator says so', async () => {
    const open = await startTestHttpServer(store, { publicViews: { frameAncestors: [], index: true } });
    const response = await open.get(POINT, HTML);
    expect(response.headers.get('x-robots-tag')).toBeNull();
    expect(await response.text()).not.toContain('noindex');
    await open.server.stop();
  });

  it('names itself to who links to it', async () => {
    const page = await text(`${POINT}?lang=sv`);
    expect(page).toContain('<meta property="og:title" content="Kundrespons: Berghälls hälsostation"/>');
    expect(page).toContain('<meta property="og:locale" content="sv_FI"/>');
    expect(page).toContain('content="https://hymio.example.org/public/kallio-clinic?lang=sv"');
  });

  it('turns through three languages on the screen, or stays with the one asked for', async () => {
    const all = await text(`${POINT}/screen`);
    expect([...all.matchAll(/data-region="(\w+)"/g)].map(([, language]) => language)).toEqual(['fi', 'sv', 'en']);
    expect(all).toContain('<noscript><meta http-equiv="refresh"');
    const one = await text(`${POINT}/screen?lang=en`);
    expect([...one.matchAll(/data-region="(\w+)"/g)].map(([, language]) => language)).toEqual(['en']);
  });

  it('asks nobody else for anything, and holds nothing inline', async () => {
    for (const page of PAGES) {
      const shown = await text(`${POINT}${page}`);
      const addresses = [...shown.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address ?? '');
      expect(addresses.filter((address) => !/^[/#?]/.test(address))).toEqual([]);
      expect(shown).not.toMatch(/<style|style="|<script(?![^>]*src=)| on\w+="/);
    }
  });

  it('says that it cannot be shown, and leads nowhere, where the store cannot be read', async () => {
    const broken = new Proxy(store, {
      get: (target, name) =>
        name === 'publicSettings' ? () => Promise.reject(new Error('gone')) : Reflect.get(target, name),
    });
    const down = await startTestHttpServer(broken);
    const response = await down.get(POINT, HTML);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('60');
    const shown = await response.text();
    expect(shown).toContain('ei voida juuri nyt näyttää');
    expect(shown).not.toMatch(/gone|href="\/"/);
    expect(down.errors).toHaveLength(1);
    await down.server.stop();
  });

  it('does not change what was published, whatever arrives later', async () => {
    const before = await text(`${POINT}?lang=en`);
    const late = Array.from({ length: 3 }, (_, index) => ({
      at: SAMPLE_NOW - 9 * 24 * 3_600_000 + index * 60_000,
      rating: 0 as const,
      clock: 'synced' as const,
    }));
    await commitPresses(store, 'kallio-1', sampleEpoch(77), late);
    await publish('kallio-clinic');
    const lastWeek = (page: string) => /Last week[\s\S]*?<\/section>/.exec(page)?.[0];
    expect(lastWeek(await text(`${POINT}?lang=en`))).toBe(lastWeek(before));
    expect(lastWeek(before)).toBeDefined();
  });

  it('prints no share of few answers', async () => {
    const page = await text('/public/malmi-office?lang=en');
    expect(page).not.toMatch(/\d+%/);
    expect(page).toContain('There were too few answers to show a result.');
    expect(page).toContain('5 answers');
    const by = { who: 'Aino', at: SAMPLE_NOW };
    await store.putPublicSetting({ servicePoint: 'quiet-library', enabled: true, show: SHOW_ALL }, by);
    expect(await text('/public/quiet-library?lang=en')).toContain('Fewer than 5 answers');
  });
});

describe('the form that makes a result public', () => {
  let store: MemoryStore;
  let http: TestHttpServer;
  beforeEach(async () => {
    store = await publicSampleStore();
    const publicViews = { frameAncestors: ['https://www.hel.fi'], index: false };
    http = await startTestHttpServer(store, { publicViews, publicUrl: 'https://hymio.example.org' });
    return () => http.server.stop();
  });

  const send = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(`${http.address.url}${FORM}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...HTML, ...headers },
      body: new URLSearchParams(fields).toString(),
    });

  it('shows what is set, switches it on with who did it, and publishes what is due at once', async () => {
    expect(await (await http.get(`${FORM}?lang=en`, HTML)).text()).toContain('The result is not public.');
    expect((await http.get('/public/itakeskus-centre')).status).toBe(404);
    const answer = await send({ by: 'Otso', enabled: 'yes', question: 'yes' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, FORM]);
    expect(await store.publicSettings()).toContainEqual({
      servicePoint: 'itakeskus-centre',
      enabled: true,
      show: { question: true, faces: false, changes: false },
    });
    expect((await store.registryLog({ limit: 1 }))[0]).toMatchObject({ who: 'Otso', what: 'put-public-view' });
    const page = await (await http.get('/public/itakeskus-centre?lang=en', HTML)).text();
    expect(page).toMatch(/\d+%<\/strong>/);
    expect(page).not.toContain('class="faces"');
    const form = await (await http.get(`${FORM}?lang=en`, HTML)).text();
    expect(form).toContain('/public/itakeskus-centre/screen');
    expect(form).toContain(
      '&lt;iframe src=&quot;https://hymio.example.org/public/itakeskus-centre/widget?lang=en&quot;',
    );
  });

  it('switches it off again, and then it is gone', async () => {
    await send({ by: 'Otso', enabled: 'yes' });
    await send({ by: 'Otso' });
    expect((await http.get('/public/itakeskus-centre')).status).toBe(404);
  });

  it('says at the field that nobody is named, and keeps what was chosen', async () => {
    const answer = await send({ by: ' ', enabled: 'yes', changes: 'yes' });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('Täytä tämä kenttä.');
    expect(page).toMatch(/name="enabled"[^>]*checked/);
    expect(page).not.toMatch(/name="faces"[^>]*checked/);
    expect((await store.publicSettings()).map(({ servicePoint }) => servicePoint)).not.toContain('itakeskus-centre');
  });

  it('is not taken from somebody else’s page, nor for a place that does not exist', async () => {
    expect((await send({ by: 'x', enabled: 'yes' }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await http.get('/admin/service-points/nowhere/public', HTML)).status).toBe(404);
  });
});
