import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { type CommandResult, runCommand } from '../support/run-command.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';

const EXAMPLE = fileURLToPath(new URL('../../docs/examples/registry.yaml', import.meta.url));
const TOKEN = /^hymio_\d+_[A-Za-z0-9_-]{43}\n$/;

describe('the commands for tokens', () => {
  const bench = new TestBench('tokens');
  afterAll(() => bench.clear());
  let config = '';
  const token = (...words: string[]): Promise<CommandResult> =>
    runCommand(GATEWAY_PROGRAM, 'token', ...words, '--config', config);
  beforeAll(() => {
    config = writeGatewayConfig(bench, 'tokens', { more: { log: { level: 'debug' } } });
  });

  it('make one that is shown once, list it, and revoke it', async () => {
    await runCommand(GATEWAY_PROGRAM, 'import', EXAMPLE, '--config', config);
    const made = await token('create', '--name', 'report-job', '--scope', 'reports:read', 'aggregates:read');
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(TOKEN) });
    expect(made.stderr).toContain('not shown again');
    const listed = await token('list');
    expect(listed.stdout).toMatch(/^NAME +SCOPES +GROUP +MADE +BY +LAST USED\n/);
    expect(listed.stdout).toMatch(/^report-job +reports:read,aggregates:read +\(all\) +\S+Z +\S+ +never$/m);
    expect(await token('revoke', 'report-job')).toEqual({ code: 0, stdout: 'token report-job revoked\n', stderr: '' });
    expect((await token('list')).stdout).toMatch(/^report-job .* revoked \S+Z$/m);
    // Nothing of it lies in the store.
    const secret = made.stdout.trim().replace(/^hymio_\d+_/, '');
    expect(readFileSync(bench.path('tokens-data', 'store.sqlite')).includes(secret)).toBe(false);
  });

  it('refuse what cannot be, and say why', async () => {
    const wrong: [string[], string][] = [
      [
        ['create', '--name', 'A B', '--scope', 'reports:read'],
        'name: use 1 to 63 lower-case letters, digits and hyphens, not starting with a hyphen. Correct it;',
      ],
      [['create', '--name', 'job', '--scope', 'reports:write'], 'reports:read'],
      [['create', '--name', 'job'], '--scope'],
      [['create', '--name', 'job', '--scope', 'reports:read', '--group', 'nowhere'], '[unknown-group]'],
      [['revoke', 'nobody'], '[unknown-token]'],
    ];
    for (const [words, said] of wrong) {
      const { code, stdout, stderr } = await token(...words);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(said);
    }
  });

  it('work on a store that is served, and nothing of a token is in the log', async () => {
    const gateway = await GatewayProgram.start(bench, config);
    const made = await token('create', '--name', 'served', '--scope', 'presses:read');
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(TOKEN) });
    expect((await token('create', '--name', 'served', '--scope', 'presses:read')).stderr).toContain(
      '[token-name-taken]',
    );
    expect((await token('list')).stdout).toMatch(/^served +presses:read /m);
    expect((await token('revoke', 'served')).code).toBe(0);
    const listening = await token('create', '--name', 'listening', '--scope', 'presses:read', 'terminals:read');
    const headers = { authorization: `Bearer ${listening.stdout.trim()}` };
    const stream = await gateway.fetch('/api/v1/events', { headers });
    expect(stream.status).toBe(200);
    const ended = expect(stream.text()).rejects.toThrow();
    expect((await token('revoke', 'listening')).code).toBe(0);
    await ended;
    await gateway.stop();
    const secret = made.stdout.trim().replace(/^hymio_\d+_/, '');
    expect(gateway.child.lines.join('\n')).not.toContain(secret);
  });
});
