import { request } from 'node:https';
import { openSqliteStore } from '@hymio/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import { describeWith } from '../../support/requirements.js';
import { runCommand, runProgram } from '../../support/run-command.js';
import { freePort, GATEWAY_PROGRAM, TestBench } from '../../support/test-bench.js';

const PASSWORD = 'kolme kiveä kaivossa';

describeWith(['openssl'], 'a gateway with TLS of its own', () => {
  const bench = new TestBench('first-admin');
  const gateway = (...args: string[]) => runCommand(GATEWAY_PROGRAM, ...args);
  let tls: { certificateFile: string; keyFile: string };

  beforeAll(async () => {
    tls = { certificateFile: bench.path('cert.pem'), keyFile: bench.path('key.pem') };
    const made = await runProgram('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', tls.keyFile, '-out', tls.certificateFile],
    ]);
    expect([made.code, made.stderr.includes('rror')]).toEqual([0, false]);
  });
  afterAll(() => bench.clear());

  /** One request over TLS, without asking whose the certificate is. */
  function send(url: string, form?: Record<string, string>, headers: Record<string, string> = {}) {
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const options = { method: body === undefined ? 'GET' : 'POST', rejectUnauthorized: false, agent: false };
    return new Promise<{ status: number; location: string; cookies: string[]; hsts: string }>((resolve, reject) => {
      const sent = request(url, { ...options, headers: { accept: 'text/html', ...type, ...headers } }, (answer) => {
        answer.resume();
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            location: answer.headers.location ?? '',
            cookies: answer.headers['set-cookie'] ?? [],
            hsts: String(answer.headers['strict-transport-security']),
          }),
        );
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  it('does not open to a network without a user, and says how to get one', async () => {
    const config = writeGatewayConfig(bench, 'open', { more: { http: { listen: '0.0.0.0:0', tls } } });
    for (const command of ['serve', 'check-config']) {
      const { code, stderr } = await gateway(command, '--config', config);
      expect([command, code, stderr]).toEqual([command, 1, expect.stringContaining('[login-missing]')]);
      expect(stderr).toContain('hymio-gateway user add');
    }
    const less = await gateway('user', 'add', 'Pekka', '--role', 'staff', '--config', config);
    expect([less.code, less.stderr]).toEqual([1, expect.stringContaining('[first-user-not-admin]')]);
    const added = await gateway('user', 'add', 'Pekka', '--role', 'admin', '--config', config);
    expect(added.stdout).toMatch(/^https:\/\/0\.0\.0\.0:0\/set-password\/[\w-]{43}\n$/);
    expect((await gateway('check-config', '--config', config)).stdout).toContain('pages on https://0.0.0.0');
    const listed = await gateway('user', 'list', '--config', config);
    expect(listed.stdout).toMatch(/^pekka +admin +\(all\) +Pekka .*no password yet$/m);
    for (const last of [
      ['remove', 'pekka'],
      ['role', 'pekka', 'staff'],
    ]) {
      const refused = await gateway('user', ...last, '--config', config);
      expect([last, refused.code, refused.stderr]).toEqual([last, 1, expect.stringContaining('[last-admin]')]);
    }
    const store = await openSqliteStore({ folder: bench.path('open-data'), reads: 'in-thread' });
    const factor = { secret: 'A'.repeat(32), usedPeriod: 0, recovery: [] };
    await store.people.setSecondFactor(1, factor, { who: 'pekka', at: 0 });
    await store.close();
    const reset = () => gateway('user', 'reset-second-factor', 'pekka', '--config', config);
    expect((await reset()).stdout).toContain('user pekka logs in with the password alone now');
    expect((await reset()).stdout).toContain('user pekka has no second factor');
  });

  it('does not open to a proxy without a user either', async () => {
    const http = { listen: '127.0.0.1:0', publicUrl: 'https://hymio.example.org', trustedProxies: ['127.0.0.1'] };
    const config = writeGatewayConfig(bench, 'proxied', { more: { http } });
    for (const command of ['serve', 'check-config']) {
      const { code, stderr } = await gateway(command, '--config', config);
      expect([command, code, stderr]).toEqual([command, 1, expect.stringContaining('[login-missing]')]);
    }
  });

  it('lets the first administrator in by the link that it prints, and then asks everybody', async () => {
    const port = await freePort();
    const origin = `https://localhost:${port}`;
    const http = { listen: `localhost:${port}`, tls };
    const config = writeGatewayConfig(bench, 'first', { more: { http } });
    const child = GatewayProgram.launch(bench, config);
    const [, link = ''] = await child.line(/begins at (\S+)$/);
    expect(link.startsWith(`${origin}/set-password/`)).toBe(true);
    expect((await send(`${origin}/admin`)).status).toBe(200);
    const form = { name: 'Pekka', displayName: 'Pekka P.', password: PASSWORD };
    expect((await send(link, { ...form, password: 'password1234' }, { origin })).status).toBe(422);
    const begun = await send(link, form, { origin });
    const session = begun.cookies.find((one) => one.includes('hymio-session'));
    expect(session).toMatch(/^__Host-hymio-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(begun.hsts).toContain('max-age=');
    expect((await send(`${origin}/admin`)).location).toBe('/login?next=%2Fadmin');
    const cookie = session?.split(';')[0] ?? '';
    expect((await send(`${origin}/admin`, undefined, { cookie })).status).toBe(200);
    expect((await send(link, form, { origin })).status).toBe(404);

    const added = await gateway('user', 'add', 'maija', '--role', 'viewer', '--config', config);
    const second = await send(added.stdout.trim(), { password: PASSWORD }, { origin });
    const hers = second.cookies.find((one) => one.includes('hymio-session'))?.split(';')[0] ?? '';
    expect((await send(`${origin}/alerts`, undefined, { cookie: hers })).status).toBe(200);
    expect((await send(`${origin}/admin`, undefined, { cookie: hers })).status).toBe(403);
    expect((await gateway('user', 'role', 'maija', 'admin', '--config', config)).code).toBe(0);
    expect((await send(`${origin}/alerts`, undefined, { cookie: hers })).location).toBe('/login?next=%2Falerts');
    await child.kill('SIGTERM');
  });
});
