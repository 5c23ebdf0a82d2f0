import { drawBetween, drawChance, drawExponential } from '../../random/draw.js';
import { oneOf } from '../plan.js';
import type { ReachedCounts } from '../reached.js';
import type { Breach } from '../verdict.js';
import { checkIdentities } from './check-identities.js';
import { IDENTITY_FAULT_TABLE } from './identity-faults.js';
import { IdentityMachine } from './identity-machine.js';
import { GOOD_HABITS, type IdentityPeople } from './identity-people.js';
import { drawIdentityPlan, type IdentityFault, type IdentityPlan } from './identity-plan.js';
import type { IdentityTampering } from './identity-tampering.js';
import { IdentityWorld } from './identity-world.js';
import { awaitedIdentity } from './settled-identities.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After the last fault everybody has a certificate that holds and is not due, in so long: the gateway bears ten renewals of a terminal a day. */
export const IDENTITY_SETTLING_MS = 26 * HOUR_MS;
const LOOK_EVERY_MS = 5 * MINUTE_MS;

export interface IdentityResult {
  plan: IdentityPlan;
  /** Absent where every promise held. */
  breach?: Breach;
  traceHash: string;
  lastLines: string[];
  faults: { number: number; atMs: number; kind: IdentityFault; detail: string }[];
  enrolled: number;
  renewed: number;
  /** Longest true time from a last fault until everybody was in, ms. */
  settledMs: number;
  reached: ReachedCounts;
}

export interface IdentityOptions {
  replan?: (plan: IdentityPlan) => IdentityPlan;
  tampering?: IdentityTampering;
  onLine?: (line: string) => void;
}

/** One seed of the world in which terminals enrol and renew, to its end. */
export async function simulateIdentity(seed: number, options: IdentityOptions = {}): Promise<IdentityResult> {
  const drawn = drawIdentityPlan(seed);
  const world = new IdentityWorld(options.replan?.(drawn) ?? drawn, options.tampering ?? {}, options.onLine);
  const faults: IdentityResult['faults'] = [];
  let settledMs = 0;
  try {
    settledMs = await live(world, faults);
  } catch (error) {
    world.verdict.fail('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { plan, verdict, trace, account, reached } = world;
  return {
    plan,
    ...(verdict.breach === undefined ? {} : { breach: verdict.breach }),
    traceHash: trace.hash(),
    lastLines: trace.lastLines(),
    faults,
    enrolled: account.enrolled,
    renewed: account.renewed,
    settledMs,
    reached: reached.counts(),
  };
}

async function live(world: IdentityWorld, faults: IdentityResult['faults']): Promise<number> {
  const { scheduler, plan, verdict } = world;
  const { people } = world;
  const halted = (): boolean => verdict.breach !== undefined;
  for (const id of plan.terminals) world.machines.push(new IdentityMachine(world, id, id));
  let longestMs = 0;
  for (const gapMs of [0, ...plan.gapsMs]) {
    await scheduler.runUntil(scheduler.now() + gapMs, halted);
    world.gateway.start();
    for (const machine of world.machines) switchOn(machine);
    const settling = await oneTime(world, people, faults);
    if (halted()) return longestMs;
    longestMs = Math.max(longestMs, settling);
    await checkIdentities(world);
    world.trace.note('everything is switched off');
    for (const machine of world.machines) machine.powerOff();
    world.gateway.switchOff();
  }
  return longestMs;

  /** At times with a clock that stopped when the power went, until the network sets it. */
  function switchOn(machine: IdentityMachine): void {
    const random = world.random('on', machine.name, String(scheduler.now()));
    const late = plan.faults.includes('clock-wrong') && drawChance(random, 0.5);
    const offsetMs = -Math.round(drawBetween(random, 0, Math.max(1, ...plan.gapsMs)));
    if (!late) machine.powerOn();
    else machine.powerOn({ kind: 'late', offsetMs, syncedAfterMs: Math.round(drawExponential(random, HOUR_MS)) });
  }
}

/** People and faults for a while, then none until everybody is in; says how long that took, ms. */
async function oneTime(
  world: IdentityWorld,
  people: IdentityPeople,
  faults: IdentityResult['faults'],
): Promise<number> {
  const { scheduler, verdict, trace, plan } = world;
  const halted = (): boolean => verdict.breach !== undefined;
  const endMs = scheduler.now() + plan.activeMs;
  const open = new Set<() => void>();
  people.work(endMs + IDENTITY_SETTLING_MS);
  world.faulty = true;
  if (plan.faults.length > 0) letFaultsHappen(world, people, faults, { endMs, open });
  takeBackups(world, endMs);
  await scheduler.runUntil(endMs, halted);
  trace.note('everything heals');
  world.faulty = false;
  for (const end of [...open]) end();
  people.habits = GOOD_HABITS;
  world.gateway.dieAfter(Number.POSITIVE_INFINITY);
  world.gateway.failCall(Number.POSITIVE_INFINITY);
  world.gateway.start();
  for (const machine of world.machines) {
    machine.heal();
    machine.powerOn();
  }
  const fromMs = scheduler.now();
  let open_ = awaitedIdentity(world, people);
  while (open_ !== undefined && !halted() && scheduler.now() - fromMs < IDENTITY_SETTLING_MS) {
    await scheduler.runUntil(scheduler.now() + LOOK_EVERY_MS, halted);
    open_ = awaitedIdentity(world, people);
  }
  const detail = open_;
  verdict.check(
    detail === undefined,
    'not-settled',
    () => `${IDENTITY_SETTLING_MS / HOUR_MS} hours after the last fault: ${detail}`,
  );
  const settledMs = scheduler.now() - fromMs;
  // Everybody knocks once more, and what is under way ends.
  if (!halted()) await scheduler.runUntil(scheduler.now() + 3 * HOUR_MS, halted);
  return settledMs;
}

function takeBackups(world: IdentityWorld, endMs: number): void {
  const random = world.random('backups', String(endMs));
  const { scheduler } = world;
  const next = (): void => {
    scheduler.after(drawExponential(random, world.plan.activeMs / 5), () => {
      if (scheduler.now() >= endMs) return;
      world.gateway.takeBackup();
      next();
    });
  };
  next();
}

function letFaultsHappen(
  world: IdentityWorld,
  people: IdentityPeople,
  faults: IdentityResult['faults'],
  { endMs, open }: { endMs: number; open: Set<() => void> },
): void {
  const { scheduler, plan, trace } = world;
  const random = world.random('faults', String(endMs));
  const begin = (number: number): void => {
    // Each draws from a stream of its own: one that is left out changes nothing about the others.
    const own = world.random('fault', String(number));
    const kind = oneOf(own, plan.faults);
    const lasting = (end: () => void): void => {
      const finish = (): void => {
        if (open.delete(finish)) end();
      };
      open.add(finish);
      scheduler.after(drawExponential(own, plan.faultLengthMs), finish);
    };
    const detail = IDENTITY_FAULT_TABLE[kind]({ world, people, random: own, lasting });
    if (detail === undefined) return;
    faults.push({ number, atMs: scheduler.now(), kind, detail });
    trace.note(`FAULT ${number} ${kind}: ${detail}`);
  };
  const next = (): void => {
    scheduler.after(drawExponential(random, plan.faultGapMs), () => {
      if (scheduler.now() >= endMs) return;
      const number = (faults.at(-1)?.number ?? 0) + 1;
      if (plan.keptFaults?.has(number) !== false) begin(number);
      next();
    });
  };
  next();
}
