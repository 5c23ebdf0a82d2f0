import { randomBytes } from 'node:crypto';
import { hashTokenSecret, makeTokenSecret, tokenText } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SamplePeople } from '../../support/sample-people.js';
import type { SampleSite } from '../../support/sample-site.js';
import { SAMPLE_NOW } from '../../support/sample-store.js';
import { OWN_GROUP } from './named-objects.js';

const BY = { who: 'operator', at: SAMPLE_NOW };
/** kallio-1 stood elsewhere from here on: 12:00 in Helsinki. */
const MOVED_AT = Date.parse('2026-11-19T10:00:00Z');
const BEFORE = { from: '2026-11-19 08:00', to: '2026-11-19 12:00' };
const ACROSS = { from: '2026-11-19 08:00', to: '2026-11-19 13:00' };
/** It had not stood there yet when this begins. */
const EARLY = { from: '2025-12-31 08:00', to: '2026-01-02 08:00' };
const AFTER = { from: '2026-11-19 12:00', to: '2026-11-19 13:00' };

describe('presses of a terminal that stood in a group and then elsewhere, for an administrator of the group', () => {
  let site: SampleSite;
  let sample: SamplePeople;
  let asPart: Record<string, string>;

  beforeEach(async () => {
    ({ site, sample } = await SamplePeople.site([
      { name: 'admin', displayName: 'Admin', role: 'admin' },
      { name: 'part', displayName: 'Part', role: 'admin', groups: [OWN_GROUP] },
    ]));
    asPart = await sample.headers('part', site.http.address.url);
    await site.store.editRegistry(
      { kind: 'move-terminal', terminal: 'kallio-1', servicePoint: 'malmi-office', from: MOVED_AT, question: 'visit' },
      BY,
    );
  });
  afterEach(async () => {
    sample.stop();
    await site.stop();
  });

  const send = (method: 'GET' | 'POST', url: string, form: Record<string, string> = {}): Promise<Response> => {
    const body = method === 'POST' ? { body: new URLSearchParams(form) } : {};
    const headers = { ...asPart, accept: 'text/html' };
    return fetch(site.http.address.url + url, { method, headers, redirect: 'manual', ...body });
  };
  async function ask(method: 'GET' | 'POST', url: string, form: Record<string, string> = {}): Promise<number> {
    const answer = await send(method, url, form);
    await answer.text();
    return answer.status;
  }
  async function sendForm(url: string, form: Record<string, string>) {
    const answer = await send('POST', url, form);
    return { status: answer.status, location: answer.headers.get('location') ?? '', html: await answer.text() };
  }
  /** Field and text of each. */
  const faultsIn = (html: string) =>
    [...html.matchAll(/<p class="fault" id="[a-z]+-([a-z]+)-fault">\s*([^<]*)/g)].map(([, at, told]) => [at, told]);
  const fields = (span: { from: string; to: string }) => ({
    target: 'kallio-1',
    kind: 'terminal',
    reason: 'other',
    note: '',
    ...span,
  });

  it('are counted and left out where all of them were made in the group', async () => {
    const made = (await site.store.exclusions()).length;
    expect(await ask('GET', `/admin/new-exclusion?${new URLSearchParams(fields(BEFORE))}`)).toBe(200);
    expect(await ask('POST', '/admin/exclusions', fields(BEFORE))).toBe(303);
    expect((await site.store.exclusions()).length).toBe(made + 1);
  });

  it('are found by the form where all of them were made in the group, though the terminal stands elsewhere now', async () => {
    const { status, location } = await sendForm('/admin/new-exclusion', fields(BEFORE));
    expect([status, location]).toEqual([303, expect.stringContaining('target=kallio-1&kind=terminal')]);
    expect(await ask('GET', location)).toBe(200);
  });

  it.each([
    [ACROSS, 'to', 'en', 'moved away from the places that you may see. Choose an earlier end.'],
    [ACROSS, 'to', 'fi', 'pois paikoista, jotka saat nähdä. Valitse aiempi loppu.'],
    [ACROSS, 'to', 'sv', 'bort från de ställen som du får se. Välj ett tidigare slut.'],
    [EARLY, 'from', 'en', 'did not stand in a place that you may see. Choose a later beginning.'],
    [EARLY, 'from', 'fi', 'ei ollut tähän aikaan paikassa, jonka saat nähdä. Valitse myöhempi alku.'],
    [EARLY, 'from', 'sv', 'stod terminalen inte på ett ställe som du får se. Välj en senare början.'],
    [AFTER, 'target', 'en', 'There is no terminal or service point with this id.'],
  ])('are refused by the form for %j at its field %s in %s', async (span, field, language, text) => {
    const made = (await site.store.exclusions()).length;
    const { status, html } = await sendForm(`/admin/new-exclusion?lang=${language}`, fields(span));
    expect(status).toBe(422);
    expect(faultsIn(html)).toEqual([[field, expect.stringContaining(text)]]);
    expect((await site.store.exclusions()).length).toBe(made);
  });

  it('are neither counted nor left out where some or all were made elsewhere', async () => {
    const made = (await site.store.exclusions()).length;
    for (const [span, seen, field] of [
      [ACROSS, 403, 'to'],
      [EARLY, 403, 'from'],
      [AFTER, 404, 'target'],
    ] as const) {
      expect(await ask('GET', `/admin/new-exclusion?${new URLSearchParams(fields(span))}`)).toBe(seen);
      // The terminal may have been moved since it was asked whether that is meant: then the form is there again.
      const { status, html } = await sendForm('/admin/exclusions', { ...fields(span), note: 'a test' });
      expect([status, faultsIn(html).map(([at]) => at)]).toEqual([422, [field]]);
      expect(html).toContain('value="a test"');
      expect(html).not.toContain('action="/admin/exclusions"');
    }
    expect((await site.store.exclusions()).length).toBe(made);
  });

  it('are told of to a program of the group where some or all of them were made there', async () => {
    const exclude = async (from: string, to: string) => {
      const span = { from: Date.parse(from), to: Date.parse(to) };
      const request = { target: { kind: 'terminal', id: 'kallio-1' }, ...span, reason: 'other' } as const;
      return (await site.store.exclude(request, BY)).exclusion.id;
    };
    const secret = makeTokenSecret(randomBytes);
    const token = { name: 'program', scopes: ['aggregates:read' as const], group: OWN_GROUP };
    const { id } = await site.store.tokens.create({ ...token, hash: hashTokenSecret(secret) }, BY);
    const read = async () => {
      const headers = { authorization: `Bearer ${tokenText(id, secret)}` };
      const answer = await fetch(`${site.http.address.url}/api/v1/exclusions?terminal=kallio-1`, { headers });
      const { exclusions } = (await answer.json()) as { exclusions: { id: number }[] };
      return exclusions.map((one) => one.id);
    };
    const known = await read();
    const after = await exclude('2026-11-19T10:30:00Z', '2026-11-19T11:00:00Z');
    const across = await exclude('2026-11-19T09:00:00Z', '2026-11-19T11:00:00Z');
    const before = await exclude('2026-11-19T06:00:00Z', '2026-11-19T07:00:00Z');
    const told = (await read()).filter((one) => !known.includes(one));
    expect(told.sort()).toEqual([across, before].sort());
    expect(told).not.toContain(after);
  });

  it('stay left out, unless all that are left out were made in the group', async () => {
    const exclude = (from: string, to: string) =>
      site.store.exclude(
        { target: { kind: 'terminal', id: 'kallio-1' }, from: Date.parse(from), to: Date.parse(to), reason: 'other' },
        BY,
      );
    const across = await exclude('2026-11-19T09:00:00Z', '2026-11-19T11:00:00Z');
    const after = await exclude('2026-11-19T10:30:00Z', '2026-11-19T11:00:00Z');
    const before = await exclude('2026-11-19T06:00:00Z', '2026-11-19T07:00:00Z');
    expect(await ask('GET', `/admin/exclusions/${across.exclusion.id}`)).toBe(200);
    expect(await ask('POST', `/admin/exclusions/${across.exclusion.id}/revoke`, { why: '' })).toBe(403);
    const page = async ({ exclusion }: { exclusion: { id: number } }) => {
      const answer = await fetch(`${site.http.address.url}/admin/exclusions/${exclusion.id}?lang=en`, {
        headers: asPart,
      });
      return answer.text();
    };
    expect(await page(across)).not.toContain('/revoke');
    expect(await page(across)).toContain('An administrator of the whole organisation can bring them back.');
    expect(await page(before)).toContain(`action="/admin/exclusions/${before.exclusion.id}/revoke`);
    expect(await page(before)).not.toContain('An administrator of the whole organisation can');
    expect(await ask('GET', `/admin/exclusions/${after.exclusion.id}`)).toBe(404);
    expect([403, 404]).toContain(await ask('POST', `/admin/exclusions/${after.exclusion.id}/revoke`, { why: '' }));
    expect(await ask('POST', `/admin/exclusions/${before.exclusion.id}/revoke`, { why: '' })).toBe(303);
    const inForce = (await site.store.exclusions()).filter(({ revoked }) => revoked === undefined).map(({ id }) => id);
    expect(inForce).toEqual(expect.arrayContaining([across.exclusion.id, after.exclusion.id]));
    expect(inForce).not.toContain(before.exclusion.id);
  });
});
