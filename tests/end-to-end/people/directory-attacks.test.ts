import { DirectoryClient, directorySchema, guardedFetch } from '@hymio/gateway';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CookieBrowser } from '../../support/cookie-browser.js';
import { DirectorySite } from '../../support/directory-site.js';
import { ForgedDirectory } from '../../support/forged-directory.js';
import { SAMPLE_NOW } from '../../support/sample-store.js';

const MINUTE_MS = 60_000;
const COOKIE = 'hymio-directory';
const performanceClock = { monotonic: () => performance.now() };
const SETTINGS = {
  clientId: 'hymio',
  name: { fi: 'a', sv: 'b', en: 'c' },
  roles: { claim: 'groups', map: { all: { role: 'viewer' } } },
};

describe('an attack on the login by a directory', () => {
  let forged: ForgedDirectory;
  let gateway: DirectorySite;
  let browser: CookieBrowser;
  let origin = '';
  let now = SAMPLE_NOW;

  beforeAll(async () => {
    origin = await DirectorySite.freeOrigin();
    forged = await ForgedDirectory.start();
    gateway = await DirectorySite.start(origin, forged.issuer, { timeoutSeconds: 1 }, () => now);
  });
  afterAll(async () => {
    await gateway.stop();
    await forged.stop();
  });
  beforeEach(() => {
    forged.reset();
    browser = new CookieBrowser();
    gateway.warnings.length = 0;
  });

  const begin = async (of = browser) => {
    const answer = await of.ask(`${origin}/login/directory`);
    return answer.headers.get('location') ?? '';
  };
  const isIn = (of = browser) => of.cookies(origin).includes('hymio-session=');
  /** Status of what came back, and the code that was warned of. */
  async function come(address: string, of = browser) {
    const answer = await of.ask(address);
    return [answer.status, gateway.warnings.at(-1)?.code, isIn(of)];
  }
  const BEGIN_ANEW = [400, undefined, false];
  const INVALID = [400, 'directory-answer-invalid', false];

  it('fails for its own sake: what is right gets in', async () => {
    expect(await come(forged.back(await begin()))).toEqual([303, undefined, true]);
    expect(browser.cookies(origin)).not.toContain(COOKIE);
  });

  it('with another state, or none, never gets as far as the code', async () => {
    for (const state of ['another', '']) {
      expect(await come(forged.back(await begin(), { state }))).toEqual(INVALID);
    }
    expect(forged.asked).not.toContain('/token');
  });

  it('with a callback begun by somebody else (login CSRF), without the cookie, or with that of another', async () => {
    const attacker = new CookieBrowser();
    const address = forged.back(await begin(attacker));
    expect(await come(address)).toEqual(BEGIN_ANEW);
    await begin();
    expect(await come(address)).toEqual(INVALID);
    for (const sealed of ['', 'x', 'a.b.c.d.e', `${'A'.repeat(8_000)}`]) {
      browser.setCookie(origin, COOKIE, sealed);
      expect((await come(address)).slice(0, 1)).toEqual([400]);
    }
    expect(forged.asked).not.toContain('/token');
  });

  it('with the same callback again, or too late', async () => {
    const address = forged.back(await begin());
    const sealed = browser.cookies(origin).split('=')[1];
    expect(await come(address)).toEqual([303, undefined, true]);
    browser = new CookieBrowser();
    expect(await come(address)).toEqual(BEGIN_ANEW);
    browser.setCookie(origin, COOKIE, sealed);
    forged.interfere = (path, response) => {
      if (path !== '/token') return false;
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      return true;
    };
    // The code is spent: the provider says so.
    expect(await come(address)).toEqual([403, 'directory-refused', false]);
    forged.reset();
    gateway.warnings.length = 0;
    now += 11 * MINUTE_MS;
    expect(await come(address)).toEqual(BEGIN_ANEW);
  });

  it('with an ID token of another login, issuer or client, or one that is over', async () => {
    const seconds = Math.floor(Date.now() / 1_000);
    for (const claims of [
      { nonce: 'another' },
      { nonce: undefined },
      { iss: 'https://evil.example' },
      { aud: 'another-client' },
      { aud: ['hymio', 'another'], azp: 'another' },
      { exp: seconds - 120 },
      { iat: undefined },
      { sub: undefined },
    ]) {
      forged.claims = claims;
      expect([claims, ...(await come(forged.back(await begin())))]).toEqual([claims, ...INVALID]);
    }
    expect(await come(forged.back(await begin(), { iss: 'https://evil.example' }))).toEqual(INVALID);
  });

  it('with an ID token that is unsigned, signed by another key, or by the secret of the client', async () => {
    for (const signature of ['none', 'foreign', 'hmac'] as const) {
      forged.signature = signature;
      expect([signature, ...(await come(forged.back(await begin())))]).toEqual([signature, ...INVALID]);
    }
  });

  it('with a login of an hour ago, where a fresh one is asked for', async () => {
    const settings = { ...SETTINGS, issuer: forged.issuer, prompt: 'login', maxAgeMinutes: 5 };
    const redirectUri = `${origin}/login/directory/callback`;
    const config = directorySchema.parse(settings);
    const client = new DirectoryClient({ config, clientSecret: 'x', redirectUri, clock: performanceClock });
    const seconds = Math.floor(Date.now() / 1_000);
    const finish = async (claims: Record<string, unknown>) => {
      const { url, flow } = await client.begin();
      expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({ prompt: 'login', max_age: '300' });
      forged.claims = claims;
      return client.finish({ ...flow, next: '/' }, new URL(forged.back(url)).searchParams);
    };
    for (const claims of [{}, { auth_time: seconds - 3_600 }]) {
      await expect(finish(claims)).rejects.toMatchObject({ code: 'directory-answer-invalid' });
    }
    expect((await finish({ auth_time: seconds - 10 })).subject).toEqual({ issuer: forged.issuer, subject: 's-1' });
  });

  it('with markup in the words of the directory shows it as text', async () => {
    const more = { error: 'access_denied', error_description: '<script>alert(1)</script>', code: '' };
    const answer = await browser.ask(forged.back(await begin(), more));
    expect(answer.status).toBe(403);
    const text = await answer.text();
    expect(text).toContain('&lt;script>alert(1)&lt;/script>');
    expect(text).not.toContain('<script>alert');
    // Without the state of a login of this browser it is not shown at all.
    const foreign = await new CookieBrowser().ask(forged.back(await begin(), more));
    expect([foreign.status, (await foreign.text()).includes('alert(1)')]).toEqual([400, false]);
  });

  it('by answers that never end or are huge keeps nobody waiting', async () => {
    const waits = (path: string) => path === '/token';
    const huge = '{"a":"'.padEnd(2_000_000, 'x');
    forged.interfere = waits;
    expect(await come(forged.back(await begin()))).toEqual([503, 'directory-unreachable', false]);
    forged.interfere = (path, response) => {
      if (path !== '/token') return false;
      response.writeHead(200, { 'content-type': 'application/json' }).write('{');
      return true;
    };
    expect(await come(forged.back(await begin()))).toEqual([503, 'directory-unreachable', false]);
    forged.interfere = (path, response) => {
      if (path !== '/token') return false;
      response.writeHead(200, { 'content-type': 'application/json' }).end(huge);
      return true;
    };
    expect(await come(forged.back(await begin()))).toEqual([503, 'directory-unreachable', false]);
    forged.interfere = (path, response) => {
      if (path !== '/token') return false;
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
      return true;
    };
    expect(await come(forged.back(await begin()))).toEqual([503, 'directory-unreachable', false]);
  });
});

