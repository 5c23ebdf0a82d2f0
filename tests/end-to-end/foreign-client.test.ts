import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ForeignClient } from '../support/foreign-client.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { batch, NOW, press, span, status } from '../support/hand-written.js';
import { MosquittoProgram } from '../support/mosquitto-program.js';
import { describeWith } from '../support/requirements.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

interface TerminalAnswer {
  servicePoint: string | null;
  registered: boolean;
  state: { kind: string };
  availability: string | null;
  lostPresses: number;
  missingPresses: number;
  epochs: { epoch: string; mark: number; highestReported: number }[];
  lost: { epoch: string; from: number; to: number; recordedAt: number }[];
  incidents: { kind: string; epoch?: string; missing?: number; withdrawnAt?: number }[];
}
interface AggregateAnswer {
  rows: { start: string; terminal?: string; n: number; ratings: number[]; repeats: number; estimated: number }[];
}

interface Scene {
  bench: TestBench;
  config: string;
  gateway: GatewayProgram;
  broker: MosquittoProgram | undefined;
  port: number;
}

async function setScene(kind: 'embedded' | 'mosquitto'): Promise<Scene> {
  const bench = new TestBench(`foreign-${kind}`);
  const broker = kind === 'mosquitto' ? await MosquittoProgram.start(bench) : undefined;
  const config = writeGatewayConfig(bench, 'gateway', broker === undefined ? {} : { brokerUrl: broker.url });
  const gateway = await GatewayProgram.start(bench, config);
  await until(
    'ready',
    async () => (await gateway.fetch('/readyz')).status,
    (code) => code === 200,
  );
  return { bench, config, gateway, broker, port: gateway.mqttPort };
}

const CLIENTS = ['mosquitto_pub', 'mosquitto_sub', 'stdbuf'];

