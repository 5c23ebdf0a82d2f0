import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { Ingest, LiveEvents } from '@hymio/gateway';
import { connect, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batch } from '../../support/hand-written.js';
import { onThisMachine } from '../../support/on-this-machine.js';
import { type HeldIdentity, SecureBrokerRig } from '../../support/secure-broker-rig.js';
import { until } from '../../support/until.js';

const silent = () => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };
const EPOCH = '00000000-0000-4000-8000-000000000001';
const BATCHES = 40;
const PRESSES = 50;
const CONNECTIONS = 1_000;
const AT_ONCE = 100;
/** Of one connection that says nothing, on both ends, in this process, over the whole of its stay: twice what it takes with the deliveries. */
const BYTES_EACH = 65_000;
/** How long the broker waits for somebody who says nothing, ms. */
const SILENT_MS = 8_000;
/** The beginning of a TLS handshake: a ClientHello of 508 bytes, of which nothing follows. */
const HALF_HELLO = Buffer.from('1603010200010001fc0303', 'hex');
/** A CONNECT of 31 bytes, of which nothing follows. */
const HALF_CONNECT = Buffer.from('101d00044d515454', 'hex');

describe('a thousand connections that never speak', () => {
  let rig: SecureBrokerRig;
  let ingest: Ingest;
  let held: HeldIdentity;
  let terminal: MqttClient;
  const sockets: Socket[] = [];
  /** How long each of them lasted, ms. */
  const lasted: number[] = [];

  beforeAll(async () => {
    rig = await SecureBrokerRig.make({ connectTimeoutMs: SILENT_MS, handshakeTimeoutMs: SILENT_MS });
    const { store, broker } = rig;
    const clock = {
      now: Date.now,
      monotonic: () => performance.now(),
      after: (delayMs: number, run: () => void) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
    };
    ingest = new Ingest({ store, link: broker, live: new LiveEvents(), clock, log });
    await rig.start({
      message: (from, kind, payload, retained) => {
        if (kind !== 'answer') ingest.receive(from, kind, payload, retained);
      },
    });
    held = await rig.enrolled('kallio-1');
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    terminal.end(true);
    await ingest.stop();
    await rig.stop();
  });

  it('are ended, while a terminal delivers and nothing of it is lost', async () => {
    const { port = 0, securePort = 0 } = rig.broker;
    const kinds = [
      { to: port, says: undefined },
      { to: port, says: HALF_CONNECT },
      { to: securePort, says: undefined },
      { to: securePort, says: HALF_HELLO },
    ] as const;
    const before = process.memoryUsage().rss;
    let most = before;
    for (let made = 0; made < CONNECTIONS; made += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, index) => {
          const { to, says } = kinds[index % kinds.length] ?? kinds[0];
          const socket = connectTcp(to, '127.0.0.1');
          sockets.push(socket);
          socket.on('error', silent).resume();
          await once(socket, 'connect');
          const begin = performance.now();
          socket.once('close', () => void lasted.push(performance.now() - begin));
          if (says !== undefined) socket.write(says);
        }),
      );
    }

    terminal = connect(`mqtts://127.0.0.1:${securePort}`, {
      ...{ ...held, clientId: 'hymio-kallio-1', reconnectPeriod: 0, protocolVersion: 4 },
    });
    await new Promise((resolve) => terminal.once('connect', resolve));
    await terminal.subscribeAsync('hymio/v1/kallio-1/ack', { qos: 1 });
    for (let sent = 0; sent < BATCHES; sent += 1) {
      const acked = new Promise((resolve) => terminal.once('message', (_topic, payload) => resolve(String(payload))));
      const presses = batch(EPOCH, sent * PRESSES + 1, PRESSES);
      await terminal.publishAsync('hymio/v1/kallio-1/presses', JSON.stringify(presses), { qos: 1 });
      expect(JSON.parse(String(await acked))).toEqual({ epoch: EPOCH, upTo: (sent + 1) * PRESSES });
      most = Math.max(most, process.memoryUsage().rss);
      if (sent > 0) continue;
      const open = CONNECTIONS - lasted.length;
      expect(open).toBeGreaterThan(CONNECTIONS / 2);
      expect((process.memoryUsage().rss - before) / open).toBeLessThan(BYTES_EACH);
    }
    await until(
      'the end of each',
      async () => {
        most = Math.max(most, process.memoryUsage().rss);
        return lasted.length;
      },
      (ended) => ended === CONNECTIONS,
    );
    expect(most - before).toBeLessThan(CONNECTIONS * BYTES_EACH);
    expect(Math.max(...lasted)).toBeLessThan(await onThisMachine(2 * SILENT_MS));
    expect(terminal.connected).toBe(true);
    const { presses } = await rig.store.presses({ limit: 10_000 });
    expect(presses.map(({ seq }) => seq)).toEqual(Array.from({ length: BATCHES * PRESSES }, (_, index) => index + 1));
    await until(
      'the terminal alone',
      async () => rig.broker.clients(),
      (clients) => clients === 1,
    );
  });
});
