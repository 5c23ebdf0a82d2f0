import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configOf } from '@hymio/gateway';
import { connectAsync } from 'mqtt';
import { expect, it, type TestContext } from 'vitest';
import { GatewayProgram, type GatewaySettings, writeGatewayConfig } from '../support/gateway-program.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const LONG_FALLBACKS = fileURLToPath(new URL('../support/long-fallbacks.cjs', import.meta.url));
/** Of what terminals tell unasked: nobody here waits for it. */
const SELDOM_MS = 600_000;

/** The tests go on at once, each at a bench of its own: nearly all of their time is the pauses between two statuses. */
function benchOf({ onTestFinished }: Pick<TestContext, 'onTestFinished'>): TestBench {
  const bench = new TestBench('remote-settings');
  onTestFinished(() => bench.clear());
  return bench;
}

interface Seen {
  configVersion: string | null;
  config: { version: string; state: string; settings: object };
}

async function start(bench: TestBench, settings: GatewaySettings = {}, brokerPort?: number) {
  const config = writeGatewayConfig(bench, 'gateway', settings);
  const serving = [GATEWAY_PROGRAM, 'serve', '--config', config];
  const gateway = await GatewayProgram.ready(
    bench.spawn('gateway', process.execPath, ['--require', LONG_FALLBACKS, ...serving]),
  );
  const terminalConfig = writeTerminalConfig(bench, 'kallio-1', brokerPort ?? gateway.mqttPort, {
    heartbeatIntervalMs: SELDOM_MS,
  });
  const terminal = new TerminalProgram(bench, 'kallio-1', terminalConfig);
  await terminal.press(3);
  const form = async (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams({ by: 'Aino', ...fields });
    const answer = await fetch(`${gateway.http}${path}?lang=en`, { method: 'POST', body, redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  };
  const seen = async (): Promise<Seen | undefined> => {
    const answer = await fetch(`${gateway.http}/api/v1/terminals/kallio-1`);
    return answer.ok ? ((await answer.json()) as Seen) : undefined;
  };
  const reports = (version: string) => until(`version ${version}`, seen, (one) => one?.configVersion === version);
  await until('the terminal', seen, (one) => one !== undefined);
  return { bench, config, gateway, terminal, terminalConfig, form, seen, reports };
}

type Setting = Awaited<ReturnType<typeof start>>;

/** Set, applied, refused at the form, inherited, kept over a restart without network, damaged. */
async function theWayOfASetting({ bench, form, seen, reports, terminal, terminalConfig }: Setting): Promise<void> {
  expect((await form('/admin/settings/terminal/kallio-1', { lockoutMs: '50', thanks: 'light' })).status).toBe(303);
  const own = configOf({ lockoutMs: 50, thanks: 'light' });
  expect((await reports(own.version))?.config).toMatchObject({ version: own.version, state: 'applied' });
  const refused = await form('/admin/settings/terminal/kallio-1', { lockoutMs: '5' });
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('from 12 to 200');
  const late = await form('/admin/settings/terminal/kallio-1', { lockoutMs: '60', version: '0123456789abcdef' });
  expect(late.status).toBe(422);
  expect((await seen())?.configVersion).toBe(own.version);
  await form('/admin/new-group', { id: 'city', 'name.fi': 'Kaupunki' });
  await form('/admin/new-service-point', {
    id: 'malmi',
    'name.fi': 'Malmi',
    group: 'city',
    repeatWindow: '5',
    always: 'yes',
  });
  await form('/admin/settings/group/city', { heartbeatSeconds: '600' });
  await form('/admin/terminals/kallio-1/move', { servicePoint: 'malmi', question: '', from: '2026-01-01T00:00' });
  const moved = configOf({ lockoutMs: 50, thanks: 'light', heartbeatIntervalMs: SELDOM_MS });
  await reports(moved.version);
  await terminal.child.kill('SIGKILL');
  const file = bench.path('kallio-1-data/settings.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(moved);
  writeFileSync(terminalConfig, readFileSync(terminalConfig, 'utf8').replace(/127\.0\.0\.1:\d+/, '127.0.0.1:1'));
  const offline = new TerminalProgram(bench, 'kallio-1', terminalConfig);
  await offline.press(1);
  expect(offline.child.lines.join('\n')).not.toContain('settings-damaged');
  await offline.child.kill('SIGKILL');
  writeFileSync(file, '{"version":');
  const damaged = new TerminalProgram(bench, 'kallio-1', terminalConfig);
  await damaged.press(1);
  expect(damaged.child.lines.join('\n')).toContain('settings-damaged');
}

describeWith([], 'desired settings through the embedded broker', () => {
  it.concurrent('are applied, inherited by where it stands, kept, and refused where they are wrong', async (context) => {
    await theWayOfASetting(await start(benchOf(context)));
  });

  it.concurrent('that come past the gateway are refused by the terminal as well, and put right', async (context) => {
    const { gateway, form, reports, seen } = await start(benchOf(context));
    await form('/admin/settings/organisation/all', { heartbeatSeconds: '600' });
    const good = configOf({ heartbeatIntervalMs: SELDOM_MS });
    await reports(good.version);
    const forger = await connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`);
    await forger.subscribeAsync('hymio/v1/kallio-1/status', { qos: 1 });
    const refusal = new Promise<string>((resolve) => {
      forger.on('message', (_, payload) => {
        if (payload.includes('configRefused')) resolve(payload.toString());
      });
    });
    await forger.publishAsync('hymio/v1/kallio-1/config', '{"version":"evil","lockoutMs":5000}', { qos: 1 });
    const { configRefused, configVersion, faults } = JSON.parse(await refusal);
    expect(configRefused).toMatchObject({ version: 'evil', reason: expect.stringContaining('lockoutMs') });
    expect(configVersion).toBe(good.version);
    expect(faults).toMatchObject([{ code: 'config-invalid', detail: expect.stringContaining('evil') }]);
    expect((await seen())?.config.state).toBe('applied');
    await forger.endAsync(true);
  });

  it.concurrent('commands are answered once, refused with a reason, and time out where nobody is there', async (context) => {
    const bench = benchOf(context);
    const { config, gateway, terminal } = await start(bench);
    const ask = async (command: string) => {
      const child = bench.node('ask', GATEWAY_PROGRAM, 'command', 'kallio-1', command, '--config', config);
      const { code } = await child.exited;
      return { code, text: child.lines.join('\n') };
    };
    const told = await ask('send-diagnostics');
    expect(told.code).toBe(0);
    expect(JSON.parse(told.text)).toMatchObject({ held: 1, node: process.version, log: expect.any(Array) });
    expect(await ask('identify')).toMatchObject({
      code: 1,
      text: expect.stringContaining('kallio-1 refused identify (no-light): It has no light.'),
    });
    const forger = await connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`);
    await forger.subscribeAsync('hymio/v1/kallio-1/answer', { qos: 1 });
    const answers: string[] = [];
    forger.on('message', (_, payload) => void answers.push(JSON.parse(payload.toString()).id));
    const send = (id: string, agoMs: number) => {
      const issuedAt = Date.now() - agoMs;
      const command = { id, command: 'identify', issuedAt, expiresAt: issuedAt + 10_000 };
      return forger.publishAsync('hymio/v1/kallio-1/command', JSON.stringify(command), { qos: 1 });
    };
    const [first, last] = ['1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b', '6fa459ea-ee8a-4ca4-894e-db77e160355e'];
    await send('7c9e6679-7425-40de-944b-e07fc1f90ae7', 20_000);
    await send(first, 0);
    await send(first, 0);
    await send(last, 0);
    await until(
      'the last answer',
      async () => answers,
      (all) => all.includes(last),
    );
    expect(answers).toEqual([first, last]);
    await forger.endAsync(true);
    await terminal.stop('SIGKILL');
    expect(await ask('restart')).toMatchObject({ code: 1, text: expect.stringContaining('no answer within 10 s') });
    const log = await (await fetch(`${gateway.http}/admin/log?lang=en`)).text();
    expect(log).toContain('terminal asked');
    expect(log).toContain('no-answer');
  });
});

describeWith(['mosquitto'], 'desired settings through mosquitto', () => {
  it.concurrent('are applied, inherited by where it stands, kept, and refused where they are wrong', async (context) => {
    const bench = benchOf(context);
    const broker = await MosquittoProgram.start(bench);
    await theWayOfASetting(await start(bench, { brokerUrl: broker.url }, broker.port));
  });
});
