import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Alerting,
  type AlertingParts,
  LiveEvents,
  type Notice,
  openSqliteStore,
  type Recipient,
  type SqliteStore,
} from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MailReceiver, smtpError } from '../../support/mail-receiver.js';
import { onThisMachine } from '../../support/on-this-machine.js';
import { until } from '../../support/until.js';
import { WebhookReceiver } from '../../support/webhook-receiver.js';

const SECRET = 'a secret that only the two know';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Real time, hurried: pauses between attempts pass `speed` times as fast. */
function hastyClock(speed: number): Clock {
  const begin = Date.now();
  const now = () => begin + (Date.now() - begin) * speed;
  return {
    now,
    monotonic: now,
    after: (delayMs, run) => {
      const timer = setTimeout(run, delayMs / speed);
      return () => clearTimeout(timer);
    },
  };
}

const mail = (address: string, language: 'fi' | 'sv' | 'en' = 'en') => ({ kind: 'email', address, language }) as const;
const hook = { kind: 'webhook', webhook: 'chat' } as const;

let folder = '';
let store: SqliteStore;
let smtp: MailReceiver;
let web: WebhookReceiver;
let alerting: Alerting | undefined;
let logged: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hymio-notices-'));
  store = await openSqliteStore({ folder, reads: 'in-thread' });
  smtp = await MailReceiver.start();
  web = await WebhookReceiver.start(SECRET);
  logged = [];
});
afterEach(async () => {
  await alerting?.stop();
  alerting = undefined;
  await smtp.stop();
  await web.stop();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(more: Partial<AlertingParts> = {}, speed = 1): Promise<Alerting> {
  const log = (event: string, fields?: object) => void logged.push(`${event} ${JSON.stringify(fields)}`);
  alerting = new Alerting({
    store: store.alerts,
    registry: () => store.registry(),
    terminals: async () => [],
    presence: async () => [],
    listening: () => true,
    live: new LiveEvents(),
    clock: hastyClock(speed),
    zone: 'Europe/Helsinki',
    log: { debug: log, info: log, warn: log, error: log },
    random: () => 0.5,
    mail: { host: '127.0.0.1', port: smtp.port, secure: false, from: 'hymio@example.org' },
    webhooks: [{ name: 'chat', url: web.url, secret: SECRET }],
    publicUrl: 'https://hymio.example.org',
    ...more,
  });
  await alerting.start();
  return alerting;
}

/** An alert as the engine writes it, with notices to these. */
async function record(id: number, recipients: readonly Recipient[], createdAt = Date.now()): Promise<void> {
  await store.alerts.record({
    alert: {
      id,
      rule: {
        scope: { kind: 'organisation' },
        name: 'unhappy-now',
        condition: { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 15 * MINUTE },
        enabled: true,
        tellWhenOver: false,
      },
      subject: { kind: 'service-point', servicePoint: `<b>point-${id}</b>` },
      numbers: { kind: 'presses', ratings: [6, 3, 2, 1], from: createdAt - 15 * MINUTE, to: createdAt },
      openedAt: createdAt,
      state: { kind: 'open' },
      reopened: 0,
      settled: false,
    },
    notices: recipients.map((recipient, index) => ({
      event: 'opened',
      recipient,
      delivery: `00000000-0000-4000-8000-${String(id * 1_000 + index).padStart(12, '0')}`,
      createdAt,
      notBefore: createdAt,
    })),
  });
}
const noticesOf = async (alert: number): Promise<Notice[]> => (await store.alerts.alert(alert))?.notices ?? [];
const delivered = (alert = 1) =>
  until(
    'every notice delivered',
    () => noticesOf(alert),
    (notices) => notices.every(({ state }) => state.kind === 'delivered'),
  );

describe('a mail', () => {
  it('says in the recipient’s language what happened, how sure that is, and where to look', async () => {
    await record(1, [mail('a@example.org', 'fi'), mail('b@example.org', 'sv'), mail('c@example.org', 'en')]);
    await start();
    const mails = await smtp.count(3);
    await delivered();
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Hälytys: Tyytymättömiä vastauksia: <b>point-1</b>',
      'Larm: Missnöjda svar: <b>point-1</b>',
      'Alert: Unhappy answers: <b>point-1</b>',
    ]);
    const english = mails[2];
    expect(english?.text).toContain('9 of 12 answers in the last 15 minutes were unhappy or very unhappy.');
    expect(english?.text).toContain('Unhappy or very unhappy: 75% (95% confidence interval 47–91%).');
    expect(english?.text).toContain('Very happy: 1, Happy: 2, Unhappy: 3, Very unhappy: 6.');
    expect(english?.text).toContain('https://hymio.example.org/alerts/1');
    expect(english?.html).toContain('&lt;b&gt;point-1&lt;/b&gt;');
    expect(english?.html).not.toContain('<b>');
    expect(english?.messageId).toBe('<00000000-0000-4000-8000-000000001002@example.org>');
    expect(english?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(english?.from?.text).toBe('hymio@example.org');
    expect(mails.map(({ to }) => [to].flat().map((one) => one?.text))).toEqual([
      ['a@example.org'],
      ['b@example.org'],
      ['c@example.org'],
    ]);
  });

  it('waits for a mail server that is down, and goes once when it is back', async () => {
    const { port } = smtp;
    await smtp.stop();
    await record(1, [mail('a@example.org')]);
    await start({}, 100);
    await until(
      'a failure',
      () => noticesOf(1),
      ([one]) => one?.state.kind === 'waiting' && one.state.attempts > 1,
    );
    expect((await store.alerts.troubledNotices(10)).map(({ state }) => state)).toMatchObject([
      { kind: 'waiting', reason: expect.stringContaining('ECONNREFUSED') },
    ]);
    smtp = await MailReceiver.start(port);
    await delivered();
    expect(smtp.mails).toHaveLength(1);
    expect(await store.alerts.troubledNotices(10)).toEqual([]);
  });

  it('is tried again where the server says later', async () => {
    let asked = 0;
    smtp.manners.recipient = () => (++asked < 3 ? smtpError(450, 'greylisted, come back') : undefined);
    await record(1, [mail('a@example.org')]);
    await start({}, 100);
    await delivered();
    expect([asked, smtp.mails.length]).toEqual([3, 1]);
  });

  it('to an address that is refused is tried for days, then given up with the reason, and holds up no other', async () => {
    let asked = 0;
    smtp.manners.recipient = (address) => {
      if (address !== 'gone@example.org') return undefined;
      asked += 1;
      return smtpError(550, 'no such user here');
    };
    await record(1, [mail('gone@example.org'), mail('a@example.org')]);
    const clock = hastyClock(100_000);
    const begin = clock.now();
    await start({ clock });
    await smtp.count(1);
    const [gone] = await until(
      'given up',
      () => noticesOf(1),
      ([one]) => one?.state.kind === 'given-up',
    );
    expect(gone?.state).toMatchObject({ attempts: 8, reason: expect.stringContaining('no such user here') });
    expect(asked).toBe(8);
    expect(clock.now() - begin).toBeGreaterThan(80 * HOUR);
    expect(smtp.mails).toHaveLength(1);
    expect((await store.alerts.troubledNotices(10)).map(({ id }) => id)).toEqual([gone?.id]);
  });

  it('does not wait for ever for a server that says nothing', async () => {
    const sockets: import('node:net').Socket[] = [];
    const mute: Server = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    const address = mute.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await record(1, [mail('a@example.org'), hook]);
    await start({ mail: { host: '127.0.0.1', port, secure: false, from: 'hymio@example.org', silenceMs: 200 } });
    // What goes elsewhere does not wait.
    await web.count(1);
    await until(
      'a failure',
      () => noticesOf(1),
      ([one]) => one?.state.kind === 'waiting' && one.state.attempts > 0,
    );
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => mute.close(resolve));
  });

  it('goes by login where one is set, and a wrong password is never given up', async () => {
    await smtp.stop();
    let wrong = 0;
    smtp = await MailReceiver.start(0, {
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'hymio' && password === 'right') return done(null, { user: username });
        wrong += 1;
        done(smtpError(535, 'wrong password'));
      },
    });
    const server = { host: '127.0.0.1', port: smtp.port, secure: false, username: 'hymio', from: 'hymio@example.org' };
    await record(1, [mail('a@example.org')]);
    await start({ mail: { ...server, password: 'wrong' } }, 1_000);
    await until(
      'failures',
      async () => wrong,
      (count) => count > 8,
    );
    await alerting?.stop();
    expect((await noticesOf(1))[0]?.state).toMatchObject({ kind: 'waiting', refusals: 0 });
    expect(logged.join()).not.toContain('"wrong"');
    await start({ mail: { ...server, password: 'right' }, clock: hastyClock(100_000) });
    await delivered();
  });

  it('is sent a hundred times to a hundred people, each once', async () => {
    const people = Array.from({ length: 50 }, (_, index) => mail(`p${index}@example.org`));
    await record(1, people);
    await record(2, people);
    await start();
    await delivered(1);
    await delivered(2);
    expect(smtp.mails).toHaveLength(100);
    expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(100);
  });

  it('that was accepted but could not be recorded is recorded before anything is sent again', async () => {
    const { recordNotice } = store.alerts;
    let fails = 3;
    store.alerts.recordNotice = async (id, state) => {
      fails -= 1;
      if (fails >= 0) throw new Error('no room');
      await recordNotice.call(store.alerts, id, state);
    };
    await record(1, [mail('a@example.org')]);
    await start({}, 1_000);
    await delivered();
    expect(smtp.mails).toHaveLength(1);
    expect(logged.filter((line) => line.startsWith('delivery could not be recorded'))).not.toEqual([]);
  });
});

