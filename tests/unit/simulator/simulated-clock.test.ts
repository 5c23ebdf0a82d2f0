import { SimulatedClock, TrueTime } from '@hymio/simulator';
import { describe, expect, it } from 'vitest';

const START = Date.UTC(2026, 9, 1);
const HOUR_MS = 3_600_000;

function bootAt(world: TrueTime, bootedAt: number, syncsAt: number): SimulatedClock {
  return new SimulatedClock(world, {
    bootId: 'boot',
    bootedAt,
    syncsAt,
    wallErrors: [
      { from: bootedAt, errorMs: -40 * HOUR_MS },
      { from: bootedAt + HOUR_MS, errorMs: 5_000 },
    ],
  });
}

describe('the true time', () => {
  it('moves ahead at once, running timers in order at their own time', () => {
    const world = new TrueTime(START);
    const seen: [string, number][] = [];
    world.after(2_000, () => seen.push(['late', world.now() - START]));
    world.after(1_000, () => {
      seen.push(['early', world.now() - START]);
      world.after(500, () => seen.push(['between', world.now() - START]));
    });
    const cancel = world.after(1_200, () => seen.push(['never', 0]));
    cancel();
    world.advanceTo(START + 30 * 24 * HOUR_MS);
    expect(seen).toEqual([
      ['early', 1_000],
      ['between', 1_500],
      ['late', 2_000],
    ]);
    expect(world.now()).toBe(START + 30 * 24 * HOUR_MS);
  });

  it('goes on with the real time, as many times faster as asked', async () => {
    let real = 1_000;
    const world = new TrueTime(START, () => real);
    world.run(60);
    real += 1_000;
    expect(world.now()).toBe(START + 60_000);
    const fired = new Promise<number>((resolve) => world.after(600, () => resolve(world.now())));
    real += 10;
    expect(await fired).toBe(START + 60_600);
    world.pause();
    real += 1_000;
    expect(world.now()).toBe(START + 60_600);
  });

  it('stands still while held, and never goes back', () => {
    let real = 0;
    const world = new TrueTime(START, () => real);
    world.run(1);
    real = 100;
    world.hold(() => {
      real = 200;
      expect(world.now()).toBe(START + 100);
    });
    expect(world.now()).toBe(START + 200);
    real = 50;
    expect(world.now()).toBe(START + 200);
  });
});

describe('a simulated clock', () => {
  it('shows a wrong wall time until it is synchronised, and boot time from the boot', () => {
    const world = new TrueTime(START);
    const clock = bootAt(world, START - 500, START + 2 * HOUR_MS);
    expect([clock.now() - START, clock.monotonic(), clock.synced()]).toEqual([-40 * HOUR_MS, 500, false]);
    world.advanceTo(START + HOUR_MS);
    expect(clock.now() - world.now()).toBe(5_000);
    world.advanceTo(START + 2 * HOUR_MS);
    expect([clock.now(), clock.monotonic(), clock.synced()]).toEqual([world.now(), 2 * HOUR_MS + 500, true]);
  });

  it('runs nothing any more once its machine has died', () => {
    const world = new TrueTime(START);
    const clock = bootAt(world, START, START);
    let ran = 0;
    clock.after(10, () => {
      ran += 1;
    });
    clock.after(1_000, () => {
      ran += 1;
    });
    world.advanceTo(START + 10);
    clock.powerOff();
    clock.after(20, () => {
      ran += 1;
    });
    world.advanceTo(START + HOUR_MS);
    expect(ran).toBe(1);
  });
});