for (const kind of ['embedded', 'mosquitto'] as const) {
  describeWith(kind === 'embedded' ? CLIENTS : ['mosquitto', ...CLIENTS], `a foreign client, ${kind} broker`, () => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await setScene(kind);
    });
    afterAll(() => scene.bench.clear());

    const client = (terminal: string) => ForeignClient.start(scene.bench, scene.port, terminal);
    const terminal = (id: string) => scene.gateway.json<TerminalAnswer>(`/api/v1/terminals/${id}`);

    describe('presses', () => {
      it('are acknowledged once they can be read from the gateway', async () => {
        const foreign = await client('by-hand-1');
        const epoch = randomUUID();
        expect(await foreign.send(batch(epoch, 1, 3))).toEqual({ epoch, upTo: 3 });
        const stored = await scene.gateway.presses('by-hand-1');
        expect(stored.map(({ seq, rating, at }) => ({ seq, rating, at }))).toEqual(
          [1, 2, 3].map((seq) => ({ seq, rating: 3, at: press(seq).at })),
        );
        expect(await terminal('by-hand-1')).toMatchObject({ servicePoint: null, registered: false, lost: [] });
        expect(foreign.retainedAcks()).toBe(0);
      });

      it('sent twice change nothing, and are acknowledged again', async () => {
        const foreign = await client('by-hand-2');
        const epoch = randomUUID();
        await foreign.send(batch(epoch, 1, 3));
        const [before, counts] = [await scene.gateway.presses('by-hand-2'), await countsOf('by-hand-2')];
        expect(await foreign.send(batch(epoch, 1, 3))).toEqual({ epoch, upTo: 3 });
        expect(await foreign.send(batch(epoch, 2, 1))).toEqual({ epoch, upTo: 3 });
        expect(await scene.gateway.presses('by-hand-2')).toEqual(before);
        expect(await countsOf('by-hand-2')).toEqual(counts);
        // An overlap brings only what is new.
        expect(await foreign.send(batch(epoch, 2, 4))).toEqual({ epoch, upTo: 5 });
        expect((await scene.gateway.presses('by-hand-2')).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
      });

      it('behind a gap that can be filled are asked for again', async () => {
        const foreign = await client('by-hand-3');
        const epoch = randomUUID();
        expect(await foreign.send(batch(epoch, 4, 2))).toEqual({ epoch, upTo: 0, rewind: true });
        expect(await scene.gateway.presses('by-hand-3')).toEqual([]);
        expect(await foreign.send(batch(epoch, 1, 5))).toEqual({ epoch, upTo: 5 });
        expect(await foreign.send(batch(epoch, 9, 1))).toEqual({ epoch, upTo: 5, rewind: true });
        expect((await terminal('by-hand-3')).lost).toEqual([]);
      });

      it('that nobody can deliver any more are shown as lost', async () => {
        const foreign = await client('by-hand-4');
        const epoch = randomUUID();
        await foreign.send(batch(epoch, 1, 2));
        expect(await foreign.send(batch(epoch, 6, 1, 6))).toEqual({ epoch, upTo: 6 });
        const unreadable = { ...batch(epoch, 7, 1, 6), presses: [press(7), null, null, press(10)] };
        expect(await foreign.send(unreadable)).toEqual({ epoch, upTo: 10 });
        const shown = await terminal('by-hand-4');
        expect(shown.lost.map(({ epoch, from, to }) => ({ epoch, from, to }))).toEqual([
          { epoch, from: 3, to: 5 },
          { epoch, from: 8, to: 9 },
        ]);
        expect(shown.lostPresses).toBe(5);
        expect((await scene.gateway.presses('by-hand-4')).map(({ seq }) => seq)).toEqual([1, 2, 6, 7, 10]);
        // What is accounted for stays so: late arrival is not counted a second time in another place.
        expect(await foreign.send(batch(epoch, 3, 3))).toEqual({ epoch, upTo: 10 });
        expect(await scene.gateway.presses('by-hand-4')).toHaveLength(5);
      });

      it('with fields that only a newer firmware knows are taken', async () => {
        const foreign = await client('by-hand-5');
        const epoch = randomUUID();
        const newer = {
          ...batch(epoch, 1, 1),
          colour: 'green',
          presses: [{ ...press(1), pressure: 0.7, uncertaintyMs: 'unknown' }],
        };
        expect(await foreign.send(newer)).toEqual({ epoch, upTo: 1 });
        expect(await scene.gateway.presses('by-hand-5')).toHaveLength(1);
      });
    });

    describe('what cannot be used', () => {
      it('is refused with the batch named, and nothing of it is stored', async () => {
        const foreign = await client('refused-1');
        const epoch = randomUUID();
        await foreign.send(batch(epoch, 1, 2));
        const bad = (more: object) => ({ ...batch(epoch, 3, 3), ...more });
        const named = { epoch, upTo: 2, refused: 'malformed', firstSeq: 3 };
        const poisoned = [press(3), { ...press(4), rating: 7 }, press(5)];
        expect(await foreign.send(bad({ presses: poisoned }))).toEqual({ ...named, count: 3 });
        expect(await foreign.send(bad({ presses: [] }))).toEqual(named);
        expect(await foreign.send(bad({ presses: 'many' }))).toEqual(named);
        expect(await foreign.send(bad({ oldestSeq: 4 }))).toEqual({ ...named, count: 3 });
        expect(await foreign.send(bad({ firstSeq: 0 }))).toEqual({ epoch, upTo: 2, refused: 'malformed', count: 3 });
        const long = Array.from({ length: 501 }, () => press(3));
        expect(await foreign.send(bad({ presses: long }))).toEqual({ ...named, count: 501 });
        const noClock = [{ at: NOW, rating: 1 }];
        expect(await foreign.send(bad({ presses: noClock }))).toEqual({ ...named, count: 1 });
        expect(await scene.gateway.presses('refused-1')).toHaveLength(2);
        // Halves of the poisoned one, and its press as null.
        expect(await foreign.send(batch(epoch, 3, 1))).toEqual({ epoch, upTo: 3 });
        expect(await foreign.send({ ...batch(epoch, 4, 1), presses: [null] })).toEqual({ epoch, upTo: 4 });
        expect(await foreign.send(batch(epoch, 5, 1))).toEqual({ epoch, upTo: 5 });
        expect((await scene.gateway.presses('refused-1')).map(({ seq }) => seq)).toEqual([1, 2, 3, 5]);
      });

      it('is not answered where no epoch can be read, and stops nothing', async () => {
        const foreign = await client('refused-2');
        const epoch = randomUUID();
        const bytes = [new Uint8Array([0, 1, 2, 255]), new Uint8Array(200_000).fill(0x20)];
        for (const nonsense of ['', '{', '[]', 'null', '"x"', '{"epoch":7}', '{"epoch":"EPOCH"}', ...bytes]) {
          await foreign.publish('presses', nonsense);
          await foreign.publish('status', nonsense);
          await foreign.publish('availability', nonsense);
        }
        await foreign.publish('nonsense', 'x');
        await foreign.publish('ack', { epoch, upTo: 99 });
        expect(await foreign.ack()).toEqual({ epoch, upTo: 99 });
        expect(await foreign.send(batch(epoch, 1, 1))).toEqual({ epoch, upTo: 1 });
        expect(foreign.unread()).toEqual([]);
        expect((await scene.gateway.fetch('/readyz')).status).toBe(200);
      });

      it('is a gap of more than a million', async () => {
        const foreign = await client('refused-3');
        const epoch = randomUUID();
        await foreign.send(batch(epoch, 1, 1));
        const far = 1_000_003;
        expect(await foreign.send(batch(epoch, far, 2, far))).toEqual({
          epoch,
          upTo: 1,
          refused: 'gap-too-large',
          firstSeq: far,
          count: 2,
        });
        expect((await terminal('refused-3')).lost).toEqual([]);
        expect(await foreign.send(batch(epoch, far - 1, 1, far - 1))).toEqual({ epoch, upTo: far - 1 });
        expect((await terminal('refused-3')).lost).toMatchObject([{ from: 2, to: far - 2 }]);
      });

      it('is an epoch of another terminal', async () => {
        const [owner, thief] = [await client('refused-4'), await client('refused-5')];
        const epoch = randomUUID();
        await owner.send(batch(epoch, 1, 2));
        const refusal = { epoch, upTo: 0, refused: 'epoch-of-another-terminal', firstSeq: 3, count: 1 };
        expect(await thief.send(batch(epoch, 3, 1))).toEqual(refusal);
        await thief.publish('status', status(epoch, [span(epoch, 1, 3, 3)], 1_000));
        expect(await owner.send(batch(epoch, 3, 1))).toEqual({ epoch, upTo: 3 });
        expect(await scene.gateway.presses('refused-5')).toEqual([]);
        expect(thief.unread()).toEqual([]);
      });
    });

    describe('status', () => {
      it('that claims more than the mark is answered with the mark and rewind', async () => {
        const foreign = await client('status-1');
        const [known, unknown] = [randomUUID(), randomUUID()];
        await foreign.send(batch(known, 1, 2));
        await foreign.publish('status', status(unknown, [span(known, 1, 9, 7), span(unknown, 1, 4, 4)], 1_000));
        expect(await foreign.ack()).toEqual({ epoch: known, upTo: 2, rewind: true });
        expect(await foreign.ack()).toEqual({ epoch: unknown, upTo: 0, rewind: true });
        expect(await foreign.send(batch(known, 3, 7))).toEqual({ epoch: known, upTo: 9 });
        await foreign.publish('status', status(unknown, [span(known, 1, 9, 9)], 2_000));
        expect(await foreign.send(batch(known, 10, 1))).toEqual({ epoch: known, upTo: 10 });
      });

      it('shows an incident while presses are missing, and withdraws it when they come', async () => {
        const foreign = await client('status-2');
        const [old, fresh] = [randomUUID(), randomUUID()];
        await foreign.publish('status', status(old, [span(old, 1, 5, 0)], 60_000));
        await foreign.send(batch(old, 1, 2));
        expect((await terminal('status-2')).incidents).toEqual([]);
        await foreign.publish('status', status(fresh, [], 1_000));
        const shown = await until(
          'incident',
          () => terminal('status-2'),
          ({ incidents }) => incidents.length > 0,
        );
        expect(shown.incidents).toMatchObject([{ kind: 'presses-missing', epoch: old, missing: 3 }]);
        expect(shown.missingPresses).toBe(3);
        expect(await foreign.send(batch(old, 3, 3))).toEqual({ epoch: old, upTo: 5 });
        const after = await terminal('status-2');
        expect(after.missingPresses).toBe(0);
        expect(after.incidents).toMatchObject([{ kind: 'presses-missing', withdrawnAt: expect.any(Number) }]);
      });

      it('and availability tell how the terminal is', async () => {
        const foreign = await client('status-3');
        const epoch = randomUUID();
        await foreign.publish('availability', 'online', { retain: true });
        await foreign.publish('status', status(epoch, [], 1_000, { mood: 'fine' }), { retain: true });
        const online = await until(
          'working',
          () => terminal('status-3'),
          ({ state }) => state.kind === 'working',
        );
        expect(online.availability).toBe('online');
        await foreign.publish('availability', 'offline', { retain: true });
        await until(
          'offline',
          () => terminal('status-3'),
          ({ state }) => state.kind === 'offline',
        );
      });
    });

    it('sends impossible times: kept as sent, marked estimated, counted at receipt', async () => {
      const foreign = await client('times-1');
      const epoch = randomUUID();
      const times = ['1970-01-01T00:00:01Z', '2090-06-01T12:00:00Z'].map((text) => Date.parse(text));
      const presses = times.map((at, index) => ({ at, rating: index, clock: 'synced' }));
      const from = Date.now();
      expect(await foreign.send({ epoch, firstSeq: 1, oldestSeq: 1, presses })).toEqual({ epoch, upTo: 2 });
      const stored = await scene.gateway.presses('times-1');
      expect(stored.map(({ at, clock }) => ({ at, clock }))).toEqual(times.map((at) => ({ at, clock: 'estimated' })));
      for (const { receivedAt } of stored) expect(receivedAt).toBeGreaterThanOrEqual(from);
      // Both at the moment of receipt: the second is then a repeat of the first.
      const range = `from=${new Date(from).toISOString()}&to=${new Date(Date.now() + 1).toISOString()}`;
      const { rows } = await scene.gateway.json<AggregateAnswer>(
        `/api/v1/aggregates?${range}&bucket=hour&group=terminal`,
      );
      const own = rows.filter((row) => row.terminal === 'times-1');
      expect(own.reduce((sum, row) => sum + row.n, 0)).toBe(1);
      expect(own.reduce((sum, row) => sum + row.estimated, 0)).toBe(1);
      expect(own.reduce((sum, row) => sum + row.repeats, 0)).toBe(1);
    });

    it('is asked again for what a retained status claims, when the gateway starts', async () => {
      const foreign = await client('restart-1');
      const epoch = randomUUID();
      // A retained batch is news once; what the broker kept of it says nothing.
      await foreign.publish('presses', batch(epoch, 1, 2), { retain: true });
      expect(await foreign.ack()).toEqual({ epoch, upTo: 2 });
      await foreign.publish('status', status(epoch, [span(epoch, 1, 6, 6)], 1_000), { retain: true });
      expect(await foreign.ack()).toEqual({ epoch, upTo: 2, rewind: true });
      await scene.gateway.stop('SIGKILL');
      scene.gateway = await GatewayProgram.start(scene.bench, scene.config);
      scene.port = scene.gateway.mqttPort;
      // The embedded broker dies with its gateway: whoever connects again says its status again.
      const again = kind === 'mosquitto' ? foreign : await client('restart-1');
      if (kind === 'embedded') await again.publish('status', status(epoch, [span(epoch, 1, 6, 6)], 61_000));
      expect(await again.ack()).toEqual({ epoch, upTo: 2, rewind: true });
      expect(await again.send(batch(epoch, 3, 4))).toEqual({ epoch, upTo: 6 });
      expect(again.unread()).toEqual([]);
      expect(await scene.gateway.presses('restart-1')).toHaveLength(6);
    });

    async function countsOf(id: string) {
      const { rows } = await scene.gateway.json<AggregateAnswer>('/api/v1/aggregates?group=terminal&bucket=15min');
      return rows.filter((row) => row.terminal === id);
    }
  });
}
