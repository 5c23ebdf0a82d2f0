import { HymioError } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';
import { IngestRig, RECEIVED_AT } from './ingest-rig.js';

const epochOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const batch = (epoch: string, firstSeq: number, count = 1) => ({
  epoch,
  firstSeq,
  oldestSeq: 1,
  presses: Array.from({ length: count }, (_, index) => ({
    at: RECEIVED_AT - 3_600_000 + (firstSeq + index) * 10_000,
    rating: 3,
    clock: 'synced',
  })),
});
const status = (epoch: string, firmware = '1.0.0') => ({
  ...{ sentAt: RECEIVED_AT, firmware, epoch, epochs: [], pending: 0, clock: 'synced', uptimeMs: 0 },
  ...{ faults: [], hardware: {} },
});
const full = () => new HymioError('store-full', 'No room.', 'Free some.');

describe('Ingest', () => {
  it('acknowledges only after the commit, and tells who listens', async () => {
    const rig = new IngestRig();
    const told: string[] = [];
    rig.live.subscribe((event) => told.push(event.kind));
    rig.send('a', batch(epochOf(1), 1, 2));
    const held = await rig.commit();
    await rig.settle();
    expect(rig.acks).toEqual([]);
    expect(told).toEqual([]);
    held.pass();
    await rig.settle();
    expect(rig.acks).toEqual([{ terminal: 'a', epoch: epochOf(1), upTo: 2 }]);
    expect(told).toEqual(['press', 'press']);
  });

  it('commits together what came while a commit ran', async () => {
    const rig = new IngestRig();
    rig.send('a', batch(epochOf(1), 1));
    rig.send('b', batch(epochOf(2), 1));
    const first = await rig.commit();
    expect(first.arrivals).toHaveLength(2);
    for (let n = 3; n <= 30; n += 1) rig.send(`t${n}`, batch(epochOf(n), 1));
    first.pass();
    const second = await rig.commit();
    expect(second.arrivals).toHaveLength(28);
    second.pass();
    await rig.settle();
    expect(rig.acks).toHaveLength(30);
    expect(rig.commits).toEqual([]);
  });

  it('limits a group, and leaves none out', async () => {
    const rig = new IngestRig();
    for (let n = 1; n <= 1_500; n += 1) rig.send(`t${n}`, batch(epochOf(n), 1));
    const first = await rig.commit();
    expect(first.arrivals).toHaveLength(1_000);
    rig.flowing = true;
    first.pass();
    await rig.settle();
    expect(rig.acks).toHaveLength(1_500);
  });

  it('answers nothing while the store is full, and goes on when there is room', async () => {
    const rig = new IngestRig();
    rig.send('a', batch(epochOf(1), 1));
    const failed = await rig.commit();
    rig.send('b', batch(epochOf(2), 1));
    failed.fail(full());
    await rig.settle();
    expect(rig.acks).toEqual([]);
    expect(rig.commits).toEqual([]);
    expect(rig.logged).toMatchObject([{ level: 'error', fields: { code: 'store-full' } }]);
    // What the store could not take comes again; what waited is tried after the pause.
    rig.flowing = true;
    rig.advance(1_000);
    await rig.settle();
    expect(rig.acks).toEqual([{ terminal: 'b', epoch: epochOf(2), upTo: 1 }]);
    rig.send('a', batch(epochOf(1), 1));
    await rig.settle();
    expect(rig.acks[1]).toEqual({ terminal: 'a', epoch: epochOf(1), upTo: 1 });
    expect(await rig.store.presses({ limit: 10 })).toMatchObject({ presses: [{ terminal: 'b' }, { terminal: 'a' }] });
  });

  it('keeps what is told only once: a status does not fall with the commit that failed', async () => {
    const rig = new IngestRig();
    rig.ingest.receive('a', 'availability', Buffer.from('online'), false);
    rig.send('a', batch(epochOf(1), 1));
    (await rig.commit()).fail(full());
    await rig.settle();
    rig.advance(1_000);
    const again = await rig.commit();
    expect(again.arrivals.map(({ kind }) => kind)).toEqual(['availability']);
    again.pass();
    await rig.settle();
    expect(await rig.store.terminal('a', RECEIVED_AT)).toMatchObject({ availability: 'online' });
  });

  it('does not let an arrival that the store stumbles over hold up the others', async () => {
    const rig = new IngestRig();
    for (const [index, terminal] of ['a', 'b', 'c'].entries()) rig.send(terminal, batch(epochOf(index), 1));
    (await rig.commit()).fail(new Error('a bug'));
    for (const terminal of ['a', 'b', 'c']) {
      const alone = await rig.commit();
      expect(alone.arrivals.map((arrival) => arrival.terminal)).toEqual([terminal]);
      if (terminal === 'b') alone.fail(new Error('a bug'));
      else alone.pass();
    }
    await rig.settle();
    expect(rig.acks.map(({ terminal }) => terminal)).toEqual(['a', 'c']);
    expect(rig.ingest.refusals.counts()).toEqual({ internal: 1 });
    rig.flowing = true;
    rig.send('b', batch(epochOf(1), 1));
    await rig.settle();
    expect(rig.acks.at(-1)).toMatchObject({ terminal: 'b', upTo: 1 });
  });

  it('keeps its acks from a terminal whose status was not taken, until one is: they would pass for its answer', async () => {
    const rig = new IngestRig();
    rig.tell('a', status(epochOf(1)));
    (await rig.commit()).fail(new Error('a bug'));
    await rig.settle();
    rig.send('a', batch(epochOf(1), 1));
    rig.send('b', batch(epochOf(2), 1));
    const together = await rig.commit();
    expect(together.arrivals.map(({ kind }) => kind)).toEqual(['status', 'presses', 'presses']);
    together.fail(new Error('a bug'));
    (await rig.commit()).fail(new Error('a bug'));
    (await rig.commit()).pass();
    (await rig.commit()).pass();
    await rig.settle();
    expect(rig.acks.map(({ terminal }) => terminal)).toEqual(['b']);
    expect(await rig.store.presses({ limit: 10 })).toMatchObject({ presses: [{ terminal: 'a' }, { terminal: 'b' }] });
    rig.flowing = true;
    rig.send('a', batch(epochOf(1), 1));
    await rig.settle();
    expect(rig.acks.at(-1)).toEqual({ terminal: 'a', epoch: epochOf(1), upTo: 1 });
    expect(await rig.store.terminal('a', RECEIVED_AT)).toMatchObject({ status: { firmware: '1.0.0' } });
  });

  it('does so too where a status was one message too many', async () => {
    const rig = new IngestRig();
    rig.send('a', batch(epochOf(1), 1));
    const first = await rig.commit();
    for (let seq = 2; seq <= 22; seq += 1) rig.send('a', batch(epochOf(1), seq));
    rig.tell('a', status(epochOf(1)));
    rig.flowing = true;
    first.pass();
    await rig.settle();
    expect(rig.acks).toEqual([]);
    rig.send('a', batch(epochOf(1), 22));
    await rig.settle();
    expect(rig.acks).toMatchObject([{ terminal: 'a', upTo: 22 }]);
    expect(await rig.store.terminal('a', RECEIVED_AT)).toMatchObject({ status: { firmware: '1.0.0' } });
  });

  it('keeps to the newest status, also where older ones are taken after it was one too many, or tried again before it', async () => {
    const rig = new IngestRig();
    rig.tell('a', status(epochOf(1), 'older'));
    const first = await rig.commit();
    rig.tell('a', status(epochOf(1), 'old'));
    for (let seq = 1; seq <= 19; seq += 1) rig.send('a', batch(epochOf(1), seq));
    rig.tell('a', status(epochOf(1), 'new'));
    first.pass();
    (await rig.commit()).pass();
    await rig.settle();
    expect(rig.acks).toEqual([]);
    rig.send('a', batch(epochOf(1), 19));
    const failing = await rig.commit();
    expect(failing.arrivals.map(({ kind }) => kind)).toEqual(['status', 'presses']);
    rig.send('a', batch(epochOf(1), 19));
    failing.fail(new Error('a bug'));
    (await rig.commit()).fail(new Error('a bug'));
    rig.tell('a', status(epochOf(1), 'newest'));
    rig.send('a', batch(epochOf(1), 19));
    rig.flowing = true;
    await rig.settle();
    expect(await rig.store.terminal('a', RECEIVED_AT)).toMatchObject({ status: { firmware: 'newest' } });
    expect(rig.acks.at(-1)).toMatchObject({ terminal: 'a', upTo: 19 });
  });

  it('refuses nothing before a status that waits, and tries one again where all that comes is refused', async () => {
    const rig = new IngestRig();
    const odd = { ...batch(epochOf(1), 1), presses: [{ at: RECEIVED_AT, rating: 9, clock: 'synced' }] };
    rig.tell('a', status(epochOf(1)));
    const held = await rig.commit();
    rig.send('a', odd);
    await rig.settle();
    expect(rig.acks).toEqual([]);
    held.fail(new Error('a bug'));
    await rig.settle();
    rig.flowing = true;
    rig.send('a', odd);
    await rig.settle();
    rig.send('a', odd);
    await rig.settle();
    expect(rig.acks.at(-1)).toMatchObject({ terminal: 'a', refused: 'malformed', upTo: 0 });
    expect(await rig.store.terminal('a', RECEIVED_AT)).toMatchObject({ status: { firmware: '1.0.0' } });
  });

  it('gives up the rest of a group where the store turns out to be full', async () => {
    const rig = new IngestRig();
    for (const [index, terminal] of ['a', 'b', 'c'].entries()) rig.send(terminal, batch(epochOf(index), 1));
    (await rig.commit()).fail(new Error('a bug'));
    (await rig.commit()).pass();
    (await rig.commit()).fail(full());
    await rig.settle();
    expect(rig.commits).toEqual([]);
    expect(rig.acks.map(({ terminal }) => terminal)).toEqual(['a']);
  });

  it('does not listen to a terminal that sends without waiting, for as long as its messages queue', async () => {
    const rig = new IngestRig();
    rig.send('a', batch(epochOf(1), 1));
    const first = await rig.commit();
    for (let seq = 2; seq <= 26; seq += 1) rig.send('a', batch(epochOf(1), seq));
    rig.send('b', batch(epochOf(2), 1));
    rig.flowing = true;
    first.pass();
    await rig.settle();
    expect(rig.ingest.refusals.counts()).toEqual({ overload: 5 });
    expect(rig.acks.filter(({ terminal }) => terminal === 'a')).toHaveLength(21);
    expect(rig.acks.filter(({ terminal }) => terminal === 'b')).toHaveLength(1);
    rig.send('a', batch(epochOf(1), 22, 5));
    await rig.settle();
    expect(rig.acks.at(-1)).toMatchObject({ terminal: 'a', upTo: 26 });
  });

  it('counts everything refused, and logs it once per terminal and minute', async () => {
    const rig = new IngestRig();
    rig.flowing = true;
    const warnings = () => rig.logged.filter(({ level }) => level === 'warn');
    for (let count = 0; count < 5; count += 1) rig.send('a', '{');
    rig.send('b', '{');
    await rig.settle();
    expect(rig.ingest.refusals.counts()).toEqual({ malformed: 6 });
    expect(warnings().map(({ fields }) => fields['terminal'])).toEqual(['a', 'b']);
    rig.advance(59_000);
    rig.send('a', '{');
    expect(warnings()).toHaveLength(2);
    rig.advance(1_000);
    rig.send('a', '{');
    expect(warnings()).toHaveLength(3);
    expect(warnings()[0]?.fields).toMatchObject({ refused: 1, byCode: { malformed: 1 } });
    // Four right after the first, one within the minute, and the one that is logged.
    expect(warnings()[2]?.fields).toMatchObject({ refused: 6, byCode: { malformed: 6 } });
    expect(rig.acks).toEqual([]);
  });

  it('answers a refused batch with its epoch, its place and the mark', async () => {
    const rig = new IngestRig();
    rig.flowing = true;
    rig.send('a', batch(epochOf(1), 1, 3));
    await rig.settle();
    rig.send('a', { ...batch(epochOf(1), 4), presses: [{ at: 1, rating: 9 }] });
    await rig.settle();
    const refusal = { terminal: 'a', epoch: epochOf(1), upTo: 3, refused: 'malformed', firstSeq: 4, count: 1 };
    expect(rig.acks.at(-1)).toEqual(refusal);
  });

  it('passes over presses that a broker kept, and cleared topics', async () => {
    const rig = new IngestRig();
    rig.flowing = true;
    rig.send('a', batch(epochOf(1), 1), true);
    rig.ingest.receive('a', 'status', new Uint8Array(), false);
    rig.ingest.receive('a', 'availability', new Uint8Array(), true);
    await rig.settle();
    expect(rig.acks).toEqual([]);
    expect(rig.ingest.refusals.counts()).toEqual({});
    expect(await rig.store.terminals(RECEIVED_AT)).toEqual([]);
  });

  it('commits what is queued before it stops, and takes nothing after', async () => {
    const rig = new IngestRig();
    rig.send('a', batch(epochOf(1), 1));
    const first = await rig.commit();
    rig.send('b', batch(epochOf(2), 1));
    let stopped = false;
    const stopping = rig.ingest.stop().then(() => {
      stopped = true;
    });
    await rig.settle();
    expect(stopped).toBe(false);
    rig.flowing = true;
    first.pass();
    await stopping;
    expect(rig.acks.map(({ terminal }) => terminal)).toEqual(['a', 'b']);
    rig.send('c', batch(epochOf(3), 1));
    await rig.settle();
    expect(rig.acks).toHaveLength(2);
  });

  it('stops while it pauses for a full store', async () => {
    const rig = new IngestRig();
    rig.send('a', batch(epochOf(1), 1));
    (await rig.commit()).fail(full());
    await rig.settle();
    await rig.ingest.stop();
    rig.flowing = true;
    rig.advance(10_000);
    rig.send('a', batch(epochOf(1), 1));
    await rig.settle();
    expect(rig.acks).toEqual([]);
  });

  it('stays stopped where the last commit fails', async () => {
    const rig = new IngestRig();
    rig.send('a', batch(epochOf(1), 1));
    const last = await rig.commit();
    rig.send('b', batch(epochOf(2), 1));
    const stopping = rig.ingest.stop();
    last.fail(full());
    await stopping;
    rig.advance(10_000);
    await rig.settle();
    expect(rig.commits).toEqual([]);
  });
});
