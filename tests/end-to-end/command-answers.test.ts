import { fileURLToPath } from 'node:url';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { runCommand } from '../support/run-command.js';
import { GATEWAY_PROGRAM, TestBench } from '../support/test-bench.js';

const TERMINAL = 'kallio-health-station-1';
const EXAMPLE = fileURLToPath(new URL('../../docs/examples/registry.yaml', import.meta.url));

describe('a terminal that refuses a command', () => {
  const bench = new TestBench('command-answers');
  let config = '';
  let gateway: GatewayProgram;
  let terminal: MqttClient;
  /** What it answers besides. */
  let why: { code?: string; detail?: string } = {};

  beforeAll(async () => {
    config = writeGatewayConfig(bench, 'answers');
    await runCommand(GATEWAY_PROGRAM, 'import', EXAMPLE, '--config', config);
    gateway = await GatewayProgram.start(bench, config);
    terminal = await connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, { clientId: `hymio-${TERMINAL}` });
    terminal.on('message', (_topic, payload) => {
      const { id } = JSON.parse(payload.toString()) as { id: string };
      const answer = { id, at: Date.now(), outcome: 'refused', ...why };
      terminal.publish(`hymio/v1/${TERMINAL}/answer`, JSON.stringify(answer), { qos: 1 });
    });
    await terminal.subscribeAsync(`hymio/v1/${TERMINAL}/command`, { qos: 1 });
  });
  afterAll(async () => {
    await terminal?.endAsync(true);
    await gateway?.stop();
    await bench.clear();
  });

  it.each([
    [{ code: 'no-light' }, 'refused identify (no-light): It has no light.'],
    [{ code: 'failed', detail: 'pin 4' }, 'refused identify (failed: pin 4): It did not work.'],
    [{ code: 'new-code' }, 'refused identify (new-code).'],
    [{ code: 'new-code', detail: 'pin 4' }, 'refused identify (new-code: pin 4).'],
    [{}, 'refused identify: It does not say why.'],
  ])('with %j is quoted, and explained where that is known', async (said, told) => {
    why = said;
    const { code, stderr } = await runCommand(GATEWAY_PROGRAM, 'command', TERMINAL, 'identify', '--config', config);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${TERMINAL} ${told} See the terminal`)]);
  });
});
