import { alertKey, dueWeeks, type NoticeState } from '@hymio/gateway';
import { drawChance, drawInteger } from '../../random/draw.js';
import { Episodes } from '../episodes.js';
import { FaultCalendar, type HappenedFault } from '../fault-calendar.js';
import type { ReachedCounts } from '../reached.js';
import type { Breach } from '../verdict.js';
import { OFFICE_FAULT_TABLE } from './office-faults.js';
import { OfficeGateway } from './office-gateway.js';
import { drawOfficePlan, type OfficeFault, type OfficePlan } from './office-plan.js';
import type { OfficeTampering } from './office-tampering.js';
import { OfficeWorld, WEEK_MS, ZONE } from './office-world.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** After the last fault every alert is over, and everybody was told, in so long: window, recovery, cool-down, backoff. */
const SETTLING_MS = 3 * HOUR_MS;
/** A condition that holds has its alert in so long, and a week that falls due its reports. */
const PROMPT_MS = 2 * MINUTE_MS;

export interface OfficeResult {
  plan: OfficePlan;
  /** Absent where every promise held. */
  breach?: Breach;
  traceHash: string;
  lastLines: string[];
  /** In order. */
  faults: readonly HappenedFault<OfficeFault>[];
  alerts: number;
  weeks: number;
  mails: number;
  messages: number;
  /** Messages that came once more after a death in between. */
  again: number;
  reached: ReachedCounts;
}

export interface OfficeOptions {
  /** Another plan than the seed's. */
  replan?: (plan: OfficePlan) => OfficePlan;
  tampering?: OfficeTampering;
  onLine?: (line: string) => void;
}

