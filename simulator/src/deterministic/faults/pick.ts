import type { Random } from '@hymio/protocol';
import type { Machine } from '../machine.js';
import { oneOf } from '../plan.js';
import type { World } from '../world.js';

/** One of the machines to which something can happen. */
export function pickMachine(
  world: World,
  random: Random,
  suits: (machine: Machine) => boolean = () => true,
): Machine | undefined {
  const candidates = world.machines.filter(suits);
  return candidates.length === 0 ? undefined : oneOf(random, candidates);
}
