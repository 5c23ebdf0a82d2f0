import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { ChainCheck, type ChangeLogEntry } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { type CommandResult, runCommand } from '../support/run-command.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';

const EXAMPLE = fileURLToPath(new URL('../../docs/examples/registry.yaml', import.meta.url));
const INTACT = /^log of changes intact: (\d+) entries, head ([0-9a-f]{64})\n/;

describe('the commands for the log of changes', () => {
  const bench = new TestBench('audit');
  afterAll(() => bench.clear());
  let config = '';
  const gateway = (...words: string[]): Promise<CommandResult> =>
    runCommand(GATEWAY_PROGRAM, ...words, '--config', config);
  const head = async () => INTACT.exec((await gateway('audit', 'verify')).stdout)?.[2] ?? '';
  const tamper = (...statements: string[]) => {
    const db = new Database(bench.path('audit-data', 'store.sqlite'));
    for (const { name } of db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
      .all()) {
      if (name.startsWith('registry_log')) db.exec(`DROP TRIGGER ${name}`);
    }
    for (const statement of statements) db.exec(statement);
    db.close();
  };
  beforeAll(() => {
    config = writeGatewayConfig(bench, 'audit');
  });

  it('check and export it beside a gateway that serves, which notes its end in its own log', async () => {
    expect((await gateway('import', EXAMPLE)).code).toBe(0);
    const noted = await head();
    const serving = await GatewayProgram.start(bench, config);
    await serving.child.line(new RegExp(`"hash":"${noted}".*head of the log of changes|head of the log.*${noted}`));
    await gateway('token', 'create', '--name', 'job', '--scope', 'reports:read');
    await gateway('prune', '--days', '400');
    await gateway('rebuild-rollups');
    const verified = await gateway('audit', 'verify', '--head', noted.toUpperCase());
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(INTACT), stderr: '' });
    const shown = INTACT.exec(verified.stdout)?.[2];
    expect(verified.stdout).toMatch(/^the noted head is that of entry \d+$/m);
    expect(await (await fetch(`${serving.http}/admin/log?lang=en`)).text()).toContain(shown);
    const rest = await (await fetch(`${serving.http}/api/v1/audit?after=2`)).text();
    const out = bench.path('log.ndjson');
    expect((await gateway('audit', 'export', '--out', out)).code).toBe(0);
    await serving.stop();
    const exported = readFileSync(out, 'utf8');
    expect(exported.split('\n').slice(2).join('\n')).toBe(rest);
    const entries: ChangeLogEntry[] = readFileSync(out, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const check = new ChainCheck();
    expect(entries.every((entry) => check.add(entry))).toBe(true);
    expect(check.head.hash).toBe(shown);
    expect(entries.slice(-3).map(({ who, what }) => [who, what])).toEqual(
      ['create-token', 'prune', 'rebuild-rollups'].map((what) => [userInfo().username, what]),
    );
    expect(new Set(entries.map(({ who }) => who))).toEqual(new Set([userInfo().username]));
  });

  it('name the entry that was changed, and miss a head where the end was cut off', async () => {
    const noted = await head();
    expect((await gateway('audit', 'verify', '--head', 'abc')).stderr).toContain('[bad-arguments]');
    tamper('DELETE FROM registry_log WHERE id = (SELECT max(id) FROM registry_log)');
    expect((await gateway('audit', 'verify')).stdout).toMatch(INTACT);
    const cut = await gateway('audit', 'verify', '--head', noted);
    expect(cut).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('[audit-head-missing]') });
    tamper("UPDATE registry_log SET who = 'somebody else' WHERE id = 3");
    const broken = await gateway('audit', 'verify');
    expect(broken).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('[audit-broken]') });
    expect(broken.stderr).toContain('entry 3 is not the one that was written after entry 2');
  });
});
