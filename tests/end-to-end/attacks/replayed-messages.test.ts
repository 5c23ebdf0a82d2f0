import { Ingest, LiveEvents, openSqliteStore, restoreStore, type SqliteStore } from '@hymio/gateway';
import { connect, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batch, span, status } from '../../support/hand-written.js';
import { memoryFolder } from '../../support/memory-folder.js';
import { SecureBrokerRig } from '../../support/secure-broker-rig.js';

const EPOCH = '00000000-0000-4000-8000-000000000001';
const LATER_EPOCH = '00000000-0000-4000-8000-000000000002';

/** A terminal with its certificate, whose messages somebody has written down. */
class CapturedTerminal {
  readonly id: string;
  readonly captured: string[] = [];
  readonly #client: MqttClient;

  private constructor(id: string, client: MqttClient) {
    this.id = id;
    this.#client = client;
  }

  static async start(rig: SecureBrokerRig, id: string): Promise<CapturedTerminal> {
    const client = connect(`mqtts://127.0.0.1:${rig.broker.securePort}`, {
      ...(await rig.enrolled(id)),
      ...{ clientId: `hymio-${id}`, reconnectPeriod: 0, protocolVersion: 4 },
    });
    await new Promise((resolve) => client.once('connect', resolve));
    await client.subscribeAsync(`hymio/v1/${id}/ack`, { qos: 1 });
    return new CapturedTerminal(id, client);
  }

  /** Sends presses, and answers what the gateway says of them. */
  presses(message: object | string): Promise<unknown> {
    const text = typeof message === 'string' ? message : JSON.stringify(message);
    if (typeof message !== 'string') this.captured.push(text);
    return this.#answered('presses', text);
  }

  /** Sends a status that is answered. */
  status(message: object): Promise<unknown> {
    return this.#answered('status', JSON.stringify(message));
  }

  stop(): void {
    this.#client.end(true);
  }

  async #answered(kind: string, text: string): Promise<unknown> {
    const ack = new Promise((resolve) =>
      this.#client.once('message', (_topic, said) => resolve(JSON.parse(String(said)))),
    );
    await this.#client.publishAsync(`hymio/v1/${this.id}/${kind}`, text, { qos: 1, retain: kind === 'status' });
    return ack;
  }
}

