import { closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '@hymio/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeGatewayConfig } from '../support/gateway-program.js';
import { runCommand } from '../support/run-command.js';
import { commitPresses, sampleEpoch } from '../support/sample-store.js';
import { freePort, GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';

const EXAMPLE = fileURLToPath(new URL('../../docs/examples/registry.yaml', import.meta.url));
const gateway = (...args: string[]) => runCommand(GATEWAY_PROGRAM, ...args);

describe('the commands of the gateway', () => {
  const bench = new TestBench('commands');
  afterAll(() => bench.clear());

  it('explain themselves', async () => {
    const commands = ['serve', 'check-config', 'import', 'backup', 'restore', 'prune', 'rebuild-rollups'];
    const whole = await gateway('--help');
    expect(whole.code).toBe(0);
    for (const command of [...commands, 'report']) expect(whole.stdout).toContain(command);
    const helps = await Promise.all(
      [...commands.map((command) => [command]), ['report', 'weekly'], ['token', 'create']].map((words) =>
        gateway(...words, '--help'),
      ),
    );
    for (const { code, stdout } of helps) {
      expect(code).toBe(0);
      expect(stdout).toContain('--config <file>');
    }
    const unknown = await gateway('sirve');
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toContain('serve');
    const incomplete = await gateway('serve');
    expect(incomplete.code).not.toBe(0);
    expect(incomplete.stderr).toContain('--config');
  });

  describe('with a wrong configuration', () => {
    it('name every fault at once', async () => {
      const config = bench.write('wrong.yaml', {
        dota: './data',
        timezone: 'Europe/Helsingfors',
        mqtt: { listen: '127.0.0.1:1883', url: 'mqtt://elsewhere' },
        http: { listen: '0.0.0.0:8080', tls: true },
        store: { type: 'postgres' },
        reports: { schedule: 'on Mondays' },
        retentionDays: 0,
        log: { level: 'loud' },
        colour: 'green',
      });
      for (const command of ['serve', 'check-config']) {
        const { code, stderr, stdout } = await gateway(command, '--config', config);
        expect(code).toBe(1);
        expect(stdout).toBe('');
        expect(stderr).toContain('[config-invalid]');
        for (const fault of [
          'dota',
          'colour',
          'data',
          'timezone',
          'mqtt',
          'http',
          'tls',
          'store',
          'schedule',
          'retention',
          'log',
        ])
          expect(stderr).toContain(fault);
      }
    });

    it.each(['mqtt://127.0.0.1:99999', 'mqtt://[::1', 'http://127.0.0.1:1883', '127.0.0.1:1883'])(
      'refuse the broker %s',
      async (url) => {
        const config = bench.write('broker.yaml', { data: 'd', mqtt: { url }, http: { listen: '127.0.0.1:0' } });
        const { code, stderr } = await gateway('serve', '--config', config);
        expect(code).toBe(1);
        expect(stderr).toContain('[config-invalid]');
        expect(stderr).toContain('mqtt');
      },
    );

    it('say so where the file is missing or no YAML', async () => {
      const missing = await gateway('serve', '--config', bench.path('missing.yaml'));
      expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('[config-unreadable]') });
      expect(missing.stderr).toContain('Give an existing YAML file');
      const file = bench.write('broken.yaml', 'data: ./data\nmqtt: listen: 127.0.0.1:1883\n');
      const broken = await gateway('serve', '--config', file);
      expect(broken).toMatchObject({ code: 1, stderr: expect.stringContaining('[config-unreadable]') });
      expect(broken.stderr).toContain('broken.yaml is not valid YAML at line 2, column 7: ');
      expect(broken.stderr).toContain('Correct that line or the one before');
      expect(broken.stderr).not.toContain('existing');
    });

    it('want an address and a secret where people log in by a directory', async () => {
      const roles = { claim: 'groups', map: { all: { role: 'viewer' } } };
      const oidc = { issuer: 'https://login.example.org', clientId: 'h', name: { fi: 'a', sv: 'b', en: 'c' }, roles };
      const http = { listen: '127.0.0.1:0' };
      const mqtt = { listen: '127.0.0.1:1883' };
      const homeless = bench.write('homeless.yaml', { data: 'd', mqtt, http, people: { oidc } });
      const without = await gateway('check-config', '--config', homeless);
      expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining('people.oidc: needs http.publicUrl') });
      const reached = { ...http, publicUrl: 'https://hymio.example.org', trustedProxies: ['127.0.0.1'] };
      const secretive = { ...oidc, clientSecretFile: 'no-such-secret' };
      for (const [command, people, said] of [
        ['check-config', { oidc }, 'HYMIO_OIDC_CLIENT_SECRET'],
        ['serve', { oidc: secretive }, bench.path('no-such-secret')],
      ] as const) {
        const config = bench.write(`secret-${command}.yaml`, { data: 'd', mqtt, http: reached, people });
        const { code, stderr } = await gateway(command, '--config', config);
        expect([code, stderr]).toEqual([1, expect.stringContaining('[config-invalid]')]);
        expect(stderr).toContain(said);
      }
    });

    it('say what would run where it is right', async () => {
      const config = writeGatewayConfig(bench, 'right', { mqttPort: 1883, httpPort: 8080 });
      const { code, stdout } = await gateway('check-config', '--config', config);
      expect(code).toBe(0);
      expect(stdout).toContain(bench.path('right-data'));
    });
  });

  describe('on a store that cannot be used', () => {
    it('name the folder that cannot be written', async () => {
      bench.write('a-file', 'no folder');
      const config = writeGatewayConfig(bench, 'unwritable', { data: 'a-file/data' });
      for (const command of ['serve', 'rebuild-rollups']) {
        const { code, stderr } = await gateway(command, '--config', config);
        expect(code).toBe(1);
        expect(stderr).toContain('[store-unwritable]');
        expect(stderr).toContain('a-file');
      }
    });

    it('leave a store of a newer version alone', async () => {
      const config = writeGatewayConfig(bench, 'newer');
      expect((await gateway('rebuild-rollups', '--config', config)).code).toBe(0);
      const file = bench.path('newer-data', 'store.sqlite');
      setSchemaVersion(file, 99);
      const before = readFileSync(file);
      for (const command of ['serve', 'prune']) {
        const { code, stderr } = await gateway(command, '--config', config);
        expect(code).toBe(1);
        expect(stderr).toContain('[store-newer-schema]');
      }
      expect(readFileSync(file).equals(before)).toBe(true);
    });

    it('say that it is damaged', async () => {
      const config = writeGatewayConfig(bench, 'damaged');
      bench.write('damaged-data/store.sqlite', 'this is not a database, and it is long enough to be seen as such');
      const { code, stderr } = await gateway('serve', '--config', config);
      expect(code).toBe(1);
      expect(stderr).toContain('[store-corrupt]');
    });
  });

  describe('serve on a port that is taken', () => {
    let taken: Server;
    let port: number;
    beforeAll(async () => {
      port = await freePort();
      taken = createServer();
      await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    });
    afterAll(() => void taken.close());

    it.each(['httpPort', 'mqttPort'] as const)('ends and names it: %s', async (which) => {
      const config = writeGatewayConfig(bench, `busy-${which}`, { [which]: port });
      const { code, stderr, stdout } = await gateway('serve', '--config', config);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toContain('[port-busy]');
      expect(stderr).toContain(String(port));
      // It let go of the store.
      expect((await gateway('rebuild-rollups', '--config', config)).code).toBe(0);
    });
  });

  describe('import', () => {
    it('takes the example, and a second time changes nothing', async () => {
      const config = writeGatewayConfig(bench, 'import');
      const first = await gateway('import', EXAMPLE, '--config', config);
      expect(first).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^added [1-9]\d*, changed 0, unchanged 0$/m),
      });
      const again = await gateway('import', EXAMPLE, '--config', config);
      expect(again).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^added 0, changed 0, unchanged [1-9]\d*$/m),
      });
      expect(again.stdout).not.toContain('counted again');
    });

    it('names every contradiction, and changes nothing', async () => {
      const config = writeGatewayConfig(bench, 'contradiction');
      await gateway('import', EXAMPLE, '--config', config);
      const registry = () => readRegistry(bench.path('contradiction-data'));
      const before = await registry();
      const file = bench.write('contradiction-file.yaml', {
        groups: [{ id: 'island', parent: 'atlantis', name: { en: 'Island' } }],
        servicePoints: [
          { id: 'early', group: 'island', name: { en: 'Zero' }, openingHours: { mon: ['16:00-08:00'] } },
          { id: 'twice', group: 'island', name: { en: 'One' } },
          { id: 'twice', group: 'nowhere', name: { en: 'Two' } },
        ],
        assignments: [
          { terminal: 'wanderer', servicePoint: 'twice', from: '2026-01-01T00:00:00Z' },
          { terminal: 'wanderer', servicePoint: 'moon', from: '2026-02-01T00:00:00Z' },
        ],
      });
      const { code, stderr } = await gateway('import', file, '--config', config);
      expect(code).toBe(1);
      expect(stderr).toContain('[registry-contradiction]');
      for (const fault of ['atlantis', 'twice', 'nowhere', 'moon', 'overlaps', 'before it opens'])
        expect(stderr).toContain(fault);
      expect(await registry()).toEqual(before);
    });

    it('refuses what is no registry', async () => {
      const config = writeGatewayConfig(bench, 'no-registry');
      const file = bench.write('no-registry-file.yaml', { servicePoint: [], terminals: [{ id: 'UPPER' }] });
      const { code, stderr } = await gateway('import', file, '--config', config);
      expect(code).toBe(1);
      for (const fault of ['[registry-invalid]', 'servicePoint', 'terminals.0.id']) expect(stderr).toContain(fault);
    });
  });

  it('prune removes raw presses and keeps the counts; rebuild-rollups finds nothing to mend', async () => {
    const config = writeGatewayConfig(bench, 'prune');
    const folder = bench.path('prune-data');
    const now = Date.now();
    const store = await openSqliteStore({ folder, reads: 'in-thread' });
    const presses = [500, 300, 100, 1].map((days) => ({
      at: now - days * 24 * 3_600_000,
      rating: 3 as const,
      clock: 'synced' as const,
    }));
    await commitPresses(store, 'pruned-1', sampleEpoch(1), presses, { receivedAt: now });
    await store.close();
    const rebuild = () => gateway('rebuild-rollups', '--config', config);
    expect((await rebuild()).stdout).toBe('4 rollups counted again, 0 differed\n');
    expect((await gateway('prune', '--config', config)).stdout).toMatch(/^1 raw presses removed/);
    expect((await gateway('prune', '--config', config, '--days', '200')).stdout).toMatch(/^1 raw presses removed/);
    const refused = ['0', 'x', '1.5'].map((days) => gateway('prune', '--config', config, '--days', days));
    for (const { code, stderr } of await Promise.all(refused)) {
      expect(code).toBe(1);
      expect(stderr).toContain('[bad-arguments]');
    }
    expect((await rebuild()).stdout).toBe('2 rollups counted again, 0 differed\n');
    const after = await openSqliteStore({ folder, reads: 'in-thread' });
    const to = Math.ceil(now / 900_000) * 900_000;
    const [cell] = await after.rollups({ from: to - 600 * 24 * 3_600_000, to, step: 'whole', by: 'total' });
    await after.close();
    expect(cell?.ratings).toEqual([0, 0, 0, 4]);
  });

  it('restore refuses what is no backup, and leaves the store as it was', async () => {
    const config = writeGatewayConfig(bench, 'restore');
    await gateway('import', EXAMPLE, '--config', config);
    const file = bench.path('restore-data', 'store.sqlite');
    const before = readFileSync(file);
    const restore = (from: string) => gateway('restore', '--from', from, '--config', config);
    expect((await restore(bench.path('nothing'))).stderr).toContain('[backup-missing]');
    writeFileSync(bench.path('nonsense'), 'nonsense '.repeat(2_000));
    expect((await restore(bench.path('nonsense'))).stderr).toContain('[store-corrupt]');
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(existsSync(`${file}.restoring`)).toBe(false);
  });
});

/** The schema version stands in the file's header. */
function setSchemaVersion(file: string, version: number): void {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(version);
  const handle = openSync(file, 'r+');
  writeSync(handle, header, 0, 4, 60);
  closeSync(handle);
}

async function readRegistry(folder: string) {
  const store = await openSqliteStore({ folder, reads: 'in-thread' });
  try {
    return await store.registry();
  } finally {
    await store.close();
  }
}
