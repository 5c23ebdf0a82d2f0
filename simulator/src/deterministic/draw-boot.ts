import type { Random } from '@hymio/protocol';
import { drawChance, drawExponential, drawInteger } from '../random/draw.js';
import { drawUuid } from './draw-uuid.js';
import { type BootClock, MachineBoot } from './machine-clock.js';
import { type ClockHabit, oneOf } from './plan.js';
import type { World } from './world.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A new boot of a machine, with clocks after its habit. */
export function drawBoot(world: World, random: Random, habit: ClockHabit): MachineBoot {
  return new MachineBoot(world.scheduler, drawUuid(random), drawClock(world, random, habit));
}

function drawClock(world: World, random: Random, habit: ClockHabit): BootClock {
  switch (habit) {
    case 'right':
      return { kind: 'right' };
    case 'misled':
      return { kind: 'misled', offsetMs: drawOffset(world, random) };
    case 'never':
      return { kind: 'never', offsetMs: drawOffset(world, random) };
    case 'late': {
      const offsetMs = drawOffset(world, random);
      const never = world.plan.span === 'hours' && drawChance(random, 0.25);
      if (never) return { kind: 'never', offsetMs };
      const syncedAfterMs = Math.round(drawExponential(random, oneOf(random, [1_000, 2 * MINUTE_MS, 15 * MINUTE_MS])));
      return { kind: 'late', offsetMs, syncedAfterMs };
    }
  }
}

/** Wall minus true time: a little off, the time of the last shutdown, 1970, or far in the future. */
function drawOffset(world: World, random: Random): number {
  const kind = drawInteger(random, 0, 4);
  if (kind === 0) return drawInteger(random, -3_000, 3_000);
  if (kind === 1) return -drawInteger(random, 0, 40 * DAY_MS);
  if (kind === 2) return -world.scheduler.now();
  if (kind === 3) return drawInteger(random, 2 * DAY_MS, 60 * 365 * DAY_MS);
  return drawInteger(random, 0, 20 * 60 * MINUTE_MS);
}
