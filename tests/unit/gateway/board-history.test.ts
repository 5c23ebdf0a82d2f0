import { Board, LiveEvents, MemoryStore, registryFileSchema, type Snapshot } from '@hymio/gateway';
import type { Clock } from '@hymio/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SAMPLE_NOW, sampleEpoch, sampleStatus } from '../../support/sample-store.js';

const MINUTE = 60_000;
const TERMINALS = 6;
/** What is planned begins so much later, ms. */
const AHEAD_MS = 90_000;
/** Of the day of the test and the next one. */
const HOURS = { fri: ['08:00-12:30', '13:00-14:00'], sat: ['00:00-24:00'] };

const DEEDS = ['press', 'beat', 'leave', 'wait', 'move', 'plan', 'exclude', 'set-clock'] as const;

type Step = { do: (typeof DEEDS)[number]; terminal: number; ms: number };

/** A store, a board that follows what happens in it, and one that has seen nothing before. */
async function rig() {
  let passed = 0;
  let setMs = 0;
  const clock: Clock = {
    now: () => SAMPLE_NOW + setMs + passed,
    monotonic: () => passed,
    after: () => () => undefined,
  };
  const store = new MemoryStore({ now: clock.now });
  let registry = await store.registry();
  const events = new LiveEvents();
  const boardOf = (): Board =>
    new Board({
      store: {
        registry: async () => registry,
        terminalBriefs: (at, wanted) => store.terminalBriefs(at, wanted),
        rollups: (query) => store.rollups(query),
      },
      clock,
      zone: 'UTC',
      events,
      onError: (error) => {
        throw error;
      },
    });
  const seqs = new Map<string, number>();
  const happen = async ({ do: what, terminal: number, ms }: Step): Promise<void> => {
    const [terminal, receivedAt, epoch] = [`t-${number}`, clock.now(), sampleEpoch(number)];
    const seq = seqs.get(terminal) ?? 0;
    if (what === 'press') {
      seqs.set(terminal, seq + 1);
      const presses = [{ at: receivedAt, rating: 3 as const, clock: 'synced' as const }];
      const message = { epoch, firstSeq: seq + 1, oldestSeq: 1, presses };
      const [outcome] = await store.commit([{ kind: 'presses', terminal, receivedAt, message }]);
      for (const press of outcome?.presses ?? []) events.publish({ kind: 'press', press });
    } else if (what === 'beat') {
      const more = number === 0 ? { faults: [{ code: 'button-stuck', since: receivedAt }] } : {};
      const message = sampleStatus(epoch, receivedAt, MINUTE, more);
      await store.commit([{ kind: 'status', terminal, receivedAt, retained: false, message }]);
      events.publish({ kind: 'terminal', terminal });
    } else if (what === 'leave') {
      await store.commit([{ kind: 'availability', terminal, receivedAt, retained: false, availability: 'offline' }]);
      events.publish({ kind: 'terminal', terminal });
    } else if (what === 'move' || what === 'plan') {
      const servicePoint = number % 2 === 0 ? 'p-0' : 'p-1';
      const from = what === 'move' ? receivedAt : receivedAt + AHEAD_MS;
      await store.importRegistry(registryFile(terminal, servicePoint, new Date(from).toISOString()));
      registry = await store.registry();
      events.publish({ kind: 'registry' });
    } else if (what === 'exclude' && (await store.terminal(terminal, receivedAt)) !== undefined) {
      const target = { kind: 'terminal' as const, id: terminal };
      const span = { from: receivedAt - 10 * MINUTE, to: receivedAt + AHEAD_MS };
      await store.exclude({ target, ...span, reason: 'cleaner' }, { who: 'test', at: receivedAt });
      events.publish({ kind: 'registry' });
    } else if (what === 'set-clock') {
      setMs += (number - 2) * 20 * MINUTE;
    }
    passed += ms;
  };
  return { boardOf, happen };
}

function registryFile(terminal: string, servicePoint: string, from: string) {
  return registryFileSchema.parse({
    groups: [{ id: 'g', name: { fi: 'G' } }],
    servicePoints: ['p-0', 'p-1'].map((id) => ({ id, group: 'g', name: { fi: id }, openingHours: HOURS })),
    terminals: [{ id: terminal }],
    assignments: [{ terminal, servicePoint, from }],
  });
}

function shown({ at, today, terminals, todayAt, terminal }: Snapshot) {
  const countsOf = ({ ratings, repeats }: Snapshot['today']) => [...ratings, repeats];
  return {
    at,
    today: countsOf(today),
    points: ['p-0', 'p-1'].map((id) => countsOf(todayAt(id))),
    terminals: terminals.map(({ record, state, today: own }) => {
      // Since when clocks disagree is known to who saw it begin.
      const { since, ...seen } = state;
      return { record, state: state.kind === 'clock-uncertain' ? seen : state, today: countsOf(own) };
    }),
    found: terminals.every((one) => terminal(one.record.id) === one),
  };
}

it('a board that follows what happens shows what one shows that has seen nothing before', async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    do: fc.constantFrom('press', 'press', 'beat', ...DEEDS),
    terminal: fc.nat(TERMINALS - 1),
    ms: fc.oneof(fc.nat(3_000), fc.integer({ min: 1, max: 4 * MINUTE })),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { boardOf, happen } = await rig();
      const board = boardOf();
      board.start();
      const before: { snapshot: Snapshot; as: ReturnType<typeof shown> }[] = [];
      for (const one of steps) {
        await happen({ ...one, ms: one.ms + 701 });
        const snapshot = await board.look();
        expect(shown(snapshot)).toEqual(shown(await boardOf().look()));
        before.push({ snapshot, as: structuredClone(shown(snapshot)) });
      }
      // What was given away stays as it was.
      for (const { snapshot, as } of before) expect(shown(snapshot)).toEqual(as);
      board.stop();
    }),
    { numRuns: 80 },
  );
});
