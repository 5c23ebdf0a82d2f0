import type { World } from './world.js';

/** Every machine runs, and the gateway has told each that it has everything; otherwise what is still awaited. */
export function awaited(world: World): string | undefined {
  if (!world.gateway.up) return 'the gateway is down';
  for (const machine of world.machines) {
    if (!machine.running) return `${machine.name} does not run`;
    const pending = machine.pending();
    if (pending !== 0) return `${machine.name} still holds ${pending} unacknowledged presses`;
    for (const { epoch, oldestSeq, presses } of machine.disk.epochs) {
      for (let index = 0; index < presses.length; index += 1) {
        const seq = oldestSeq + index;
        if (!world.committed.covers(epoch, seq)) return `${machine.name} ${epoch} ${seq} is not in the store`;
      }
    }
  }
  return undefined;
}
