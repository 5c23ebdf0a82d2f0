import { randomBytes } from 'node:crypto';
import { hashTokenSecret, makeTokenSecret, type TokenScope, tokenText } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SampleSite } from '../support/sample-site.js';
import { SAMPLE_NOW } from '../support/sample-store.js';

describe('settings of terminals over the API', () => {
  let site: SampleSite;
  let admin = '';
  let reader = '';

  beforeAll(async () => {
    site = await SampleSite.start();
    admin = await token('config', ['admin']);
    reader = await token('reader', ['terminals:read']);
  });
  afterAll(() => site.stop());

  async function token(name: string, scopes: TokenScope[]): Promise<string> {
    const secret = makeTokenSecret(randomBytes);
    const made = { name, scopes, hash: hashTokenSecret(secret) };
    const { id } = await site.store.tokens.create(made, { who: 'Aino', at: SAMPLE_NOW });
    return tokenText(id, secret);
  }
  async function ask(method: 'GET' | 'PUT', path: string, body?: object, as: string | undefined = admin) {
    const answer = await fetch(`${site.http.address.url}/api/v1${path}`, {
      method,
      headers: {
        ...(as === undefined || as === '' ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  it('are said of a group and of a terminal in it, which has the rest from the group', async () => {
    expect((await ask('GET', '/terminals/kallio-1/settings')).body).toMatchObject({ settings: {}, inherited: {} });
    const group = await ask('PUT', '/groups/health/settings', { lockoutMs: 40, thanks: 'light' });
    expect(group).toMatchObject({ status: 200, body: { settings: { lockoutMs: 40, thanks: 'light' } } });
    const one = await ask('PUT', '/terminals/kallio-1/settings', { lockoutMs: 60 });
    expect(one.body).toMatchObject({ settings: { lockoutMs: 60 }, inherited: { lockoutMs: 40, thanks: 'light' } });
    const detail = await ask('GET', '/terminals/kallio-1', undefined, reader);
    expect(detail.body).toMatchObject({ config: { settings: { lockoutMs: 60, thanks: 'light' } } });
  });

  it('are written down with the name of the token', async () => {
    await ask('PUT', '/terminals/kallio-2/settings', { heartbeatIntervalMs: 30_000 });
    const subject = { kind: 'terminal-settings', id: 'terminal/kallio-2' } as const;
    expect(await site.store.registryLog({ limit: 1, subject })).toMatchObject([
      { who: 'token config', what: 'put-terminal-settings', after: { heartbeatIntervalMs: 30_000 } },
    ]);
  });

  it('do not take the place of what somebody else said meanwhile', async () => {
    const { version } = (await ask('GET', '/groups/social/settings')).body;
    expect((await ask('PUT', '/groups/social/settings', { lockoutMs: 30, version })).status).toBe(200);
    const late = await ask('PUT', '/groups/social/settings', { lockoutMs: 50, version });
    expect(late).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
    expect((await ask('GET', '/groups/social/settings')).body).toMatchObject({ settings: { lockoutMs: 30 } });
    expect((await ask('PUT', '/groups/social/settings', {})).body).toMatchObject({ settings: {} });
  });

  it.each([
    ['/terminals/kallio-1/settings', { lockoutMs: 11 }, 400, 'invalid-parameter'],
    ['/terminals/kallio-1/settings', { heartbeatIntervalMs: 600_001 }, 400, 'invalid-parameter'],
    ['/terminals/kallio-1/settings', { colour: 'blue' }, 400, 'invalid-parameter'],
    ['/terminals/nobody/settings', { lockoutMs: 30 }, 404, 'unknown-terminal'],
    ['/groups/nowhere/settings', { lockoutMs: 30 }, 404, 'unknown-group'],
  ])('refuses %s %j', async (path, body, status, code) => {
    expect(await ask('PUT', path, body)).toMatchObject({ status, body: { code } });
  });

  it('are for programs with the scope admin alone, and never changed without a token', async () => {
    expect(await ask('PUT', '/groups/health/settings', {}, reader)).toMatchObject({ status: 403 });
    expect(await ask('GET', '/groups/health/settings', undefined, reader)).toMatchObject({ status: 403 });
    expect(await ask('PUT', '/groups/health/settings', {}, '')).toMatchObject({
      status: 401,
      body: { code: 'token-needed' },
    });
  });
});
