import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { freePort, ON_DISK, TestBench } from '../support/test-bench.js';

const SIMULATOR = join(fileURLToPath(new URL('../..', import.meta.url)), 'simulator/dist/cli/main.js');
const CLEAN =
  'lost 0, doubled 0, wrong rating 0, wrong bucket 0, wrong time 0, wrongly marked repeat 0, wrong aggregate 0';

const bench = new TestBench('fleet', ON_DISK);
let gateway: GatewayProgram;

beforeAll(async () => {
  gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway'));
});
afterAll(() => bench.clear());

/** Runs a fleet against the gateway; its ledger is `<prefix>.ndjson`. */
async function runFleet(prefix: string, ...options: string[]): Promise<ChildProgram> {
  const child = bench.node('fleet', SIMULATOR, 'fleet', '--prefix', prefix, ...fleetOptions(prefix), ...options);
  expect((await child.exited).code, child.lines.join('\n')).toBe(0);
  return child;
}

function fleetOptions(prefix: string, mqttPort = gateway.mqttPort): string[] {
  const broker = `mqtt://127.0.0.1:${mqttPort}`;
  return ['--gateway-mqtt', broker, '--data', bench.path(prefix), '--ledger', bench.path(`${prefix}.ndjson`)];
}

async function verify(ledger: string, url = gateway.http): Promise<{ code: number | null; text: string }> {
  const child = bench.node('verify', SIMULATOR, 'verify', '--ledger', bench.path(ledger), '--gateway', url);
  const { code } = await child.exited;
  return { code, text: child.lines.join('\n') };
}

describe('a fleet against a real gateway', () => {
  it('loses and doubles nothing under offline spans, kills, reboots, wrong clocks and bad delivery', async () => {
    const fleet = await runFleet('many', '--terminals', '4', '--days', '3', '--seed', '11', '--faults', 'many');
    const [, kills, reboots] = await fleet.line(/kills (\d+), reboots (\d+)/);
    expect(Math.min(Number(kills), Number(reboots))).toBeGreaterThan(0);
    const { code, text } = await verify('many.ndjson');
    expect(text).toContain(CLEAN);
    expect(text).toMatch(/compared [1-9]\d+ kept presses/);
    expect(text).toMatch(/\([1-9]\d* with estimated time/);
    expect(code).toBe(0);
  });

  it('loses and doubles nothing when every terminal is a process that is really killed, and goes on another time', async () => {
    const options = ['--terminals', '2', '--days', '1', '--faults', 'many', '--processes'];
    const fleet = await runFleet('processes', ...options, '--seed', '5');
    const [, kills] = await fleet.line(/kills (\d+)/);
    expect(Number(kills)).toBeGreaterThan(0);
    await runFleet('processes', ...options, '--seed', '6');
    const { code, text } = await verify('processes.ndjson');
    expect(text).toContain(CLEAN);
    expect(code).toBe(0);
  });

  it('is found out where the store lacks a press that a ledger has', async () => {
    await runFleet('lost', '--terminals', '1', '--days', '0.2', '--faults', 'none');
    const file = bench.path('lost.ndjson');
    const kept = readFileSync(file, 'utf8')
      .split('\n')
      .find((line) => line.includes('"kept"'));
    writeFileSync(file, `${readFileSync(file, 'utf8')}${kept?.replace(/"seq":\d+/, '"seq":900000')}\n`);
    const { code, text } = await verify('lost.ndjson');
    expect(text).toContain('lost 1, doubled 0');
    expect(text).toContain(' 900000, rating');
    expect(code).toBe(1);
  });
});

describe('without a gateway', () => {
  it('the fleet says what is still pending, and verify that nobody answers', async () => {
    const port = await freePort();
    const options = ['--terminals', '1', '--days', '0', '--drain-seconds', '1', '--prefix', 'alone'];
    const child = bench.node('fleet', SIMULATOR, 'fleet', ...options, ...fleetOptions('alone', port));
    const [line] = await child.line(/.*fleet-not-drained.*/);
    expect(line).toMatch(/still pending: alone-001 [1-9]/);
    expect((await child.exited).code).toBe(1);
    const { code, text } = await verify('alone.ndjson', `http://127.0.0.1:${port}`);
    expect(text).toContain('[gateway-unreachable]');
    expect(code).toBe(1);
  });

  it('every command explains itself', async () => {
    for (const [command, option] of [
      ['fleet', '--gateway-mqtt'],
      ['verify', '--wait-seconds'],
    ] as const) {
      const child = bench.node('help', SIMULATOR, command, '--help');
      expect((await child.exited).code).toBe(0);
      expect(child.lines.join('\n')).toContain(option);
    }
  });
});
