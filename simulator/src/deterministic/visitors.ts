import { isRating, type Random } from '@hymio/protocol';
import { drawBetween, drawChance, drawExponential, drawInteger } from '../random/draw.js';
import type { Machine } from './machine.js';
import { oneOf, type TerminalPlan } from './plan.js';
import { WINDOWS_MS } from './registry-imports.js';
import type { World } from './world.js';

/** People at one terminal: single visits, children who hammer, and perhaps a crowd. They end at `untilMs`. */
export function letVisitorsIn(world: World, plan: TerminalPlan, untilMs: number): void {
  const random = world.random(plan.id, 'visitors');
  const { scheduler } = world;
  const { keptVisits } = world.plan;
  const push = (own: Random): void => {
    if (scheduler.now() >= untilMs) return;
    // Where a second machine has the same id, both have visitors.
    for (const machine of world.machines) if (machine.id === plan.id) pushOne(world, machine, own);
  };
  const visit = (number: number): void => {
    const name = `${plan.id}:${number}`;
    if (scheduler.now() >= untilMs || keptVisits?.has(name) === false) return;
    world.visits.push(name);
    // A stream of its own: one who stays away changes nothing about the others.
    const own = world.random(name);
    push(own);
    if (drawChance(own, 0.12)) hammer(world, own, () => push(own));
    pressAtTheEdge(world, world.random(name, 'edge'), push);
  };
  const next = (number: number): void => {
    scheduler.after(drawExponential(random, plan.visitGapMs), () => {
      visit(number);
      if (scheduler.now() < untilMs) next(number + 1);
    });
  };
  next(1);
  if (plan.crowd === 0) return;
  const crowd = world.random(plan.id, 'crowd');
  const startMs = scheduler.now();
  scheduler.at(drawBetween(crowd, startMs, untilMs), () => {
    for (let count = 0; count < plan.crowd; count += 1) scheduler.after(count * 40, () => push(crowd));
  });
}

/** Now and then somebody presses once more exactly where a window ends, or a moment before. */
function pressAtTheEdge(world: World, random: Random, push: (random: Random) => void): void {
  if (!drawChance(random, 0.05)) return;
  world.scheduler.after(oneOf(random, WINDOWS_MS) - oneOf(random, [0, 0, 1]), () => push(random));
}

/** Sometimes the firmware dies over the very push. */
function pushOne(world: World, machine: Machine, random: Random): void {
  const rating = drawInteger(random, 0, 3);
  if (world.plan.faults.includes('kill-firmware') && drawChance(random, 0.01)) {
    machine.killFirmware(drawInteger(random, 0, 5));
  }
  if (isRating(rating)) machine.press(rating);
}

/** Seconds of the same hand: what the repeat window is for, on both sides of it. */
function hammer(world: World, random: Random, push: () => void): void {
  let atMs = 0;
  for (let count = drawInteger(random, 1, 8); count > 0; count -= 1) {
    atMs += drawBetween(random, 30, 3_500);
    world.scheduler.after(atMs, push);
  }
}
