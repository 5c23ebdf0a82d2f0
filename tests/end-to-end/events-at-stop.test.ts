import { randomUUID } from 'node:crypto';
import { pressesEventSchema } from '@hymio/protocol';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { TestBench } from '../support/test-bench.js';

const TERMINALS = 8;
const BATCH = 20;

/** Sends batch after batch, each when the one before was acknowledged, for as long as there is a broker. */
async function sendOn(client: MqttClient, terminal: string, acknowledged: () => void): Promise<void> {
  const epoch = randomUUID();
  const send = (firstSeq: number) => {
    const presses = Array.from({ length: BATCH }, (_, n) => ({ at: Date.now() + n, rating: 3, clock: 'synced' }));
    client.publish(`hymio/v1/${terminal}/presses`, JSON.stringify({ epoch, firstSeq, oldestSeq: 1, presses }), {
      qos: 1,
    });
  };
  client.on('message', (topic, payload) => {
    if (topic !== `hymio/v1/${terminal}/ack`) return;
    acknowledged();
    send((JSON.parse(payload.toString()) as { upTo: number }).upTo + 1);
  });
  await client.subscribeAsync(`hymio/v1/${terminal}/ack`, { qos: 1 });
  send(1);
}

describe('a gateway that is stopped in the middle of its work', () => {
  const bench = new TestBench('events-at-stop');
  afterAll(() => bench.clear());

  it('has told every press that it stored, or counts it in its log', async () => {
    const mqtt = { listen: '127.0.0.1:0', events: true };
    const config = writeGatewayConfig(bench, 'gateway', { more: { mqtt } });
    const gateway = await GatewayProgram.start(bench, config);
    const open = () => connectAsync(`mqtt://127.0.0.1:${gateway.mqttPort}`, { reconnectPeriod: 0 });
    const reader = await open();
    let told = 0;
    reader.on('message', (_topic, payload) => {
      const { presses, omitted } = pressesEventSchema.parse(JSON.parse(payload.toString()));
      told += presses.length + omitted;
    });
    const gone = new Promise<void>((resolve) => void reader.once('close', () => resolve()));
    await reader.subscribeAsync('hymio/v1/events/presses/#');
    const sender = await open();
    sender.setMaxListeners(TERMINALS + 10);
    sender.on('error', () => undefined);
    let acks = 0;
    const busy = new Promise<void>((resolve) => {
      for (let n = 0; n < TERMINALS; n++) {
        void sendOn(sender, `stray-${n}`, () => {
          acks += 1;
          if (acks === 10 * TERMINALS) resolve();
        });
      }
    });
    await busy;
    await gateway.stop();
    await gone;
    for (const client of [reader, sender]) client.end(true);
    const counted = gateway.child.lines
      .filter((line) => line.includes('"events-not-told"'))
      .map((line) => (JSON.parse(line) as { presses: number }).presses);
    expect(counted.length).toBeLessThanOrEqual(1);
    const again = await GatewayProgram.start(bench, config);
    const stored = (await again.presses()).length;
    expect(stored).toBeGreaterThanOrEqual(10 * TERMINALS * BATCH);
    expect(told + (counted[0] ?? 0)).toBe(stored);
  });
});
