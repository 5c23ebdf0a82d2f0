import { type RegistryFile, registryFileSchema } from '@hymio/gateway';
import { drawChance, drawInteger } from '../random/draw.js';
import { oneOf } from './plan.js';
import type { World } from './world.js';

/** Service points differ in what they count as a repeat, ms. */
export const WINDOWS_MS = [0, 2_000, 5_000, 12_000];

/** The operator tells the gateway where terminals stand, and later that some were moved, also in the past. */
export function letOperatorImport(world: World, endMs: number): void {
  const random = world.random('registry');
  if (drawChance(random, 0.4)) return;
  const { scheduler, trace, verdict, gateway } = world;
  const startMs = scheduler.now();
  for (let count = drawInteger(random, 1, 3); count > 0; count -= 1) {
    scheduler.at(drawInteger(random, startMs, endMs), () => {
      const file = drawRegistry(world, startMs, endMs);
      trace.note(`the operator assigns ${file.assignments.length} times`);
      gateway.store.importRegistry(file).catch((error: unknown) => verdict.fail('import-failed', String(error)));
      scheduler.promisesWait();
    });
  }

  function drawRegistry({ plan }: World, fromMs: number, toMs: number): RegistryFile {
    const moved = plan.terminals.filter(() => drawChance(random, 0.7));
    return registryFileSchema.parse({
      groups: [{ id: 'city', name: { fi: 'Kaupunki' } }],
      servicePoints: WINDOWS_MS.map((repeatWindowMs, index) => ({
        id: `point-${index}`,
        group: 'city',
        name: { fi: `Piste ${index}` },
        repeatWindowMs,
      })),
      assignments: moved.flatMap(({ id }) => {
        const middleMs = drawInteger(random, fromMs, toMs);
        const point = (): string => `point-${oneOf(random, [0, 1, 2, 3])}`;
        return [
          { terminal: id, servicePoint: point(), from: instant(fromMs), to: instant(middleMs + 1) },
          { terminal: id, servicePoint: point(), from: instant(middleMs + 1) },
        ];
      }),
    });
  }
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
