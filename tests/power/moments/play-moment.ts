import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { explainError, type Random } from '@hymio/protocol';
import { ROOT } from '../../support/repository-root.js';
import type { TestBench } from '../../support/test-bench.js';
import { cutPower } from '../cut-power.js';
import type { PowerPlace } from '../power-place.js';
import type { Moment, Scene } from './moment.js';

const CUTTER = join(ROOT, 'tests/power/cut-at-step.mjs');
/** Of every so many cuts one comes at any instant, also in the middle of what SQLite does in one step. */
const ANY_INSTANT_EVERY = 4;

/**
 * When the power goes: before a step, with or without all before it on the disk (which the kernel decides otherwise), at
 * an instant (ms after the start), or once the work is said to be done.
 */
type Cut = { kind: 'step'; step: number; flushed: boolean } | { kind: 'instant'; afterMs: number } | { kind: 'done' };

export interface MomentResult {
  name: string;
  cuts: number;
  /** Steps of the work, before each of which the power can go. */
  steps: number;
  faults: string[];
}

/** Cuts the power in the middle of one kind of work, again and again, and looks at what is left. At most `most` cuts. */
export async function playMoment(place: PowerPlace, moment: Moment, most: number): Promise<MomentResult> {
  const scene: Scene = { place, disk: await place.disk('moment'), bench: place.steadyBench('moment') };
  await moment.prepare(scene);
  await scene.disk.keep();
  const start = performance.now();
  const whole = await tryCut(scene, moment, { kind: 'done' });
  const cuts = planCuts(place.random, { steps: whole.steps, most: most - 1, lengthMs: performance.now() - start });
  const faults = [...whole.faults];
  for (const cut of cuts) faults.push(...(await tryCut(scene, moment, cut)).faults);
  return { name: moment.name, cuts: cuts.length + 1, steps: whole.steps, faults };
}

function planCuts(random: Random, { steps, most, lengthMs }: { steps: number; most: number; lengthMs: number }): Cut[] {
  const all = Array.from({ length: 2 * steps }, (_, index) => ({
    ...{ kind: 'step' as const, at: random(), step: Math.floor(index / 2) + 1, flushed: index % 2 === 1 },
  }));
  const instants = Math.min(Math.floor(most / ANY_INSTANT_EVERY), steps);
  const chosen = all.sort((one, other) => one.at - other.at).slice(0, Math.max(0, most - instants));
  return [
    ...chosen,
    ...Array.from({ length: instants }, () => ({ kind: 'instant' as const, afterMs: random() * lengthMs })),
  ];
}

async function tryCut(scene: Scene, moment: Moment, cut: Cut): Promise<{ faults: string[]; steps: number }> {
  const { disk, place } = scene;
  const tally = `${disk.folder}.tally`;
  rmSync(tally, { force: true });
  await disk.reset();
  await moment.ready?.(scene);
  const bench = place.bench('work', ['--import', cutter(disk.folder, cut, tally)]);
  const steps = () => (existsSync(tally) ? statSync(tally).size : 0);
  const named = (text: string) => `${moment.name}, cut ${describe(cut)}: ${text}`;
  try {
    const done = await workUntilCut(scene, moment, bench, cut);
    const taken = steps();
    await disk.restore();
    return { faults: (await moment.verify(scene, done)).map(named), steps: taken };
  } catch (error) {
    return { faults: [named(`${explainError(error)}\n${place.said()}`)], steps: steps() };
  } finally {
    await bench.killAll();
    await scene.bench.killAll();
  }
}

/** Resolves once the power is gone and the program as well; true where it had said before that the work is done. */
async function workUntilCut(scene: Scene, moment: Moment, bench: TestBench, cut: Cut): Promise<boolean> {
  const { disk } = scene;
  const { child, done } = moment.work(scene, bench);
  const kill = async () => void (await child.kill());
  const instant = cut.kind === 'instant' ? sleep(cut.afterMs, 'instant' as const) : new Promise<never>(() => undefined);
  const first = await Promise.race([done, instant]);
  if (first === 'instant') {
    if (child.running) await cutPower([{ disk, pid: child.pid, kill }]);
    else await disk.cut();
    return Promise.race([done, false]);
  }
  if (first) {
    moment.finished?.(scene);
    if (child.running) await cutPower([{ disk, pid: child.pid, kill }]);
    else await disk.cut();
    return true;
  }
  const { code, signal } = await child.exited;
  if (signal !== 'SIGKILL')
    throw new Error(`the program ended by itself with ${code}: ${child.lines.slice(-3).join(' ')}`);
  return false;
}

function cutter(mount: string, cut: Cut, tally: string): string {
  const { step, flushed } = cut.kind === 'step' ? cut : { step: 0, flushed: false };
  const parameters = new URLSearchParams({ mount, tally, step: String(step), flushed: String(flushed) });
  return `${pathToFileURL(CUTTER).href}?${parameters}`;
}

function describe(cut: Cut): string {
  if (cut.kind === 'done') return 'after it was done';
  if (cut.kind === 'instant') return `after ${cut.afterMs.toFixed(0)} ms`;
  return `before step ${cut.step}, ${cut.flushed ? 'all' : 'nothing'} before it flushed`;
}
