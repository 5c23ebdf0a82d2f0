import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { describeWith } from '../support/requirements.js';
import { TestBench } from '../support/test-bench.js';
import { TestBroker } from '../support/test-broker.js';
import { until } from '../support/until.js';
import { Diary, mqttTransport, transportContract } from './transport-contract.js';

transportContract("MQTT over the gateway's broker", async () => new TestBroker());

describeWith(['mosquitto'], "MQTT over Debian's mosquitto", () => {
  transportContract('as every transport', async () => {
    const bench = new TestBench('transport');
    const broker = await MosquittoProgram.start(bench);
    let running = true;
    return {
      url: broker.url,
      start: async () => {
        if (!running) await broker.start();
        running = true;
      },
      stop: async () => {
        running = false;
        await broker.stop('SIGKILL');
      },
      clear: () => bench.clear(),
    };
  });
});

describe('a broker that does not want this terminal', () => {
  async function broker(): Promise<TestBroker> {
    const made = new TestBroker();
    await made.start();
    onTestFinished(() => made.stop());
    return made;
  }

  it.each(['ack', 'config'])('is a fault where it refuses the subscription to %s, until it does not', async (kind) => {
    const refusing = await broker();
    refusing.forbidden = kind;
    const transport = mqttTransport(refusing.url);
    onTestFinished(() => transport.stop());
    const diary = new Diary();
    transport.start(diary);
    await diary.has('fault broker-refused', 2);
    expect(diary.entries).not.toContain('connected');
    refusing.forbidden = undefined;
    await diary.has('connected');
    expect(diary.entries).toContain('no-fault broker-refused');
  });

  it('is none where it refuses commands alone: presses go all the same', async () => {
    const refusing = await broker();
    refusing.forbidden = 'command';
    const transport = mqttTransport(refusing.url);
    onTestFinished(() => transport.stop());
    const diary = new Diary();
    transport.start(diary);
    await diary.has('connected');
    expect(diary.entries).not.toContain('fault broker-refused');
  });

  it('is a fault where it refuses the connection, until it does not', async () => {
    const refusing = await broker();
    refusing.refusing = true;
    const transport = mqttTransport(refusing.url);
    onTestFinished(() => transport.stop());
    const diary = new Diary();
    transport.start(diary);
    await diary.has('fault broker-refused', 2);
    refusing.refusing = false;
    await diary.has('connected');
  });
});

describe('the waits between attempts to connect', () => {
  it('grow to half a minute, with jitter, and no attempt is given up', async () => {
    const arrivals: number[] = [];
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      arrivals.push(performance.now());
      sockets.add(socket);
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const port = (server.address() as AddressInfo).port;
    const transport = mqttTransport(`mqtt://127.0.0.1:${port}`, () => 0.999);
    onTestFinished(() => transport.stop());
    transport.start(new Diary());
    const seen = await until(
      'ten attempts',
      async () => arrivals,
      ({ length }) => length >= 10,
    );
    const waitsMs = seen.slice(1).map((at, index) => (at - (seen[index] ?? 0)) * 60);
    expect(waitsMs.at(0)).toBeGreaterThanOrEqual(900);
    expect(Math.max(...waitsMs)).toBeGreaterThan(25_000);
    // Half a minute of firmware time is half a second here: the machine's own delays count sixtyfold.
    expect(waitsMs.at(-1)).toBeGreaterThan(25_000);
  });
});