/** One seed of the world in which alerts ring and reports go out, to its end. */
export async function simulateOffice(seed: number, options: OfficeOptions = {}): Promise<OfficeResult> {
  const drawn = drawOfficePlan(seed);
  const plan = options.replan?.(drawn) ?? drawn;
  const world = new OfficeWorld(plan, options.onLine);
  const gateway = new OfficeGateway(world, options.tampering);
  const episodes = new Episodes(world.scheduler, plan.faultLengthMs);
  const faults = new FaultCalendar<OfficeFault>({
    scheduler: world.scheduler,
    trace: world.trace,
    random: (...names) => world.random(...names),
    plan,
    begin: (kind, random) =>
      OFFICE_FAULT_TABLE[kind]({ world, gateway, random, lasting: (end) => episodes.lasting(random, end) }),
  });
  try {
    await live(world, gateway, episodes, faults);
  } catch (error) {
    world.verdict.fail('threw', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const { verdict, trace, alertAccount, weekAccount, mail } = world;
  return {
    plan,
    ...(verdict.breach === undefined ? {} : { breach: verdict.breach }),
    traceHash: trace.hash(),
    lastLines: trace.lastLines(),
    faults: faults.happened,
    alerts: alertAccount.count,
    weeks: weekAccount.weeks.length,
    mails: weekAccount.mails,
    messages: mail.count,
    again: mail.again,
    reached: world.reached.counts(),
  };
}

async function live(
  world: OfficeWorld,
  gateway: OfficeGateway,
  episodes: Episodes,
  faults: FaultCalendar<OfficeFault>,
): Promise<void> {
  const { scheduler, verdict, plan, trace } = world;
  const between = world.random('between');
  const halted = (): boolean => verdict.breach !== undefined;
  await world.furnish();
  gateway.start();
  for (let monday = 0; monday < plan.mondays && !halted(); monday += 1) {
    const endMs = scheduler.now() + plan.activeMs;
    faults.runUntil(endMs);
    dieOverReports(monday);
    await scheduler.runUntil(endMs, halted);
    trace.note('everything heals');
    episodes.healAll();
    gateway.dieAfter(Number.POSITIVE_INFINITY);
    gateway.start();
    await scheduler.runUntil(scheduler.now() + SETTLING_MS, halted);
    if (halted()) return;
    await checkSettled(world);
    if (monday < plan.mondays - 1) await passWeek(monday);
  }
  if (!halted()) await checkPrompt(world, gateway, halted);

  /** Moments in which a week is issued and mailed are rare, and matter most. */
  function dieOverReports(monday: number): void {
    const dueMs = world.startMs + monday * WEEK_MS + HOUR_MS;
    if (!plan.faults.includes('gateway-kill')) return;
    for (let atMs = dueMs; atMs < dueMs + 3 * MINUTE_MS; atMs += drawInteger(between, 1, 40_000)) {
      const points = drawInteger(between, 0, 30);
      const fails = plan.faults.includes('store-fails') && drawChance(between, 0.4);
      scheduler.at(Math.max(atMs, scheduler.now()), () => {
        if (fails) world.failCall(points);
        else gateway.dieAfter(points);
      });
    }
  }

  /** The gateway is off until shortly before, or after, reports fall due again. */
  async function passWeek(monday: number): Promise<void> {
    gateway.stop();
    await scheduler.runUntil(scheduler.now() + MINUTE_MS, halted);
    const lateMs = drawChance(between, 0.4) ? 2 * HOUR_MS : 0;
    await scheduler.runUntil(world.startMs + (monday + 1) * WEEK_MS + lateMs, halted);
    gateway.start();
  }
}

/** Nothing rings, everybody was told, and every week that fell due is issued. */
async function checkSettled({
  verdict,
  alertAccount,
  alerts,
  store,
  mail,
  weekAccount,
  schedule,
  scheduler,
  startMs,
}: OfficeWorld) {
  const [unsettled] = alertAccount.unsettled();
  verdict.check(
    unsettled === undefined,
    'alert-without-end',
    () => `alert ${unsettled?.id}: ${JSON.stringify(unsettled?.state)}`,
  );
  for (const notice of await alerts.waitingNotices(1_000)) {
    // Who refused is asked again after hours: somebody may mend it.
    const refused = notice.state.kind === 'waiting' && notice.state.refusals > 0;
    verdict.check(refused && !isDue(notice.state, scheduler.now()), 'notice-not-delivered', () =>
      JSON.stringify(notice),
    );
  }
  const [waiting] = await store.reports.waitingMails(1);
  verdict.check(waiting === undefined, 'mail-not-delivered', () => JSON.stringify(waiting));
  for (const { state, delivery } of await store.reports.mails({ limit: 1_000 })) {
    const honest = (state.kind === 'delivered') === mail.has(delivery) || state.kind === 'given-up';
    verdict.check(honest, 'recorded-otherwise', () => `${delivery} is ${state.kind}`);
  }
  for (const { week, dueAt } of dueWeeks(schedule, { zone: ZONE, now: scheduler.now() })) {
    if (dueAt < startMs) continue;
    verdict.check(weekAccount.weeks.includes(week.id), 'week-not-issued', () => week.id);
  }
}

/** At the end, with nothing in the way: what happens rings at once, and only once. */
async function checkPrompt(world: OfficeWorld, gateway: OfficeGateway, halted: () => boolean): Promise<void> {
  const { scheduler, verdict, alertAccount } = world;
  for (let count = 0; count < 5; count += 1) gateway.heard(world.press('kallio', 0));
  await scheduler.runUntil(scheduler.now() + PROMPT_MS, halted);
  const key = alertKey('unhappy-now', { kind: 'service-point', servicePoint: 'kallio' });
  const rung = alertAccount.active(key).length;
  verdict.check(rung === 1, 'alert-missing', () => `${key}: ${rung} are active`);
  await scheduler.runUntil(scheduler.now() + SETTLING_MS, halted);
  if (!halted()) await checkSettled(world);
}

function isDue(state: NoticeState, now: number): boolean {
  return state.kind === 'waiting' && state.nextAt <= now;
}
