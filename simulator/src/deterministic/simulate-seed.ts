import { drawExponential } from '../random/draw.js';
import { Episodes } from './episodes.js';
import { FaultCalendar, type HappenedFault } from './fault-calendar.js';
import type { FaultKind } from './fault-kinds.js';
import { FAULT_TABLE } from './fault-table.js';
import { checkAtTheEnd } from './final-checks.js';
import { Machine } from './machine.js';
import { drawPlan, type Plan } from './plan.js';
import type { ReachedCounts } from './reached.js';
import { letOperatorImport } from './registry-imports.js';
import { awaited } from './settled.js';
import type { Tampering } from './tampering.js';
import type { Breach } from './verdict.js';
import { letVisitorsIn } from './visitors.js';
import { World } from './world.js';

/** Everything kept is in the store this long after the last fault, and two heartbeats more. */
export const SETTLING_MS = 30 * 60_000;
const LOOK_EVERY_MS = 15_000;

export interface SeedResult {
  plan: Plan;
  /** Absent where every promise held. */
  breach?: Breach;
  /** Equal for equal runs. */
  traceHash: string;
  lastLines: string[];
  /** In order. */
  faults: readonly HappenedFault<FaultKind>[];
  /** Visits that happened, as `terminal-1:7`. */
  visits: string[];
  presses: number;
  thanked: number;
  stored: number;
  lost: number;
  /** Stored presses by how their time is known. */
  clocks: Record<string, number>;
  events: number;
  reached: ReachedCounts;
  /** True time from the last fault until everything had arrived, ms. */
  settledMs: number;
}

export interface SimulateOptions {
  /** Another plan than the seed's. */
  replan?: (plan: Plan) => Plan;
  tampering?: Tampering;
  /** Hears of every event. */
  onLine?: (line: string) => void;
}

/** Runs one seed to its end. The same seed gives the same run, event by event. */
export async function simulateSeed(seed: number, options: SimulateOptions = {}): Promise<SeedResult> {
  const plan = drawPlan(seed);
  const world = new World(options.replan?.(plan) ?? plan, options.tampering ?? {}, options.onLine);
  const episodes = new Episodes(world.scheduler, world.plan.faultLengthMs);
  const faults = new FaultCalendar<FaultKind>({
    scheduler: world.scheduler,
    trace: world.trace,
    random: (...names) => world.random(...names),
    plan: world.plan,
    begin: (kind, random) => FAULT_TABLE[kind]({ world, random, episodes }),
  });
  let settledMs = 0;
  try {
    settledMs = await live(world, episodes, faults);
  } catch (error) {
    world.verdict.fail('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return result(world, faults.happened, settledMs);
}

async function live(world: World, episodes: Episodes, faults: FaultCalendar<FaultKind>): Promise<number> {
  const { plan, scheduler, verdict, trace } = world;
  const halted = (): boolean => verdict.breach !== undefined;
  const endMs = scheduler.now() + plan.activeMs;
  world.gateway.start();
  for (const { id, clock } of plan.terminals) {
    const machine = new Machine(world, id, id, clock);
    world.machines.push(machine);
    machine.powerOn();
  }
  for (const terminal of plan.terminals) letVisitorsIn(world, terminal, endMs);
  if (plan.backups) takeBackups(world, endMs);
  if (plan.operators) letOperatorImport(world, endMs);
  faults.runUntil(endMs);
  await scheduler.runUntil(endMs, halted);
  trace.note('everything heals');
  episodes.healAll();
  // Deaths that were to come at some later effect are called off.
  world.gateway.dieAfter(Number.POSITIVE_INFINITY);
  for (const machine of world.machines) machine.killFirmware(Number.POSITIVE_INFINITY);
  const settledMs = await settle(world, halted);
  if (halted()) return settledMs;
  await scheduler.runUntil(scheduler.now() + 2 * plan.heartbeatMs + 60_000, halted);
  if (!halted()) await checkAtTheEnd(world);
  return settledMs;
}

async function settle(world: World, halted: () => boolean): Promise<number> {
  const { scheduler, plan, verdict } = world;
  const fromMs = scheduler.now();
  const limitMs = SETTLING_MS + 2 * plan.heartbeatMs;
  let open = awaited(world);
  while (open !== undefined && !halted() && scheduler.now() - fromMs < limitMs) {
    await scheduler.runUntil(scheduler.now() + LOOK_EVERY_MS, halted);
    open = awaited(world);
  }
  const detail = open;
  if (detail !== undefined) verdict.fail('not-settled', `${limitMs / 60_000} minutes after the last fault: ${detail}`);
  return scheduler.now() - fromMs;
}

function takeBackups(world: World, endMs: number): void {
  const random = world.random('backups');
  const next = (): void => {
    world.scheduler.after(drawExponential(random, world.plan.activeMs / 5), () => {
      if (world.scheduler.now() >= endMs) return;
      world.gateway.takeBackup();
      world.trace.note('backup');
      next();
    });
  };
  next();
}

function result(world: World, faults: SeedResult['faults'], settledMs: number): SeedResult {
  const { plan, verdict, trace, ledger, committed, scheduler } = world;
  const clocks: Record<string, number> = {};
  let stored = 0;
  let lost = 0;
  for (const known of committed.epochs().values()) {
    stored += known.stored.size;
    lost += known.lost.size;
    for (const { clock } of known.stored.values()) clocks[clock] = (clocks[clock] ?? 0) + 1;
  }
  let thanked = 0;
  for (const press of ledger.presses()) if (press.thanked) thanked += 1;
  return {
    plan,
    ...(verdict.breach === undefined ? {} : { breach: verdict.breach }),
    traceHash: trace.hash(),
    lastLines: trace.lastLines(),
    faults,
    visits: world.visits,
    presses: ledger.count,
    thanked,
    stored,
    lost,
    clocks,
    events: scheduler.events,
    reached: world.reached.counts(),
    settledMs,
  };
}
