import type { MemoryStore } from '@hymio/gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_NOW, sampleStore } from '../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../support/test-http-server.js';

let store: MemoryStore;
let http: TestHttpServer;
beforeEach(async () => {
  store = await sampleStore();
  http = await startTestHttpServer(store);
});
afterEach(() => http.server.stop());

const page = async (path: string, lang = 'en') =>
  (await http.get(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)).text();
const versionOf = (html: string, form: string) =>
  new RegExp(`id="${form}".*?name="version" value="([0-9a-f]+)"`, 's').exec(html)?.[1] ?? '';
const send = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${http.address.url}${path}?lang=en`, {
    method: 'POST',
    body: new URLSearchParams({ by: 'Aino', ...fields }),
    headers,
    redirect: 'manual',
  });
const totals = async () => {
  const [cell] = await store.rollups({ from: 0, to: SAMPLE_NOW + 86_400_000, step: 'whole', by: 'total' });
  return cell;
};

describe('the administration', () => {
  it.each([
    '/admin',
    '/admin/new-group',
    '/admin/groups/city',
    '/admin/new-service-point',
    '/admin/service-points/kallio-clinic',
    '/admin/service-points/kallio-clinic/new-note',
    '/admin/questions',
    '/admin/new-question',
    '/admin/questions/visit',
    '/admin/terminals',
    '/admin/new-terminal',
    '/admin/terminals/kallio-1',
    '/admin/exclusions',
    '/admin/new-exclusion',
    '/admin/settings',
    '/admin/settings/organisation/all',
    '/admin/settings/group/city',
    '/admin/settings/service-point/kallio-clinic',
    '/admin/settings/terminal/kallio-1',
    '/admin/log',
  ])('shows %s in every language', async (path) => {
    for (const lang of ['fi', 'sv', 'en']) {
      const answer = await http.get(`${path}?lang=${lang}`);
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toMatch(/undefined|\[object|NaN/);
    }
  });

  it.each([
    'groups/x',
    'service-points/x',
    'questions/x',
    'terminals/x',
    'exclusions/9',
    'notes/9',
    'settings/group/x',
  ])('says in the language of the user that there is no %s', async (path) => {
    const answer = await http.get(`/admin/${path}?lang=sv`, { accept: 'text/html' });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain('lang="sv"');
  });

  it('saves a service point, keeps HTML as text, and refuses what somebody else has changed meanwhile', async () => {
    const path = '/admin/service-points/kallio-clinic';
    const version = versionOf(await page(path), 'point');
    const fields = {
      version,
      'name.en': '<b>Kallio</b>',
      group: 'city',
      repeatWindow: '5',
      'openingHours.mon': '8-16.30',
    };
    const answer = await send(path, fields);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?lang=en`]);
    const html = await page(path);
    expect(html).toContain('&lt;b>Kallio&lt;/b>');
    expect(html).not.toContain('<b>Kallio');
    expect(html).toContain('08:00-16:30');
    const late = await send(path, { ...fields, 'name.en': 'Mine' });
    expect(late.status).toBe(422);
    const again = await late.text();
    expect(again).toContain('Somebody else has changed this meanwhile');
    expect(again).toContain('value="Mine"');
    expect((await send(path, { ...fields, 'name.en': 'Mine', version: versionOf(again, 'point') })).status).toBe(303);
    expect(await page('/admin/log')).toContain('service point saved');
  });

  it('keeps what was typed and says what is wrong at the field', async () => {
    const path = '/admin/service-points/kallio-clinic';
    const version = versionOf(await page(path), 'point');
    const wrong = await send(path, {
      version,
      by: '',
      'name.en': 'Kallio',
      group: 'city',
      repeatWindow: 'soon',
      'openingHours.mon': 'morning',
      exceptions: '2026-12-24 closed\n24.12.',
    });
    expect(wrong.status).toBe(422);
    const html = await wrong.text();
    for (const field of ['by', 'repeatWindow', 'openingHours-mon', 'exceptions']) {
      expect(html).toContain(`id="point-${field}-fault"`);
    }
    expect(html).toContain('value="morning"');
    expect(html).toContain('Line 2 cannot be understood');
    const hours = await send(path, {
      version,
      'name.en': 'K',
      group: 'city',
      repeatWindow: '5',
      'openingHours.tue': '16-8',
    });
    expect(await hours.text()).toContain('Tuesday: it closes before it opens.');
    const question = await send('/admin/new-question', { id: 'new', 'text.fi': 'Mitä?' });
    expect(question.status).toBe(422);
    expect((await question.text()).match(/needs its text/g)?.length).toBe(4);
    expect((await send('/admin/questions/visit/remove', {})).status).toBe(422);
  });

  it('moves a terminal, exchanges its device, takes it out of use and brings it back', async () => {
    const path = '/admin/terminals/kallio-1';
    const version = versionOf(await page(path), 'move');
    const moved = await send(`${path}/move`, {
      version,
      servicePoint: 'malmi-office',
      question: 'visit',
      from: '2026-11-02T08:00',
    });
    expect(moved.status).toBe(303);
    expect((await send(`${path}/move`, { version, servicePoint: '', from: '2026-11-02T08:00' })).status).toBe(422);
    expect((await store.terminal('kallio-1', SAMPLE_NOW))?.assignment?.servicePoint).toBe('malmi-office');
    const at = '2026-11-03T08:00';
    expect((await send(`${path}/replace`, { at, why: '' })).status).toBe(422);
    expect((await send(`${path}/replace`, { at, why: 'coffee' })).status).toBe(303);
    expect((await send(`${path}/retire`, { at: '2031-01-01T00:00' })).status).toBe(422);
    expect((await send(`${path}/retire`, { at })).status).toBe(303);
    expect(await page(path)).toContain('Bring back into use');
    expect((await send(`${path}/restore`, {})).status).toBe(303);
    expect((await store.terminal('kallio-1', SAMPLE_NOW))?.retiredAt).toBeUndefined();
  });

  it('leaves presses out after showing how many, and brings them back to the same numbers', async () => {
    const before = await totals();
    const span = {
      target: 'kallio-1',
      from: '2026-01-01T00:00',
      to: '2026-12-31T00:00',
      reason: 'cleaner',
      note: '<i>x</i>',
    };
    expect((await send('/admin/new-exclusion', { ...span, to: '2025-01-01T00:00' })).status).toBe(422);
    expect((await send('/admin/new-exclusion', { ...span, target: 'nobody' })).status).toBe(422);
    const looked = await send('/admin/new-exclusion', span);
    expect(looked.status).toBe(303);
    const preview = await page(looked.headers.get('location')?.replace(/&lang=en$/, '') ?? '');
    expect(preview).toMatch(/would be left out/);
    expect(preview).toContain('&lt;i>x&lt;/i>');
    expect((await totals())?.excluded).toBe(0);
    const nameless = await send('/admin/exclusions', { ...span, kind: 'terminal', by: '' });
    expect(nameless.status).toBe(422);
    const again = await nameless.text();
    expect(again).toMatch(/would be left out/);
    expect(again).toContain('id="confirm-by-fault"');
    expect((await send('/admin/exclusions', { ...span, kind: 'terminal' })).status).toBe(303);
    expect((await totals())?.excluded).toBeGreaterThan(0);
    expect((await send('/admin/exclusions/1/revoke', { why: 'oops' })).status).toBe(303);
    expect(await totals()).toEqual(before);
    expect((await send('/admin/exclusions/1/revoke', {})).status).toBe(422);
  });

  it('keeps notes, and takes nothing from pages of somebody else', async () => {
    const path = '/admin/service-points/kallio-clinic/new-note';
    const note = { kind: 'changed', from: '2026-11-02T08:00', 'text.fi': 'Jono lyheni' };
    expect((await send(path, note, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await send(path, { ...note, 'text.fi': '' })).status).toBe(422);
    expect((await send(path, note)).status).toBe(303);
    expect(await page('/admin/notes/1')).toContain('Jono lyheni');
    expect((await send('/admin/notes/1/remove', {})).status).toBe(303);
    expect(await store.staffNotes()).toEqual([]);
  });
});