describe('a directory that is down', () => {
  it('stops neither the gateway nor passwords, and is asked again', async () => {
    const forged = await ForgedDirectory.start();
    const origin = await DirectorySite.freeOrigin();
    forged.interfere = (path, response) => {
      response.writeHead(path.includes('well-known') ? 500 : 404).end();
      return true;
    };
    const gateway = await DirectorySite.start(origin, forged.issuer);
    try {
      const browser = new CookieBrowser();
      const down = await browser.ask(`${origin}/login/directory?lang=sv`);
      expect(down.status).toBe(503);
      expect(await down.text()).toContain('Inloggningstjänsten svarar inte just nu.');
      expect(gateway.warnings.map(({ code }) => code)).toEqual(['directory-unreachable']);
      expect((await browser.ask(`${origin}/login`)).status).toBe(200);

      forged.reset();
      const up = await browser.ask(`${origin}/login/directory`);
      expect([up.status, new URL(up.headers.get('location') ?? '').origin]).toEqual([303, forged.issuer]);
    } finally {
      await gateway.stop();
      await forged.stop();
    }
  });

  it('or that says it is another, or sends people and secrets where nothing is encrypted, is not believed', async () => {
    const forged = await ForgedDirectory.start();
    try {
      const config = directorySchema.parse({ ...SETTINGS, issuer: forged.issuer });
      for (const change of [
        { issuer: 'https://evil.example' },
        { authorization_endpoint: 'http://evil.example/auth' },
        { authorization_endpoint: 'javascript:alert(1)' },
        { authorization_endpoint: undefined },
      ]) {
        forged.interfere = (_, response) => {
          const own = { issuer: forged.issuer, authorization_endpoint: `${forged.issuer}/auth` };
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...own, ...change }));
          return true;
        };
        const redirectUri = 'http://127.0.0.1:1/login/directory/callback';
        const client = new DirectoryClient({ config, clientSecret: 'x', redirectUri, clock: performanceClock });
        await expect(client.begin(), JSON.stringify(change)).rejects.toMatchObject({ code: 'directory-unreachable' });
      }
      const signal = AbortSignal.timeout(1_000);
      const asked = guardedFetch('http://evil.example/token', {
        body: undefined,
        headers: {},
        method: 'GET',
        redirect: 'manual',
        signal,
      });
      await expect(asked).rejects.toThrow('http://evil.example is not encrypted');
    } finally {
      await forged.stop();
    }
  });
});
