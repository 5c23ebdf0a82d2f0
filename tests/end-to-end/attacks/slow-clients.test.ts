import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { answersIn, RawConnection } from '../../support/raw-connection.js';
import { sampleStore } from '../../support/sample-store.js';
import { startTestHttpServer, type TestHttpServer } from '../../support/test-http-server.js';

/** A second where a gateway gives a quarter of a minute: how long is its own affair, that it ends is what counts. */
const PATIENCE = { headersMs: 400, requestMs: 800, idleMs: 1_500, connections: 40 };
const DRIP_MS = 50;
const CONTENT = 'content-type: application/x-www-form-urlencoded\r\n';

describe('who speaks slowly, or says what can be read in two ways', () => {
  let http: TestHttpServer;
  let host = '';
  const open: RawConnection[] = [];
  const connect = async () => {
    const connection = await RawConnection.open(http.address);
    open.push(connection);
    return connection;
  };
  const say = async (text: string) => {
    const connection = await connect();
    connection.say(text);
    return connection;
  };
  const isServed = async () => (await http.get('/healthz')).status;

  beforeAll(async () => {
    http = await startTestHttpServer(await sampleStore(), { patience: PATIENCE });
    host = `host: ${new URL(http.address.url).host}\r\n`;
  });
  afterEach(() => {
    for (const connection of open.splice(0)) connection.close();
  });
  afterAll(() => http.server.stop());

  it('is sent away who never says anything, and who never comes to the end of the headers', async () => {
    const mute = await connect();
    const slow = await connect();
    const dripping = slow.drip(
      (function* () {
        yield `GET / HTTP/1.1\r\n${host}`;
        for (let turn = 0; ; turn += 1) yield `x-${turn}: a\r\n`;
      })(),
      DRIP_MS,
    );
    expect(await isServed()).toBe(200);
    for (const connection of [mute, slow]) expect(answersIn(await connection.ended)).toEqual(['408']);
    await dripping;
    expect(await isServed()).toBe(200);
  });

  it('is sent away who never comes to the end of a body', async () => {
    const slow = await say(`POST /admin/new-group HTTP/1.1\r\n${host}${CONTENT}content-length: 60000\r\n\r\nid=a`);
    const dripping = slow.drip(
      (function* () {
        for (;;) yield 'a';
      })(),
      DRIP_MS,
    );
    expect(await isServed()).toBe(200);
    expect(answersIn(await slow.ended)).toEqual(['408']);
    await dripping;
  });

  it('is sent away who keeps a connection and asks nothing more', async () => {
    const idle = await say(`GET /healthz HTTP/1.1\r\n${host}\r\n`);
    expect(answersIn(await idle.ended)).toEqual(['200']);
  });

  it('are taken only so many at a time, and those that are there are served', async () => {
    const kept = await connect();
    const many = await Promise.all(Array.from({ length: 2 * PATIENCE.connections }, connect));
    // Those beyond are closed at once, without an answer; the others in their time.
    const ended = await Promise.all(many.map((connection) => connection.ended));
    expect(ended.filter((heard) => heard === '').length).toBeGreaterThanOrEqual(PATIENCE.connections);
    await kept.ended;
    expect(await isServed()).toBe(200);
  });

  it.each([
    ['headers larger than any of ours', () => `GET / HTTP/1.1\r\n${host}x: ${'a'.repeat(20_000)}\r\n\r\n`, '431'],
    ['an address longer than any of ours', () => `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, '431'],
    [
      'a form larger than any of ours',
      () => `POST /admin/new-group HTTP/1.1\r\n${host}${CONTENT}content-length: 70000\r\n\r\n`,
      '413',
    ],
    [
      'a form that grows beyond it',
      () =>
        `POST /admin/new-group HTTP/1.1\r\n${host}${CONTENT}transfer-encoding: chunked\r\n\r\n11170\r\n${'a'.repeat(70_000)}`,
      '413',
    ],
  ])('%s: refused', async (_what, request, status) => {
    const connection = await say(request());
    expect(answersIn(await connection.ended)[0]).toBe(status);
  });

  it.each([
    ['two lengths', 'content-length: 5\r\ncontent-length: 6\r\n', 'aaaaa'],
    ['a length and chunks', 'content-length: 6\r\ntransfer-encoding: chunked\r\n', '0\r\n\r\nX'],
    ['chunks and a length', 'transfer-encoding: chunked\r\ncontent-length: 6\r\n', '0\r\n\r\nX'],
    ['chunks that are not the last coding', 'transfer-encoding: chunked, gzip\r\n', '0\r\n\r\n'],
    ['a coding of another name', 'transfer-encoding: xchunked\r\n', '0\r\n\r\n'],
    ['a space before the colon', 'content-length : 5\r\n', 'aaaaa'],
    ['a header over two lines', 'x-a: b\r\n content-length: 5\r\n', 'aaaaa'],
    ['a length with a sign', 'content-length: +5\r\n', 'aaaaa'],
    ['a length that is none', 'content-length: 0x5\r\n', 'aaaaa'],
    ['a line that ends without a carriage return', 'x-a: b\ntransfer-encoding: chunked\r\n', '0\r\n\r\n'],
    ['a zero byte in a header', 'x-a: b\0c\r\n', ''],
    ['a chunk whose length is none', 'transfer-encoding: chunked\r\n', '0x5\r\naaaaa\r\n0\r\n\r\n'],
    ['a chunk that is longer than it says', 'transfer-encoding: chunked\r\n', '1\r\naa\r\n0\r\n\r\n'],
  ])('%s: refused, and what follows is not a second request', async (_what, header, body) => {
    const hidden = `GET /healthz HTTP/1.1\r\n${host}\r\n`;
    const connection = await say(`POST /admin/new-group HTTP/1.1\r\n${host}${CONTENT}${header}\r\n${body}${hidden}`);
    const heard = await connection.ended;
    const [first, ...others] = answersIn(heard);
    expect({ first: first?.[0], others }).toEqual({ first: '4', others: [] });
    expect(heard).toContain('connection: close');
    expectSecured(heard);
  });

  it('what is not HTTP at all is told so, with the headers of every answer', async () => {
    for (const text of [
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'EHLO x\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      '\0\0\0\0',
    ]) {
      const heard = await (await say(text)).ended;
      expect({ text, answers: answersIn(heard) }).toEqual({ text, answers: ['400'] });
      expectSecured(heard);
    }
  });
});

function expectSecured(heard: string): void {
  for (const header of ['content-security-policy: ', 'x-content-type-options: nosniff', 'referrer-policy: ']) {
    expect({ heard: heard.slice(0, 500), has: heard.includes(header) }).toMatchObject({ has: true });
  }
}
