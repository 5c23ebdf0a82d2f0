import { type Arrival, MemoryStore, type RegistryEdit, type Store } from '@hymio/gateway';
import { HymioError, type Rating } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allPresses,
  allRollups,
  batch,
  epochId,
  HOUR,
  MINUTE,
  PLACES,
  press,
  registryFile,
  S,
  T,
} from './store-fixtures.js';
import { STORE_KINDS } from './store-kinds.js';

/** Presses, edits and exclusions in any order, as random data; `seq` is given as the presses are dealt out. */
type Step =
  | { do: 'commit'; terminal: number; presses: { at: number; rating: number }[] }
  | { do: 'edit'; edit: RegistryEdit }
  | { do: 'exclude'; terminal: number; place: boolean; from: number; lengthMs: number }
  | { do: 'revoke'; id: number };

const BY = { who: 'Aino', at: T + 9 * HOUR };
const terminal = fc.integer({ min: 1, max: 3 });
const name = (of: number) => `terminal-${of}`;
const at = fc.oneof(
  fc.integer({ min: 0, max: 200 }).map((seconds) => T + seconds * S),
  fc.integer({ min: -60, max: 120 }).map((minutes) => T + minutes * MINUTE),
);
const place = fc.constantFrom('kallio', 'malmi');
const edit: fc.Arbitrary<RegistryEdit> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ of: terminal, at, to: fc.option(place), asks: fc.boolean() }).map(
      ({ of, at: from, to, asks }): RegistryEdit => ({
        kind: 'move-terminal',
        terminal: name(of),
        from,
        ...(to !== null && { servicePoint: to, ...(asks && { question: 'service' }) }),
      }),
    ),
  },
  fc
    .record({ of: terminal, at })
    .map(({ of, at: when }): RegistryEdit => ({ kind: 'retire-terminal', terminal: name(of), at: when })),
  terminal.map((of): RegistryEdit => ({ kind: 'restore-terminal', terminal: name(of) })),
  fc
    .record({ place, at })
    .map(({ place: servicePoint, at: from }): RegistryEdit => ({ kind: 'ask-question', servicePoint, from })),
  fc.record({ place: fc.constantFrom('other', 'third'), windowMs: fc.constantFrom(0, 5_000, 90_000) }).map(
    ({ place: id, windowMs }): RegistryEdit => ({
      kind: 'put-service-point',
      servicePoint: { id, group: 'helsinki', name: { fi: id }, repeatWindowMs: windowMs },
    }),
  ),
  fc.constantFrom('other', 'kallio').map((id): RegistryEdit => ({ kind: 'remove-service-point', id })),
);
const commit = fc.record({
  do: fc.constant('commit' as const),
  terminal,
  presses: fc.array(fc.record({ at, rating: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 7 }),
});
const change: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: edit.map((one): Step => ({ do: 'edit', edit: one })) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('exclude' as const),
      terminal,
      place: fc.boolean(),
      from: at,
      lengthMs: fc.integer({ min: 1, max: 20 * MINUTE }),
    }),
  },
  fc.record({ do: fc.constant('revoke' as const), id: fc.integer({ min: 1, max: 3 }) }),
);

/** Runs steps on a store; what each said, or the code it was refused with. */
async function run(store: Store, steps: readonly Step[]): Promise<unknown[]> {
  await store.importRegistry(registryFile({ ...PLACES, terminals: [1, 2, 3].map((of) => ({ id: name(of) })) }));
  const next = new Map<number, number>();
  const said: unknown[] = [];
  for (const step of steps) {
    const done = step.do === 'commit' ? store.commit([dealt(step, next)]) : administer(store, step);
    said.push(
      await done.catch((error: unknown) => (error instanceof HymioError ? error.message : Promise.reject(error))),
    );
  }
  return said;
}

function dealt({ terminal: of, presses }: Extract<Step, { do: 'commit' }>, next: Map<number, number>): Arrival {
  const firstSeq = next.get(of) ?? 1;
  next.set(of, firstSeq + presses.length);
  const entries = presses.map((each) => press(each.at, each.rating as Rating));
  return batch(entries, { terminal: name(of), epoch: epochId(of), firstSeq, receivedAt: T + 3 * HOUR });
}

async function administer(store: Store, step: Exclude<Step, { do: 'commit' }>): Promise<unknown> {
  if (step.do === 'edit') return store.editRegistry(step.edit, BY);
  if (step.do === 'revoke') return store.revokeExclusion(step.id, BY);
  const target = step.place
    ? ({ kind: 'service-point', id: 'kallio' } as const)
    : ({ kind: 'terminal', id: name(step.terminal) } as const);
  return store.exclude({ target, from: step.from, to: step.from + step.lengthMs, reason: 'other' }, BY);
}

async function numbersOf(store: Store): Promise<unknown> {
  const presses = await allPresses(store);
  const told = presses.map(({ terminal: of, seq, repeat, excluded, servicePoint }) =>
    [of, seq, repeat, excluded, servicePoint].join(' '),
  );
  return { presses: told.sort(), rollups: await allRollups(store), registry: await store.registry() };
}

describe('SqliteStore', () => {
  const kind = STORE_KINDS.find(({ name: called }) => called.includes('in-thread'));
  if (kind === undefined) throw new Error('no store with reads in the thread');

  it('says of edits, exclusions and presses in any order what MemoryStore says, and rebuilds to what it has', async () => {
    const steps = fc.array(fc.oneof({ weight: 2, arbitrary: commit }, { weight: 3, arbitrary: change }), {
      maxLength: 16,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const oracle = new MemoryStore({ now: () => T });
        const bench = await kind.begin(() => T);
        try {
          expect(await run(bench.store, list)).toEqual(await run(oracle, list));
          expect(await numbersOf(bench.store)).toEqual(await numbersOf(oracle));
          expect(await bench.store.registryLog({ limit: 999 })).toEqual(await oracle.registryLog({ limit: 999 }));
          expect(await bench.store.rebuildRollups()).toMatchObject({ changed: 0 });
        } finally {
          await bench.end();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('comes to the same numbers whether presses come before, between or after the changes', async () => {
    const input = fc.record({
      presses: fc.array(commit, { minLength: 1, maxLength: 8 }),
      changes: fc.array(change.filter(isOfPlaces), { minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(input, fc.infiniteStream(fc.boolean()), async ({ presses, changes }, coins) => {
        const oracle = new MemoryStore({ now: () => T });
        const bench = await kind.begin(() => T);
        try {
          await run(oracle, [...changes, ...presses]);
          const [early, late] = [[...presses], [...changes]];
          const mixed: Step[] = [];
          while (early.length + late.length > 0) {
            const one = late.length === 0 || coins.next().value ? (early.shift() ?? late.shift()) : late.shift();
            if (one !== undefined) mixed.push(one);
          }
          await run(bench.store, mixed);
          expect(await numbersOf(bench.store)).toEqual(await numbersOf(oracle));
        } finally {
          await bench.end();
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** Whether a service point may be removed depends on what has come by then. */
function isOfPlaces(step: Step): boolean {
  return step.do !== 'edit' || step.edit.kind !== 'remove-service-point';
}