describe('messages of a terminal that somebody has captured, sent again', () => {
  let rig: SecureBrokerRig;
  let folder: string;
  let store: SqliteStore;
  let ingest: Ingest;
  let kallio: CapturedTerminal;
  let malmi: CapturedTerminal;

  beforeEach(async () => {
    rig = await SecureBrokerRig.make({ connectTimeoutMs: 5_000, handshakeTimeoutMs: 5_000 });
    folder = memoryFolder('hymio-replayed-');
    store = await openSqliteStore({ folder, reads: 'in-thread' });
    ingest = ingestInto(store);
    await rig.start({
      message: (from, kind, payload, retained) => {
        if (kind !== 'answer') ingest.receive(from, kind, payload, retained);
      },
    });
    kallio = await CapturedTerminal.start(rig, 'kallio-1');
    malmi = await CapturedTerminal.start(rig, 'malmi-1');
    expect(await kallio.presses(batch(EPOCH, 1, 3))).toEqual({ epoch: EPOCH, upTo: 3 });
  });
  afterEach(async () => {
    kallio.stop();
    malmi.stop();
    await ingest.stop();
    await rig.stop();
    await store.close();
  });

  function ingestInto(into: SqliteStore): Ingest {
    const silent = () => undefined;
    const log = { debug: silent, info: silent, warn: silent, error: silent };
    const after = (delayMs: number, run: () => void) => {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    };
    const clock = { now: Date.now, monotonic: () => performance.now(), after };
    return new Ingest({ store: into, link: rig.broker, live: new LiveEvents(), clock, log });
  }
  const held = async () => {
    const { presses } = await store.presses({ limit: 1_000 });
    return presses.map(({ terminal, epoch, seq }) => `${terminal} ${epoch.slice(-1)} ${seq}`);
  };
  const ofKallio = (epoch: string, ...seqs: number[]) => seqs.map((seq) => `kallio-1 ${epoch.slice(-1)} ${seq}`);

  it('by that terminal itself count nothing twice, in whatever order', async () => {
    await kallio.presses(batch(EPOCH, 4, 2));
    for (const text of [...kallio.captured].reverse().concat(kallio.captured)) {
      expect(await kallio.presses(text)).toEqual({ epoch: EPOCH, upTo: 5 });
    }
    expect(await held()).toEqual(ofKallio(EPOCH, 1, 2, 3, 4, 5));
    expect(await kallio.presses(batch(EPOCH, 6, 1))).toEqual({ epoch: EPOCH, upTo: 6 });
  });

  it('by another terminal are refused, and the rightful one goes on', async () => {
    const [text = ''] = kallio.captured;
    expect(await malmi.presses(text)).toMatchObject({ epoch: EPOCH, upTo: 0, refused: 'epoch-of-another-terminal' });
    const further = text.replace('"firstSeq":1', '"firstSeq":4');
    expect(await malmi.presses(further)).toMatchObject({ refused: 'epoch-of-another-terminal' });
    expect(await held()).toEqual(ofKallio(EPOCH, 1, 2, 3));
    expect(await kallio.presses(batch(EPOCH, 4, 1))).toEqual({ epoch: EPOCH, upTo: 4 });
  });

  it('that say how the terminal was bring no news, and nothing is missed for them', async () => {
    const said = (lastSeq: number, uptimeMs: number, acked = lastSeq) =>
      status(EPOCH, [span(EPOCH, 1, lastSeq, acked)], uptimeMs);
    // Claims more than is here: answered by what is.
    expect(await kallio.status(said(9, 60_000))).toEqual({ epoch: EPOCH, upTo: 3, rewind: true });
    await kallio.presses(batch(EPOCH, 4, 6));
    expect(await kallio.status(said(20, 10_000))).toEqual({ epoch: EPOCH, upTo: 9, rewind: true });
    await kallio.presses(batch(EPOCH, 10, 1));
    // As it was a minute ago, and claimed by another.
    expect(await kallio.status(said(12, 1_000))).toEqual({ epoch: EPOCH, upTo: 10, rewind: true });
    const terminal = await store.terminal('kallio-1', Date.now());
    expect(terminal?.incidents.map(({ kind }) => kind)).toEqual([]);
  });

  describe('after a backup was restored', () => {
    /** What came after the backup is gone, as in a gateway that begins again from it. */
    async function restoreWithout(after: () => Promise<void>): Promise<void> {
      const file = `${folder}/backup.sqlite`;
      await store.backup(file);
      await after();
      await ingest.stop();
      await store.close();
      await restoreStore({ from: file, folder, now: Date.now() });
      store = await openSqliteStore({ folder, reads: 'in-thread' });
      ingest = ingestInto(store);
    }

    it('give back what was forgotten, once, whoever sends it first', async () => {
      await restoreWithout(async () => void (await kallio.presses(batch(EPOCH, 4, 2))));
      expect(await held()).toEqual(ofKallio(EPOCH, 1, 2, 3));
      const [, later = ''] = kallio.captured;
      expect(await malmi.presses(later)).toMatchObject({ refused: 'epoch-of-another-terminal' });
      expect(await kallio.presses(later)).toEqual({ epoch: EPOCH, upTo: 5 });
      expect(await kallio.presses(later)).toEqual({ epoch: EPOCH, upTo: 5 });
      expect(await held()).toEqual(ofKallio(EPOCH, 1, 2, 3, 4, 5));
    });

    it('of an epoch that the backup does not know are counted once and the other claim is refused in the open', async () => {
      await restoreWithout(async () => void (await kallio.presses(batch(LATER_EPOCH, 1, 2))));
      const [, later = ''] = kallio.captured;
      // A terminal of ours that could read along, which TLS does not let it.
      expect(await malmi.presses(later)).toEqual({ epoch: LATER_EPOCH, upTo: 2 });
      expect(await kallio.presses(later)).toMatchObject({ refused: 'epoch-of-another-terminal' });
      expect(await held()).toEqual([...ofKallio(EPOCH, 1, 2, 3), 'malmi-1 2 1', 'malmi-1 2 2']);
      expect(ingest.refusals.counts()).toEqual({ 'epoch-of-another-terminal': 1 });
    });
  });
});
