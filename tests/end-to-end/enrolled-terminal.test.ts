import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { IdentityFile } from '@hymio/device';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { testWith } from '../support/requirements.js';
import { type CommandResult, runCommand } from '../support/run-command.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, GATEWAY_PROGRAM, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

describe('a terminal that enrols', () => {
  const bench = new TestBench('enrolled');
  const ports = { plain: 0, secure: 0, enrolment: 0 };
  let gatewayConfig = '';
  let gateway: GatewayProgram;
  beforeAll(async () => {
    [ports.plain, ports.secure, ports.enrolment] = [await freePort(), await freePort(), await freePort()];
    gatewayConfig = writeGatewayConfig(bench, 'gateway', {
      more: {
        identity: { names: ['localhost'], listen: `127.0.0.1:${ports.enrolment}` },
        mqtt: { listen: `127.0.0.1:${ports.secure}`, tls: 'own', plain: `127.0.0.1:${ports.plain}` },
      },
    });
    gateway = await GatewayProgram.start(bench, gatewayConfig);
  });
  afterAll(() => bench.clear());

  const gatewayUrl = () => `https://localhost:${ports.enrolment}`;
  async function newCode(terminal: string): Promise<string> {
    const { stdout } = await runCommand(GATEWAY_PROGRAM, 'enrol-code', terminal, '--config', gatewayConfig);
    return stdout.trim();
  }
  const enrol = (config: string, code: string, url = gatewayUrl()): Promise<CommandResult> =>
    runCommand(TERMINAL_PROGRAM, 'enrol', '--config', config, '--gateway', url, '--code', code);
  const status = async (config: string): Promise<{ faults: { code: string }[]; pending: number }> =>
    JSON.parse((await runCommand(TERMINAL_PROGRAM, 'status', '--json', '--config', config)).stdout);
  const arrived = (terminal: string, count: number) =>
    until(
      `${count} presses of ${terminal}`,
      () => gateway.presses(terminal),
      ({ length }) => length >= count,
    );

  it('moves from plain to TLS without losing a press, is shut out, keeps its presses, and comes back', async () => {
    const plain = writeTerminalConfig(bench, 'kallio-1', ports.plain);
    let terminal = new TerminalProgram(bench, 'kallio-1', plain);
    await terminal.press(3);
    await arrived('kallio-1', 1);

    const enrolled = await enrol(plain, await newCode('kallio-1'));
    expect(enrolled).toMatchObject({ code: 0, stdout: expect.stringContaining('terminal kallio-1 enrolled') });
    expect(enrolled.stderr).toContain('without TLS');
    await terminal.press(2);
    await terminal.stop('SIGKILL');
    const secure = writeTerminalConfig(bench, 'kallio-1', 0, { broker: { url: `mqtts://localhost:${ports.secure}` } });
    terminal = new TerminalProgram(bench, 'kallio-1', secure);
    await terminal.press(1);
    await terminal.connected();
    await arrived('kallio-1', 3);

    const since = terminal.child.lines.length;
    const out = await runCommand(GATEWAY_PROGRAM, 'revoke', 'kallio-1', '--config', gatewayConfig);
    expect(out.stdout).toBe('terminal kallio-1 shut out; certificates revoked: 1\n');
    await terminal.child.line(/"msg":"no connection to the broker"/, since);
    await terminal.press(0);
    const refused = await until(
      'the fault',
      () => status(secure),
      ({ faults }) => faults.some(({ code }) => code === 'certificate-refused'),
    );
    expect(refused.pending).toBe(1);
    expect(await gateway.presses('kallio-1')).toHaveLength(3);

    expect(await enrol(secure, await newCode('kallio-1'))).toMatchObject({ code: 0, stderr: '' });
    const presses = await arrived('kallio-1', 4);
    expect(presses.map(({ rating }) => rating)).toEqual([3, 2, 1, 0]);
    await until(
      'no fault',
      () => status(secure),
      ({ faults }) => faults.length === 0,
    );
    await terminal.stop();
    const listed = await runCommand(GATEWAY_PROGRAM, 'certificates', '--config', gatewayConfig);
    expect(listed.stdout.split('\n').filter((line) => line.startsWith('kallio-1\t'))).toEqual([
      expect.stringContaining('revoked'),
      expect.not.stringContaining('revoked'),
    ]);
    const certificate = new IdentityFile(bench.path('kallio-1-data')).read();
    expect(gateway.child.lines.join('\n')).not.toContain(certificate?.key.split('\n')[1]);
  });

  it('is warned of where a code is made for a terminal that nobody has announced: it may be mistyped', async () => {
    const registry = bench.write('registry.yaml', { terminals: [{ id: 'vallila-1' }] });
    expect((await runCommand(GATEWAY_PROGRAM, 'import', registry, '--config', gatewayConfig)).code).toBe(0);
    const said = async (terminal: string) =>
      (await runCommand(GATEWAY_PROGRAM, 'enrol-code', terminal, '--config', gatewayConfig)).stderr;
    expect(await said('valila-1')).toContain('Nobody has announced valila-1 yet');
    expect(await said('vallila-1')).not.toContain('announced');
  });

  it('has its code withdrawn where it had nothing else, and that is said and written down', async () => {
    const code = await newCode('pasila-1');
    const revoke = () => runCommand(GATEWAY_PROGRAM, 'revoke', 'pasila-1', '--config', gatewayConfig);
    expect((await revoke()).stdout).toBe(
      'terminal pasila-1 shut out; certificates revoked: 0; its unused code was withdrawn\n',
    );
    const config = writeTerminalConfig(bench, 'pasila-1', ports.plain);
    expect((await enrol(config, code)).stderr).toContain('[enrolment-refused]');
    expect((await revoke()).stderr).toContain('[no-certificate]');
    const log = bench.path('audit.ndjson');
    await runCommand(GATEWAY_PROGRAM, 'audit', 'export', '--out', log, '--config', gatewayConfig);
    const lines = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes('pasila-1'));
    expect(lines).toEqual([
      expect.stringContaining('create-enrolment-code'),
      expect.stringContaining('withdraw-enrolment-code'),
    ]);
  });

  it('keeps its key and its certificate in one file that its user alone can read', async () => {
    const config = writeTerminalConfig(bench, 'malmi-1', ports.plain);
    const code = await newCode('malmi-1');
    expect(await enrol(config, code)).toMatchObject({ code: 0 });
    const folder = bench.path('malmi-1-data');
    expect(readdirSync(folder)).toEqual(['identity.json']);
    expect(statSync(`${folder}/identity.json`).mode & 0o777).toBe(0o600);
    const held = new IdentityFile(folder).read();
    const certificate = new X509Certificate(held?.certificate ?? '');
    expect(certificate.checkPrivateKey(createPrivateKey(held?.key ?? ''))).toBe(true);
    // Once more, as after a lost answer that was kept all the same: used is used.
    const before = readFileSync(`${folder}/identity.json`, 'utf8');
    expect(await enrol(config, code)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('[enrolment-refused]'),
    });
    expect(readFileSync(`${folder}/identity.json`, 'utf8')).toBe(before);
  });

  testWith(['root'], 'gives what root enrolled to whom the data folder belongs to', async () => {
    const config = writeTerminalConfig(bench, 'turku-1', ports.plain);
    const folder = bench.path('turku-1-data');
    mkdirSync(folder);
    chownSync(folder, 12_345, 12_346);
    expect(await enrol(config, await newCode('turku-1'))).toMatchObject({ code: 0 });
    expect(statSync(`${folder}/identity.json`)).toMatchObject({ uid: 12_345, gid: 12_346 });
  });

  it('goes on after a crash in the middle: with the key that asked, or a new one where that was cut short', async () => {
    const config = writeTerminalConfig(bench, 'pasila-1', ports.plain);
    const file = new IdentityFile(bench.path('pasila-1-data'));
    const asked = file.nextKey();
    expect(await enrol(config, await newCode('pasila-1'))).toMatchObject({ code: 0 });
    expect(new X509Certificate(file.read()?.certificate ?? '').checkPrivateKey(asked)).toBe(true);
    file.nextKey();
    writeFileSync(bench.path('pasila-1-data', 'identity-new.pem'), '-----BEGIN PRIV');
    expect(await enrol(config, await newCode('pasila-1'))).toMatchObject({ code: 0 });
  });

  it('sends its code to no gateway but the one that the code names', async () => {
    const config = writeTerminalConfig(bench, 'oulu-1', ports.plain);
    const code = await newCode('oulu-1');
    const foreign = `${code.slice(0, 15)}0000-0000-0000-0000-0000`;
    const wrong: [string, string, string][] = [
      [foreign, gatewayUrl(), 'gateway-not-trusted'],
      [code, `https://127.0.0.1:${ports.enrolment}`, 'gateway-not-trusted'],
      [code, `http://localhost:${ports.enrolment}`, 'gateway-not-https'],
      [code, `https://localhost:${await freePort()}`, 'enrolment-unreachable'],
      [code.slice(5), gatewayUrl(), 'code-malformed'],
    ];
    for (const [given, url, said] of wrong) {
      const { code: exit, stdout, stderr } = await enrol(config, given, url);
      expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
      expect(stderr).toContain(`[${said}]`);
    }
    expect(await enrol(config, code.toLowerCase().replaceAll('-', ' '))).toMatchObject({ code: 0 });
  });
});
