import { BoardReader, MemoryStore, registryFileSchema, terminalBrief } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_NOW, sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const FROM = Date.parse('2026-11-20T00:00:00Z');
const TERMINALS = 12;
const many = Array.from({ length: 1_200 }, (_, index) => `m-${String(index).padStart(4, '0')}`);

/** A store with twelve terminals that have said something, a reader of it, and which terminals it asked the store for. */
async function rig() {
  const store = new MemoryStore({ now: () => SAMPLE_NOW });
  // As the real store holds it: the same object until it changes.
  let registry = await store.registry();
  const asked: (readonly string[] | 'all')[] = [];
  const failing = { now: false };
  const reader = new BoardReader({
    registry: async () => registry,
    rollups: (query) => store.rollups(query),
    terminalBriefs: async (at, wanted) => {
      asked.push('only' in wanted ? wanted.only : 'all');
      if (failing.now) throw new Error('no disk');
      return store.terminalBriefs(at, wanted);
    },
  });
  const seqs = new Map<string, number>();
  const press = async (terminal: string, number: number, told = true): Promise<void> => {
    const firstSeq = (seqs.get(terminal) ?? 0) + 1;
    seqs.set(terminal, firstSeq);
    const presses = [{ at: SAMPLE_NOW - 60_000 + firstSeq * 10_000, rating: 3 as const, clock: 'synced' as const }];
    const message = { epoch: sampleEpoch(number), firstSeq, oldestSeq: 1, presses };
    const [outcome] = await store.commit([{ kind: 'presses', terminal, receivedAt: SAMPLE_NOW, message }]);
    for (const stored of outcome?.presses ?? []) if (told) reader.note({ kind: 'press', press: stored });
  };
  const beat = async (terminal: string, number: number): Promise<void> => {
    const message = sampleStatus(sampleEpoch(number), SAMPLE_NOW, 1_000, { pending: number });
    await store.commit([{ kind: 'status', terminal, receivedAt: SAMPLE_NOW, retained: false, message }]);
    reader.note({ kind: 'terminal', terminal });
  };
  const ids = Array.from({ length: TERMINALS }, (_, index) => `t-${String(index * 2).padStart(2, '0')}`);
  for (const [index, id] of ids.entries()) await press(id, index);
  const whole = async () => ({
    records: (await store.terminals(SAMPLE_NOW)).map(terminalBrief),
    cells: await store.rollups({ from: FROM, to: FROM + 86_400_000, step: 'whole', by: 'terminalAndServicePoint' }),
  });
  const read = async (now = 0) => {
    const { records, cells } = await reader.read(SAMPLE_NOW, FROM, now);
    return { records, cells };
  };
  const change = async () => {
    registry = await store.registry();
  };
  return { store, reader, press, beat, ids, read, whole, asked, change, failing };
}

describe('what is known of all terminals', () => {
  it('is the same, whether all of it is read or what was told of since', async () => {
    const step = fc.record({ what: fc.constantFrom('press', 'beat', 'read'), number: fc.nat(TERMINALS * 2) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const { reader, press, beat, read, whole } = await rig();
        reader.follow();
        for (const { what, number } of steps) {
          // Every other one is new to the store.
          const terminal = `t-${String(number).padStart(2, '0')}`;
          const epoch = number % 2 === 0 ? number / 2 : 100 + number;
          if (what === 'press') await press(terminal, epoch);
          else if (what === 'beat') await beat(terminal, epoch);
          else expect(await read()).toEqual(await whole());
        }
        expect(await read()).toEqual(await whole());
      }),
      { numRuns: 60 },
    );
  });

  it('is read of those alone that something was told of, while everything is told', async () => {
    const { reader, press, read, asked } = await rig();
    await read();
    reader.follow();
    await read();
    await press('t-04', 2);
    await read();
    await read();
    expect(asked).toEqual(['all', 'all', ['t-04'], []]);
  });

  it('holds what was told of while it was read for the next time', async () => {
    const { reader, press, read, whole, asked } = await rig();
    reader.follow();
    await read();
    const reading = read();
    await press('t-04', 2);
    await reading;
    expect(await read()).toEqual(await whole());
    expect(asked.at(-1)).toEqual(['t-04']);
  });

  it.each([
    ['nothing is told any more', async ({ reader }: Rig) => reader.unfollow()],
    ['all is asked for', async ({ reader }: Rig) => reader.forget()],
    ['the registry has changed', async ({ reader }: Rig) => reader.note({ kind: 'registry' })],
    ['the registry is another one', async ({ change }: Rig) => change()],
    [
      'much has changed',
      async ({ press, ids }: Rig) => {
        for (const [number, id] of ids.entries()) if (id !== 't-10') await press(id, number);
      },
    ],
    [
      'the read before failed',
      async ({ failing, read }: Rig) => {
        failing.now = true;
        await expect(read()).rejects.toThrow('no disk');
        failing.now = false;
      },
    ],
  ])('is read anew where %s', async (_, happens) => {
    const all = await rig();
    all.reader.follow();
    await all.read();
    await all.press('t-10', 5, false);
    await happens(all);
    expect(await all.read()).toEqual(await all.whole());
    expect(all.asked.at(-1)).toBe('all');
  });

  it('is read a part at a time where there are many, and those that say the same are held on to', async () => {
    const { reader, store, read, whole, asked, press } = await rig();
    await store.importRegistry(registryFileSchema.parse({ terminals: many.map((id) => ({ id })) }));
    const before = await read();
    expect(before).toEqual(await whole());
    expect(asked.length).toBeGreaterThan(2);
    reader.follow();
    await press('t-04', 2);
    const after = await read();
    expect(after).toEqual(await whole());
    const kept = after.records.filter((record, index) => record === before.records[index]);
    expect(kept).toHaveLength(after.records.length - 1);
    for (const id of many) reader.note({ kind: 'terminal', terminal: id });
    expect(await read()).toEqual(await whole());
  });

  it('is read anew after a minute', async () => {
    const { reader, press, read, whole } = await rig();
    reader.follow();
    const before = await read(0);
    await press('t-10', 5, false);
    expect(await read(59_999)).toEqual(before);
    expect(await read(60_000)).toEqual(await whole());
  });
});

type Rig = Awaited<ReturnType<typeof rig>>;
