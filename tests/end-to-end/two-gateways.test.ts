import { afterAll, beforeAll, expect, it } from 'vitest';
import { ForeignClient } from '../support/foreign-client.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { batch } from '../support/hand-written.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const EPOCHS = {
  SIGTERM: '77777777-7777-4777-8777-777777777777',
  SIGKILL: '88888888-8888-4888-8888-888888888888',
};

describeWith(['mosquitto'], 'a broker and its gateway', () => {
  const bench = new TestBench('two-gateways');
  let broker: MosquittoProgram;
  beforeAll(async () => {
    broker = await MosquittoProgram.start(bench);
  });
  afterAll(() => bench.clear());

  const readiness = async (gateway: GatewayProgram): Promise<number> => (await gateway.fetch('/readyz')).status;
  const becomes = (gateway: GatewayProgram, status: number) =>
    until(
      `readyz ${status}`,
      () => readiness(gateway),
      (seen) => seen === status,
    );

  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    it(`only one of two gateways acknowledges; after ${signal} of it the other takes over`, async () => {
      const name = signal.toLowerCase();
      const first = await GatewayProgram.start(
        bench,
        writeGatewayConfig(bench, `first-${name}`, { brokerUrl: broker.url }),
      );
      await becomes(first, 200);
      const second = await GatewayProgram.start(
        bench,
        writeGatewayConfig(bench, `second-${name}`, { brokerUrl: broker.url }),
      );
      await becomes(second, 200);
      await becomes(first, 503);
      const client = await ForeignClient.start(bench, broker.port, `rival-${name}`);
      expect(await client.send(batch(EPOCHS[signal], 1, 2))).toMatchObject({ upTo: 2 });
      expect(await first.presses()).toEqual([]);
      expect(await second.presses()).toHaveLength(2);
      await second.stop(signal);
      await becomes(first, 200);
      await first.stop();
    });
  }

  it('is not thrown off by a terminal called gateway', async () => {
    const gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'namesake', { brokerUrl: broker.url }));
    const terminal = new TerminalProgram(bench, 'gateway', writeTerminalConfig(bench, 'gateway', broker.port));
    await terminal.press(3);
    await until(
      'the press arrives',
      () => gateway.presses('gateway'),
      (seen) => seen.length === 1,
    );
    expect(await readiness(gateway)).toBe(200);
    await gateway.stop();
  });
});
