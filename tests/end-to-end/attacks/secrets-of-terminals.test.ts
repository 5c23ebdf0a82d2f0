import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import { type CommandResult, runCommand } from '../../support/run-command.js';
import { TerminalProgram, writeTerminalConfig } from '../../support/terminal-program.js';
import { freePort, GATEWAY_PROGRAM, TERMINAL_PROGRAM, TestBench } from '../../support/test-bench.js';
import { TestBroker } from '../../support/test-broker.js';

const MQTT_PASSWORD = 'MARKED-mqtt-4e8c';
const WEBHOOK_PATH = 'MARKED-webhook-address-33aa';
/** All that a program or a person is shown without naming anything. */
const SHOWN = [
  '/',
  '/admin',
  '/admin/log',
  '/admin/terminals',
  '/admin/terminals/kallio-1',
  '/admin/alert-rules',
  '/terminals/kallio-1',
  '/metrics',
  '/healthz',
  '/api/v1/terminals',
  '/api/v1/terminals/kallio-1',
  '/api/v1/audit',
  '/api/v1/presses',
  '/api/v1/openapi.json',
];

describe('codes, keys and passwords of terminals and brokers', () => {
  const bench = new TestBench('terminal-secrets');
  const ports = { secure: 0, enrolment: 0 };
  let config = '';
  let gateway: GatewayProgram;
  /** What may stand where it is made and where it is used, and nowhere else. */
  const secrets = new Map<string, string>();
  const seen: { where: string; text: string }[] = [];

  beforeAll(async () => {
    [ports.secure, ports.enrolment] = [await freePort(), await freePort()];
    config = writeGatewayConfig(bench, 'gateway', {
      more: {
        identity: { names: ['localhost'], listen: `127.0.0.1:${ports.enrolment}` },
        mqtt: { listen: `127.0.0.1:${ports.secure}`, tls: 'own' },
        webhooks: [
          {
            ...{ name: 'chat', url: `http://127.0.0.1:9/${WEBHOOK_PATH}` },
            secretFile: bench.write('webhook-secret', 'MARKED-webhook-55d0'),
          },
        ],
        log: { level: 'debug', access: true },
      },
    });
    gateway = await GatewayProgram.start(bench, config);
  });
  afterAll(() => bench.clear());

  /** `gives`: what it prints is the secret itself. */
  async function command(name: string, { gives = false, program = GATEWAY_PROGRAM } = {}, ...words: string[]) {
    const result: CommandResult = await runCommand(program, ...words);
    seen.push({ where: `${name}, errors`, text: result.stderr });
    if (!gives) seen.push({ where: name, text: result.stdout });
    return result;
  }
  async function ask(path: string, init: RequestInit = {}): Promise<number> {
    const answer = await fetch(`${gateway.http}${path}`, { redirect: 'manual', ...init });
    seen.push({ where: path, text: `${JSON.stringify([...answer.headers])} ${await answer.text()}` });
    return answer.status;
  }
  function addKeys(name: string, folder: string): void {
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(pem|json|key)$/.test(file)) continue;
      const text = readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\\n', '\n');
      const keys = text.matchAll(/-----BEGIN (?:EC )?PRIVATE KEY-----\n([\s\S]*?)\n-----END/g);
      for (const [index, [, body = '']] of [...keys].entries()) {
        // One line is enough to know it by.
        secrets.set(`${name} ${file} ${index}`, body.split('\n')[1] ?? body);
      }
    }
  }

  it('stand in no answer, no log, no diagnostics, no list of what was done', async () => {
    const run = { config: ['--config', config] as const };
    const code = (await command('enrol-code', { gives: true }, 'enrol-code', 'kallio-1', ...run.config)).stdout.trim();
    const unused = (await command('enrol-code', { gives: true }, 'enrol-code', 'malmi-1', ...run.config)).stdout.trim();
    for (const [name, one] of Object.entries({ code, unused })) {
      // The first half is the secret; the second names the authority, which is no secret.
      secrets.set(name, one.slice(0, 9));
      secrets.set(`${name}, without hyphens`, one.slice(0, 14).replaceAll('-', ''));
    }
    const terminalConfig = writeTerminalConfig(bench, 'kallio-1', 0, {
      broker: { url: `mqtts://localhost:${ports.secure}` },
      log: { level: 'debug' },
    });
    const url = `https://localhost:${ports.enrolment}`;
    const enrol = (text: string) =>
      command(
        'enrol',
        { program: TERMINAL_PROGRAM },
        ...['enrol', '--config', terminalConfig, '--gateway', url, '--code', text],
      );
    expect(await enrol(unused)).toMatchObject({ code: 1 });
    expect(await enrol(code)).toMatchObject({ code: 0 });
    const terminal = new TerminalProgram(bench, 'kallio-1', terminalConfig);
    await terminal.connected();
    await terminal.press(3);
    addKeys('terminal', bench.path('kallio-1-data'));
    addKeys('gateway', bench.path('gateway-data'));
    const token = await command(
      ...(['token create', { gives: true }, 'token', 'create', '--name', 'x'] as const),
      ...['--scope', 'terminals:command', 'terminals:read', 'presses:read', 'admin', ...run.config],
    );
    secrets.set('token', token.stdout.trim().split('_').slice(2).join('_'));
    const authorization = { authorization: `Bearer ${token.stdout.trim()}` };

    const diagnostics = {
      method: 'POST',
      headers: { ...authorization, 'content-type': 'application/json' },
      body: '{"command":"send-diagnostics"}',
    };
    expect(await ask('/api/v1/terminals/kallio-1/commands', diagnostics)).toBe(200);
    expect(seen.at(-1)?.text).toContain('"diagnostics"');
    for (const path of SHOWN) expect(await ask(path, { headers: authorization })).toBe(200);
    // From now on people have to log in.
    const link = await command('user add', { gives: true }, 'user', 'add', 'aino', '--role', 'admin', ...run.config);
    secrets.set('password link', link.stdout.trim().split(/[/=?]/).at(-1) ?? '');
    for (const path of SHOWN) expect(await ask(path, { headers: authorization })).toBeLessThan(500);
    const audit = bench.path('audit.ndjson');
    for (const words of [['certificates'], ['user', 'list'], ['audit', 'export', '--out', audit]]) {
      expect(await command(words.join(' '), {}, ...words, ...run.config)).toMatchObject({ code: 0 });
    }
    seen.push({ where: 'exported log of changes', text: readFileSync(audit, 'utf8') });
    expect(seen.at(-1)?.text).toContain('token');
    await command('status', { program: TERMINAL_PROGRAM }, 'status', '--json', '--config', terminalConfig);
    await terminal.stop();
    await gateway.stop();
    seen.push({ where: 'log of the gateway', text: gateway.child.lines.join('\n') });
    seen.push({ where: 'log of the terminal', text: terminal.child.lines.join('\n') });
    secrets.set('webhook address', WEBHOOK_PATH).set('webhook', 'MARKED-webhook-55d0');
    expect(secrets.size).toBeGreaterThan(9);
    expectNowhere();
  });

  it('of a broker elsewhere neither, where it refuses them', async () => {
    const broker = new TestBroker();
    broker.refusing = true;
    await broker.start();
    try {
      const elsewhere = writeGatewayConfig(bench, 'elsewhere', {
        brokerUrl: broker.url,
        more: {
          mqtt: {
            ...{ url: broker.url, username: 'hymio' },
            passwordFile: bench.write('mqtt-password', MQTT_PASSWORD),
          },
          log: { level: 'debug', access: true },
        },
      });
      const child = GatewayProgram.launch(bench, elsewhere);
      await child.line(/[Nn]ot authorized|broker/);
      await child.kill('SIGTERM');
      await command('check-config', {}, 'check-config', '--config', elsewhere);
      seen.push({ where: 'log of the gateway elsewhere', text: child.lines.join('\n') });
    } finally {
      await broker.stop();
    }
    secrets.set('mqtt', MQTT_PASSWORD);
    expectNowhere();
  });

  function expectNowhere(): void {
    for (const [name, secret] of secrets) {
      expect({ name, isLong: secret.length >= 8 }).toEqual({ name, isLong: true });
      expect({ name, where: seen.filter(({ text }) => text.includes(secret)).map(({ where }) => where) }).toEqual({
        ...{ name, where: [] },
      });
    }
  }
});
