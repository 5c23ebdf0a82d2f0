import { BUCKET_MS, DEFAULT_REPEAT_WINDOW_MS, type Registry, type RollupCell, type StoredPress } from '@hymio/gateway';
import type { World } from './world.js';

/** Repeats, places and rollups, recomputed plainly from the raw presses. */
export async function checkCounts(world: World, presses: readonly StoredPress[]): Promise<void> {
  const { verdict, gateway, plan } = world;
  const registry = await gateway.store.registry();
  for (const { id } of plan.terminals) checkRepeats(world, registry, id, presses);
  const times = presses.map(({ countedAt }) => countedAt);
  if (times.length === 0) return;
  const from = Math.floor(Math.min(...times) / BUCKET_MS) * BUCKET_MS;
  const to = (Math.floor(Math.max(...times) / BUCKET_MS) + 1) * BUCKET_MS;
  const cells = await gateway.store.rollups({ from, to, step: 'whole', by: 'terminalAndServicePoint' });
  const told = cells.map(describeCell).sort();
  const expected = count(presses).sort();
  verdict.check(told.join() === expected.join(), 'wrong-rollup', () => `${told.join(' ')}, not ${expected.join(' ')}`);
  const { changed } = await gateway.store.rebuildRollups();
  verdict.check(changed === 0, 'rollups-not-reproduced', () => `${changed} buckets changed`);
}

function checkRepeats({ verdict }: World, registry: Registry, id: string, presses: readonly StoredPress[]): void {
  let last = Number.NEGATIVE_INFINITY;
  for (const press of presses.filter(({ terminal }) => terminal === id).sort(inOrder)) {
    const { epoch, seq, countedAt, repeat } = press;
    const place = registry.assignments.find(
      ({ terminal, from, to }) => terminal === id && from <= countedAt && countedAt < (to ?? Number.POSITIVE_INFINITY),
    )?.servicePoint;
    const windowMs =
      registry.servicePoints.find((each) => each.id === place)?.repeatWindowMs ?? DEFAULT_REPEAT_WINDOW_MS;
    const expected = countedAt - last < windowMs;
    if (!expected) last = countedAt;
    const name = `${id} ${epoch} ${seq}`;
    verdict.check(repeat === expected, 'wrong-repeat', () => `${name} should be ${expected}`);
    verdict.check(press.servicePoint === place, 'wrong-place', () => `${name} at ${press.servicePoint}, not ${place}`);
  }
}

function count(presses: readonly StoredPress[]): string[] {
  const cells = new Map<string, RollupCell>();
  for (const { terminal, servicePoint, rating, repeat, excluded, clock } of presses) {
    const key = `${terminal} ${servicePoint ?? ''}`;
    const place = servicePoint === undefined ? {} : { servicePoint };
    const cell = cells.get(key) ?? {
      start: 0,
      terminal,
      ...place,
      ratings: [0, 0, 0, 0],
      repeats: 0,
      estimated: 0,
      excluded: 0,
    };
    cells.set(key, cell);
    if (excluded) cell.excluded += 1;
    else if (repeat) cell.repeats += 1;
    else {
      cell.ratings[rating] += 1;
      if (clock === 'estimated') cell.estimated += 1;
    }
  }
  return [...cells.values()].map(describeCell);
}

function describeCell({ terminal, servicePoint, ratings, repeats, estimated, excluded }: RollupCell): string {
  return `${terminal}/${servicePoint ?? 'unassigned'}:${ratings.join('-')}:${repeats}:${estimated}:${excluded}`;
}

function inOrder(a: StoredPress, b: StoredPress): number {
  if (a.countedAt !== b.countedAt) return a.countedAt - b.countedAt;
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return a.seq - b.seq;
}