describe('a webhook', () => {
  it('is told by a signed request what opened the alert, the same at every attempt', async () => {
    let asked = 0;
    web.answer = () => ({ status: ++asked < 3 ? 503 : 204 });
    await record(1, [hook]);
    await start({}, 100);
    await delivered();
    const bodies = web.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(web.received.map(({ genuine }) => genuine)).toEqual([true, true, true]);
    expect(new Set(web.received.map(({ body, headers }) => `${headers['x-hymio-delivery']} ${body}`)).size).toBe(1);
    expect(bodies[0]).toMatchObject({
      delivery: '00000000-0000-4000-8000-000000001000',
      event: 'alert.opened',
      link: 'https://hymio.example.org/alerts/1',
      alert: { id: 1, rule: 'unhappy-now', numbers: { ratings: [6, 3, 2, 1] } },
    });
  });

  it('is not followed to where it points', async () => {
    const elsewhere = await WebhookReceiver.start(SECRET);
    web.answer = () => ({ status: 307, headers: { location: elsewhere.url } });
    await record(1, [hook]);
    await start();
    await web.count(1);
    await until(
      'a refusal',
      () => noticesOf(1),
      ([one]) => one?.state.kind === 'waiting' && one.state.refusals === 1,
    );
    expect(elsewhere.received).toEqual([]);
    await elsewhere.stop();
  });

  it.each([
    [{ status: 404 }, 'refusals', 'HTTP 404'],
    [{ status: 500 }, 'attempts', 'HTTP 500'],
    [{ status: 429 }, 'attempts', 'HTTP 429'],
  ] as const)('that answers %j is tried again', async (answer, counted, reason) => {
    web.answer = () => answer;
    await record(1, [hook]);
    await start();
    const [one] = await until(
      'an answer',
      () => noticesOf(1),
      ([first]) => first?.state.kind === 'waiting' && first.state[counted] > 0,
    );
    expect(one?.state).toMatchObject({ reason, refusals: counted === 'refusals' ? 1 : 0 });
  });

  it('that is not configured any more is refused, and seen', async () => {
    await record(1, [{ kind: 'webhook', webhook: 'gone' }, hook]);
    await start();
    await web.count(1);
    const [one] = await until(
      'seen',
      () => store.alerts.troubledNotices(10),
      (notices) => notices.length > 0,
    );
    expect(one?.state).toMatchObject({ kind: 'waiting', refusals: 1, reason: expect.stringContaining('gone') });
  });

  it('that hangs does not hold up mails, nor the end of the gateway', async () => {
    web.answer = () => 'hang';
    await record(1, [hook, mail('a@example.org')]);
    const running = await start();
    await Promise.all([web.count(1), smtp.count(1)]);
    const begin = performance.now();
    await running.stop();
    const tookMs = performance.now() - begin;
    expect(tookMs).toBeLessThan(Math.min(9_000, await onThisMachine(3_000)));
    // What the end has cut off was no attempt.
    expect((await noticesOf(1)).map(({ state }) => state.kind)).toEqual(['waiting', 'delivered']);
    expect((await noticesOf(1))[0]?.state).toMatchObject({ attempts: 0 });
  });

  it('of which many wait does not hide what others wait for', async () => {
    web.answer = () => ({ status: 503 });
    for (let id = 1; id <= 600; id += 1) await record(id, [hook], 1_000);
    await start();
    await web.count(1);
    await record(700, [mail('a@example.org')]);
    await alerting?.sendTest(mail('b@example.org', 'sv'), 'Aino');
    await smtp.count(2);
    expect(smtp.mails.map(({ subject }) => subject).sort()).toEqual([
      'Alert: Unhappy answers: <b>point-700</b>',
      'Hymiö: ett test',
    ]);
  });
});
