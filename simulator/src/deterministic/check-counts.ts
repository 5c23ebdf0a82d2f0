import { BUCKET_MS, DEFAULT_REPEAT_WINDOW_MS, type StoredPress } from '@hymio/gateway';
import type { World } from './world.js';

/** Repeats and rollups, recomputed plainly from the raw presses. */
export async function checkCounts(world: World, presses: readonly StoredPress[]): Promise<void> {
  const { verdict, gateway } = world;
  for (const { id } of world.plan.terminals) {
    const own = presses.filter(({ terminal }) => terminal === id).sort(inOrder);
    let last = Number.NEGATIVE_INFINITY;
    for (const { epoch, seq, countedAt, repeat } of own) {
      const expected = countedAt - last < DEFAULT_REPEAT_WINDOW_MS;
      if (!expected) last = countedAt;
      verdict.check(repeat === expected, 'wrong-repeat', () => `${id} ${epoch} ${seq} should be ${expected}`);
    }
  }
  const times = presses.map(({ countedAt }) => countedAt);
  if (times.length === 0) return;
  const from = Math.floor(Math.min(...times) / BUCKET_MS) * BUCKET_MS;
  const to = (Math.floor(Math.max(...times) / BUCKET_MS) + 1) * BUCKET_MS;
  const cells = await gateway.store.rollups({ from, to, step: 'whole', by: 'terminal' });
  for (const { id } of world.plan.terminals) {
    const own = presses.filter(({ terminal }) => terminal === id);
    const cell = cells.find(({ terminal }) => terminal === id);
    const counted = own.filter(({ repeat }) => !repeat);
    const expected = {
      ratings: [0, 1, 2, 3].map((rating) => counted.filter((press) => press.rating === rating).length),
      repeats: own.length - counted.length,
      estimated: counted.filter(({ clock }) => clock === 'estimated').length,
    };
    const told = {
      ratings: cell?.ratings ?? [0, 0, 0, 0],
      repeats: cell?.repeats ?? 0,
      estimated: cell?.estimated ?? 0,
    };
    const same = JSON.stringify(told) === JSON.stringify(expected);
    verdict.check(same, 'wrong-rollup', () => `${id}: ${JSON.stringify(told)}, not ${JSON.stringify(expected)}`);
  }
  const { changed } = await gateway.store.rebuildRollups();
  verdict.check(changed === 0, 'rollups-not-reproduced', () => `${changed} buckets changed`);
}

function inOrder(a: StoredPress, b: StoredPress): number {
  if (a.countedAt !== b.countedAt) return a.countedAt - b.countedAt;
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return a.seq - b.seq;
}
