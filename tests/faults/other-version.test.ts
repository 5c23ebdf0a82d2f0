import { randomUUID } from 'node:crypto';
import { connectAsync } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ForeignClient } from '../support/foreign-client.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { press, status } from '../support/hand-written.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const HOUR_MS = 3_600_000;
/** What a later version may say everywhere. */
const LATER = { colour: 'green', nested: { deep: [1, null] } };

/** What a terminal has said last. */
interface Told {
  answer?: object;
  status?: { configVersion?: string; configRefused?: { version: string } };
}

describeWith(['mosquitto', 'mosquitto_pub'], 'terminals and a gateway of which one is older', () => {
  const bench = new TestBench('other-version');
  let broker: MosquittoProgram;
  beforeAll(async () => {
    broker = await MosquittoProgram.start(bench);
  });
  afterAll(() => bench.clear());

  it('a newer terminal says more than the gateway knows, an older one says less: their presses are kept all the same', async () => {
    const gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway', { brokerUrl: broker.url }));
    await until(
      'ready',
      async () => (await gateway.fetch('/readyz')).status,
      (seen) => seen === 200,
    );
    const newer = { epoch: randomUUID(), client: await ForeignClient.start(bench, broker.port, 'newer') };
    const head = { epoch: newer.epoch, firstSeq: 1, oldestSeq: 1 };
    expect(
      await newer.client.send({
        ...head,
        ...LATER,
        presses: [press(1), press(2)].map((one) => ({ ...one, ...LATER })),
      }),
    ).toMatchObject({ epoch: newer.epoch, upTo: 2 });
    const spans = [{ epoch: newer.epoch, oldestSeq: 1, lastSeq: 2, ackedSeq: 2, ...LATER }];
    await newer.client.publish('status', status(newer.epoch, spans, 60_000, LATER), { retain: true });
    // Of a kind that no gateway of today knows.
    await newer.client.publish('weather', { wind: 3 });
    const older = { epoch: randomUUID(), client: await ForeignClient.start(bench, broker.port, 'older') };
    const first = { epoch: older.epoch, firstSeq: 1, oldestSeq: 1, presses: [press(1)] };
    expect(await older.client.send(first)).toMatchObject({ epoch: older.epoch, upTo: 1 });
    await older.client.publish('status', status(older.epoch, [], 60_000), { retain: true });
    await until(
      'both have told how they are',
      () => gateway.json<{ terminals: { firmware: string | null }[] }>('/api/v1/terminals'),
      ({ terminals }) => terminals.filter(({ firmware }) => firmware === 'by hand').length === 2,
    );
    expect((await gateway.presses('newer')).map(({ seq }) => seq)).toEqual([1, 2]);
    await gateway.stop();
  });

  it('a newer gateway says more than the terminal knows: it delivers, and tells what it cannot do', async () => {
    const terminal = new TerminalProgram(bench, 'today', writeTerminalConfig(bench, 'today', broker.port));
    const gateway = await ForeignClient.start(bench, broker.port, 'today');
    await terminal.connected();
    const { epoch } = await terminal.press(3);
    await gateway.publish('ack', { epoch, upTo: 1, ...LATER });
    const told = await connectAsync(broker.url);
    const heard: Told = {};
    told.on('message', (topic, payload) => {
      Object.assign(heard, { [topic.split('/').at(-1) ?? '']: JSON.parse(payload.toString()) });
    });
    await told.subscribeAsync(['hymio/v1/today/answer', 'hymio/v1/today/status'], { qos: 1 });
    const [id, issuedAt] = [randomUUID(), Date.now()];
    await gateway.publish('command', { id, command: 'dance', issuedAt, expiresAt: issuedAt + HOUR_MS, ...LATER });
    // Settings of which it knows one, and then one that it knows, with a value that it does not.
    await gateway.publish('config', { version: 'later', lockoutMs: 70, glow: 3, ...LATER }, { retain: true });
    await until(
      'it applies what it knows',
      async () => heard,
      ({ status: said }) => said?.configVersion === 'later',
    );
    await gateway.publish('config', { version: 'latest', thanks: 'fireworks' }, { retain: true });
    await until(
      'it refuses what it cannot do',
      async () => heard,
      ({ status: said }) => said?.configRefused?.version === 'latest',
    );
    expect(heard).toMatchObject({
      answer: { id, outcome: 'refused', code: 'unknown-command' },
      status: { configVersion: 'later', configRefused: { reason: expect.stringContaining('thanks') } },
    });
    await told.endAsync(true);
    await terminal.press(2);
    await gateway.publish('ack', { epoch, upTo: 2, ...LATER });
    // What is acknowledged reaches the disk with the next press.
    await terminal.press(1);
    await until(
      'both are acknowledged',
      async () => {
        const child = bench.node(
          'status',
          new URL('../../device/dist/cli/main.js', import.meta.url).pathname,
          ...['status', '--json', '--config', writeTerminalConfig(bench, 'today', broker.port)],
        );
        await child.exited;
        return JSON.parse(child.lines.join('')) as { held: number; pending: number };
      },
      (seen) => seen.held === 3 && seen.pending === 1,
    );
    expect(terminal.child.running).toBe(true);
    await terminal.stop();
  });
});
