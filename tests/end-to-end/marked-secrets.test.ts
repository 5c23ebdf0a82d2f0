import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { MailReceiver } from '../support/mail-receiver.js';
import { type CommandResult, runCommand } from '../support/run-command.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { WebhookReceiver } from '../support/webhook-receiver.js';

/** Each can be told from the others where it turns up. */
const MARKS = {
  smtp: 'MARKED-smtp-9f3a',
  webhook: 'MARKED-webhook-77c1',
  header: 'MARKED-header-1b2d',
  query: 'MARKED-query-5e6f',
};
const PASSWORDS_OF_PROXY = Buffer.from(`proxy:${MARKS.header}`).toString('base64');

describe('secrets of a gateway that serves, its log at its most talkative', () => {
  const bench = new TestBench('marked-secrets');
  let smtp: MailReceiver;
  let hook: WebhookReceiver;
  let gateway: GatewayProgram;
  let token = '';
  let config = '';
  const seen: string[] = [];
  /** Everything that anybody is shown. */
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${gateway.http}${path}`, { redirect: 'manual', ...init });
    seen.push(JSON.stringify([...answer.headers]), await answer.text());
    return answer.status;
  };
  const post = (path: string, fields: Record<string, string>) =>
    ask(path, {
      method: 'POST',
      body: new URLSearchParams({ by: 'Aino', ...fields }),
      headers: { origin: gateway.http },
    });
  const command = async (...words: string[]): Promise<CommandResult> => {
    const result = await runCommand(GATEWAY_PROGRAM, ...words, '--config', config);
    seen.push(result.stderr);
    return result;
  };

  beforeAll(async () => {
    smtp = await MailReceiver.start(0, {
      authOptional: false,
      allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'],
      onAuth: ({ password }, _session, done) => {
        given.push(password ?? '');
        done(new Error('wrong password'));
      },
    });
    hook = await WebhookReceiver.start(MARKS.webhook);
    hook.answer = () => ({ status: 500 });
    config = writeGatewayConfig(bench, 'marked', {
      more: {
        mail: {
          smtp: {
            ...{ host: '127.0.0.1', port: smtp.port, username: 'hymio' },
            passwordFile: bench.write('smtp-password', MARKS.smtp),
          },
          from: 'hymio@example.org',
        },
        webhooks: [{ name: 'chat', url: hook.url, secretFile: bench.write('webhook-secret', MARKS.webhook) }],
        log: { level: 'debug', access: true },
      },
    });
    gateway = await GatewayProgram.start(bench, config);
    token = (await command('token', 'create', '--name', 'job', '--scope', 'reports:read')).stdout.trim();
  });
  const given: string[] = [];
  afterAll(async () => {
    await smtp.stop();
    await hook.stop();
    await bench.clear();
  });

  it('are used, and stand in no answer and no line of the log, whatever goes wrong', async () => {
    const control = JSON.parse(readFileSync(bench.path('marked-data', 'control.json'), 'utf8')).token;
    // Both ways out, each refused at the other end.
    const mailed = await post('/reports/weekly/2026-W47/send', {
      address: 'me@example.org',
      language: 'fi',
      format: 'html',
    });
    expect(mailed).toBe(422);
    expect(given).toContain(MARKS.smtp);
    expect(await post('/admin/alert-rules/test', { scope: 'organisation', recipient: 'webhook chat' })).toBe(303);
    await hook.count(1);
    expect(hook.received[0]?.genuine).toBe(true);
    // Tokens that hold, do not hold, and stand where they should not.
    const bearer = (text: string) => ({ headers: { authorization: `Bearer ${text}` } });
    expect(await ask('/api/v1/reports/weekly/2026-W47', bearer(token))).toBe(200);
    expect(await ask('/api/v1/presses', bearer(token))).toBe(403);
    expect(await ask('/api/v1/presses', bearer(`hymio_1_${MARKS.header}`))).toBe(401);
    expect(await ask('/api/v1/presses', { headers: { authorization: `Basic ${PASSWORDS_OF_PROXY}` } })).toBe(200);
    expect(await ask(`/api/v1/presses?token=${MARKS.query}`)).toBe(400);
    expect(await ask(`/overview?access_token=${MARKS.query}`, { headers: { accept: 'text/html' } })).toBe(404);
    for (const path of [
      '/',
      '/alerts',
      '/admin/alert-rules',
      '/admin/report-recipients',
      '/admin/log',
      '/metrics',
      '/readyz',
    ]) {
      expect(await ask(path)).toBe(200);
    }
    await command('token', 'list');
    await command('token', 'revoke', 'job');
    expect(await ask('/api/v1/reports/weekly/2026-W47', bearer(token))).toBe(401);
    await command('check-config');
    await gateway.stop();
    const log = gateway.child.lines.join('\n');
    expect(log).toContain('request answered');
    // What somebody wrote into an address may stand in the page that answers it, for its links to other languages.
    const { query, ...kept } = {
      ...MARKS,
      token: token.split('_').slice(2).join('_'),
      control,
      proxy: PASSWORDS_OF_PROXY,
    };
    expect(log).not.toContain(query);
    const shown = [...seen, log].join('\n');
    expect(Object.entries(kept).filter(([, secret]) => secret.length < 10 || shown.includes(secret))).toEqual([]);
  });
});
