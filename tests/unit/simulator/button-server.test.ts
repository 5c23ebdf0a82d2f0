import { request } from 'node:http';
import type { PressOutcome } from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { ButtonServer } from '@hymio/simulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const EPOCH = '11111111-1111-4111-8111-111111111111';
let pressed: Rating[];
let outcome: (rating: Rating) => PressOutcome;
let server: ButtonServer;
let address: string;

beforeEach(async () => {
  pressed = [];
  outcome = (rating) => ({ kept: true, epoch: EPOCH, seq: pressed.length, rating });
  server = new ButtonServer({
    place: { fi: 'Kallio & <b>', sv: 'Berghäll', en: 'Kallio' },
    press: (rating) => {
      pressed.push(rating);
      return outcome(rating);
    },
  });
  address = await server.start(0);
});
afterEach(() => server.stop());

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(address, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body,
  });
}

/** `fetch` sets Host and Origin itself. */
function statusWith(method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(address, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end(method === 'POST' ? 'rating=3' : undefined);
  });
}

describe('the page with the four buttons', () => {
  it('is a plain form with four named buttons and no script, under a strict policy', async () => {
    const answer = await fetch(`${address}?lang=en`);
    const html = await answer.text();
    expect(
      [...html.matchAll(/<button name="rating" value="(\d)">.*?<span>(.*?)<\/span>/g)].map((m) => m.slice(1)),
    ).toEqual([
      ['3', 'Very happy'],
      ['2', 'Happy'],
      ['1', 'Unhappy'],
      ['0', 'Very unhappy'],
    ]);
    expect(html).not.toContain('<script');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await (await fetch(address)).text()).toContain('Kallio &amp; &lt;b&gt;');
  });

  it('speaks the language asked for, or that of the browser, or Finnish', async () => {
    const titleOf = async (url: string, accept?: string): Promise<string> =>
      /<html lang="(..)">/.exec(
        await (await fetch(url, { headers: { 'accept-language': accept ?? '' } })).text(),
      )?.[1] ?? '';
    expect(await titleOf(`${address}?lang=sv`, 'en')).toBe('sv');
    expect(await titleOf(address, 'de-DE, en-GB;q=0.8')).toBe('en');
    expect(await titleOf(address, 'de')).toBe('fi');
  });

  it('presses, thanks with the number of the press, and does not press again on reload', async () => {
    const answer = await post('rating=2&lang=en');
    expect([answer.status, pressed]).toEqual([303, [2]]);
    const thanks = new URL(answer.headers.get('location') ?? '', address);
    for (let reload = 0; reload < 2; reload += 1) {
      const html = await (await fetch(thanks)).text();
      expect(html).toContain(`<strong>Thank you!</strong> Kept as press 1 of epoch ${EPOCH}.`);
    }
    expect(pressed).toEqual([2]);
  });

  it('thanks for nothing that was not kept', async () => {
    outcome = (rating) => ({ kept: false, rating, code: 'journal-full' });
    const answer = await post('rating=0&lang=en');
    const html = await (await fetch(new URL(answer.headers.get('location') ?? '', address))).text();
    expect(html).toContain('The press was not kept (journal-full).');
    expect(html).not.toContain('Thank you');
  });

  it('refuses what is no rating, and more than a form', async () => {
    for (const body of ['', 'rating=4', 'rating=22', 'rating=-1', 'rating=happy'])
      expect((await post(body)).status).toBe(400);
    await expect(post(`rating=1&x=${'y'.repeat(5_000)}`)).rejects.toThrow();
    expect(pressed).toEqual([]);
  });

  it('lets no other site press', async () => {
    expect((await post('rating=3', { origin: 'http://elsewhere.example' })).status).toBe(403);
    expect((await post('rating=3', { origin: 'null' })).status).toBe(403);
    expect((await post('rating=3', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect(await statusWith('POST', { host: 'elsewhere.example' })).toBe(403);
    expect(await statusWith('GET', { host: `elsewhere.example:${new URL(address).port}` })).toBe(403);
    expect(pressed).toEqual([]);
    expect((await post('rating=3', { origin: address.slice(0, -1) })).status).toBe(303);
    expect(await statusWith('POST', { host: `localhost:${new URL(address).port}` })).toBe(303);
    expect(pressed).toEqual([3, 3]);
  });

  it('shows only what it said itself', async () => {
    for (const query of ['kept=1&epoch=<script>', 'kept=0&epoch=x', 'failed=<b>', `kept=1e3&epoch=${EPOCH}`]) {
      const html = await (await fetch(`${address}?lang=en&${query}`)).text();
      expect(html).toContain('<p class="note" role="status"></p>');
    }
  });
});
