import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import { LedgerFile } from '../ledger/ledger.js';
import { drawBetween } from '../random/draw.js';
import { seededRandom } from '../random/seeded-random.js';
import { workdays } from '../visitors/opening-hours.js';
import { type VisitorProfile, visitorProfile } from '../visitors/visitor-profile.js';
import { visitorStream } from '../visitors/visitor-stream.js';
import { CuttableProxy } from './cuttable-proxy.js';
import { disturbanceOf, planFaults, windowFaultsOf } from './fault-plan.js';
import type { FleetOptions } from './fleet-options.js';
import { readFleetEnd, writeFleetEnd } from './fleet-state.js';
import { emptyTally, type FleetTally } from './fleet-tally.js';
import type { HostPlace } from './host-place.js';
import { machineParts } from './host-place.js';
import { LocalHost } from './local-host.js';
import { ProcessHost } from './process-host.js';
import { TerminalDriver } from './terminal-driver.js';
import type { TerminalHost } from './terminal-host.js';
import { Timeline } from './timeline.js';

const DAY_MS = 86_400_000;
/** While terminals deliver, the world and their waiting are so many times faster than real. */
const WINDOW_FACTOR = 10;
const NETWORK_FACTOR = 20;
/** Longest time that a delivery window is open, real ms. */
const WINDOW_MS = 2_500;
const MOST_WINDOWS = 30;
const LEAST_WINDOWS = 2;
/** Terminals that are moved ahead at once where each has a process of its own. */
const SIDE_BY_SIDE = 8;

export interface FleetWatch {
  /** True time reached (UTC ms), in words for an operator. */
  progress(text: string): void;
  /** Ends the run early; what was pressed is delivered all the same. */
  stop: AbortSignal;
}

interface Member {
  host: TerminalHost;
  proxy: CuttableProxy;
  driver: TerminalDriver;
}
interface Span {
  from: number;
  to: number;
}

/**
 * Runs a fleet of terminals with the real firmware through simulated days up to now and delivers everything.
 * Errors: HymioError `fleet-not-drained`, `ledger-unwritable`, `fleet-data-unusable`, those of the journal.
 */
export async function runFleet(options: FleetOptions, watch: FleetWatch): Promise<FleetTally> {
  const now = Date.now();
  const span = { from: Math.max(now - options.days * DAY_MS, readFleetEnd(options.data) ?? 0), to: now };
  span.from = Math.floor(Math.min(span.from, now));
  const ledger = new LedgerFile(options.ledger);
  const tally = emptyTally();
  const members: Member[] = [];
  try {
    for (const name of terminalNames(options)) members.push(await enlist(options, name, span, ledger, tally));
    const terminals = members.map(({ host }) => host.terminal);
    ledger.write({ event: 'run', version: 1, seed: options.seed, from: span.from, terminals });
    for (const { driver } of members) await driver.start();
    if (options.compress === undefined) await inWindows(options, members, span, watch);
    else await Promise.all(members.map(({ driver }) => driver.live(span.to, options.compress ?? 1, watch.stop)));
    watch.progress('delivering the rest');
    await finish(options, members);
    return tally;
  } finally {
    if (members.length > 0) writeFleetEnd(options.data, Math.max(...members.map(({ host }) => host.now())) + 1);
    await Promise.all(members.flatMap(({ host, proxy }) => [host.close(), proxy.stop()]));
    ledger.close();
  }
}

function terminalNames({ terminals, prefix }: FleetOptions): string[] {
  return Array.from({ length: terminals }, (_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`);
}

async function enlist(
  options: FleetOptions,
  terminal: string,
  span: Span,
  ledger: LedgerFile,
  tally: FleetTally,
): Promise<Member> {
  const { seed, faults, data, gatewayMqtt } = options;
  const { hostname, port } = new URL(gatewayMqtt);
  const proxy = new CuttableProxy({ host: hostname, port: Number(port) });
  const place: HostPlace = {
    terminal,
    folder: join(data, terminal),
    brokerUrl: await proxy.start(),
    seed,
    builtAt: span.from - 30 * DAY_MS,
    networkFactor: NETWORK_FACTOR,
    disturbance: disturbanceOf(faults),
  };
  const host = options.processes ? new ProcessHost(place, span.from) : new LocalHost(machineParts(place), span.from);
  const timeline = new Timeline(
    visitorStream(profileOf(options, terminal), seed, terminal, span),
    planFaults(faults, seed, terminal, span),
  );
  const random = seededRandom(seed, terminal, 'driver');
  const windowFaults = windowFaultsOf(faults);
  return { host, proxy, driver: new TerminalDriver({ host, timeline, proxy, ledger, tally, random, windowFaults }) };
}

/** From a quiet office (11 visits a week) to a busy clinic (108 a day), more of the quiet ones. */
function profileOf({ seed, timezone }: FleetOptions, terminal: string): VisitorProfile {
  const random = seededRandom(seed, terminal, 'profile');
  return visitorProfile({
    zone: timezone,
    openingHours: workdays(8, 16),
    visitsPerWeek: Math.round(11 * (540 / 11) ** random()),
    satisfaction: drawBetween(random, 0.6, 0.92),
  });
}

/** Stretches of days without network at full speed; after each a window in real time in which terminals deliver. */
async function inWindows(
  options: FleetOptions,
  members: readonly Member[],
  span: Span,
  watch: FleetWatch,
): Promise<void> {
  const rounds = Math.min(MOST_WINDOWS, Math.max(LEAST_WINDOWS, Math.ceil(options.days)));
  for (let round = 1; round <= rounds && !watch.stop.aborted; round += 1) {
    const to = Math.floor(span.from + ((span.to - span.from) * round) / rounds);
    await inTurns(members, options.processes ? SIDE_BY_SIDE : 1, ({ driver }) => driver.fastForward(to));
    watch.progress(`lived until ${new Date(to).toISOString()}, delivering`);
    await Promise.all(members.map(({ driver }) => driver.window(WINDOW_MS, WINDOW_FACTOR)));
  }
}

async function finish({ drainSeconds }: FleetOptions, members: readonly Member[]): Promise<void> {
  const left = await Promise.all(members.map(({ driver }) => driver.finish(drainSeconds * 1_000, WINDOW_FACTOR)));
  const behind = members.flatMap(({ host }, index) => (left[index] ? [`${host.terminal} ${left[index]}`] : []));
  if (behind.length === 0) return;
  throw new HymioError(
    'fleet-not-drained',
    `The gateway has not acknowledged all presses in ${drainSeconds} s; still pending: ${behind.slice(0, 10).join(', ')}.`,
    'See that the gateway runs and --gateway-mqtt names its broker; the presses stay in the journals under --data.',
  );
}

async function inTurns<T>(items: readonly T[], atOnce: number, act: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
