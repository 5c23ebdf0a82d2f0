import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openSqliteStore } from '@hymio/gateway';
import { onDays, WEEKDAYS } from '@hymio/simulator';
import { FleetPart } from '../fleet/fleet-part.js';
import { terminalId } from '../fleet/fleet-task.js';
import { type GatewayProgram, get, startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult, Plot } from '../harness/bench.js';
import { benchRegistry } from '../harness/bench-registry.js';
import type { Figure } from '../harness/figure.js';
import { freePort } from '../harness/free-port.js';
import { linePlot } from '../harness/line-plot.js';
import { percentile } from '../harness/percentile.js';
import { memoryOf } from '../harness/process-usage.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { slope } from './slope.js';

const TERMINALS = 100;
const FACTOR = 60;
/** A Monday in Helsinki, as the doors open; they never close. */
const SIMULATED_FROM = Date.parse('2026-11-23T06:00:00Z');
const REGISTERED_FROM = '2026-01-01T00:00:00Z';
const VISITS = { zone: 'Europe/Helsinki', visitsPerWeek: 1_500, openingHours: onDays(WEEKDAYS, 0, 24) };
const LOOK_EVERY_MS = 10_000;
/** Memory grows at first, while the processor's code and the caches fill: the slope is taken after this share of the time. */
const WARM_UP_SHARE = 0.25;
const HOUR_MS = 3_600_000;
/** Pages that somebody looks at all the time. */
const PAGES = ['/', '/terminals', '/groups/city', '/service-points/point-0', `/terminals/${terminalId(0)}`, '/alerts'];

export const soak: Bench = {
  name: 'soak',
  title: `${TERMINALS} real terminals, busy hours without end at ${FACTOR} times its pace, and pages that are looked at`,
  onlyByName: true,
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

/** What is seen at one look. */
interface Look {
  /** Since the beginning, hours. */
  hours: number;
  gatewayMb: number;
  gatewayHandles: number;
  terminalsMb: number;
  terminalsHandles: number;
  lagP99Ms: number;
  storeBytes: number;
  kept: number;
}

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const data = join(folder, 'data');
  const store = await openSqliteStore({ folder: data, reads: 'in-thread' });
  await store.importRegistry(benchRegistry(TERMINALS, REGISTERED_FROM, terminalId));
  await store.close();
  const port = await freePort();
  const gateway = await startGateway(folder, { listen: port });
  const part = new FleetPart({
    ...{ port, first: 0, count: TERMINALS, folder: join(folder, 'journals'), seed: options.seed },
    ...{ simulatedFrom: SIMULATED_FROM, factor: FACTOR, visits: VISITS },
  });
  try {
    while ((part.now?.online ?? 0) < TERMINALS) await wait(200);
    await part.push(true);
    const looks = await lookOn(gateway, part, { data, minutes: options.minutes, say });
    return { figures: figuresOf(looks), notes: NOTES, plots: plotsOf(looks) };
  } finally {
    await part.stop();
    await gateway.program.stop();
  }
}

const NOTES = [
  'slopes by least squares over the last three quarters of the time; memory of a process without a leak goes up and down with its collections',
  `handles: open files and connections of the process; lag: p99 of the event loop in each ${LOOK_EVERY_MS / 1000} s`,
];

async function lookOn(
  gateway: GatewayProgram,
  part: FleetPart,
  { data, minutes, say }: { data: string; minutes: number; say: (line: string) => void },
): Promise<Look[]> {
  const began = performance.now();
  const looks: Look[] = [];
  for (let turn = 1; performance.now() - began < minutes * 60_000; turn += 1) {
    await wait(Math.max(0, began + turn * LOOK_EVERY_MS - performance.now()));
    await get(gateway.http, PAGES[turn % PAGES.length] ?? '/');
    const metrics = (await get(gateway.http, '/metrics')).body;
    looks.push({
      hours: (performance.now() - began) / HOUR_MS,
      gatewayMb: memoryOf(gateway.program.pid).residentMb,
      gatewayHandles: handlesOf(gateway.program.pid),
      terminalsMb: memoryOf(part.pid).residentMb,
      terminalsHandles: handlesOf(part.pid),
      lagP99Ms: Number(/^nodejs_eventloop_lag_p99_seconds(?:\{.*\})? (\S+)$/m.exec(metrics)?.[1]) * 1000,
      storeBytes: bytesOf(data),
      kept: part.now?.kept ?? 0,
    });
    if (turn % 30 === 0) say(describe(looks.at(-1)));
  }
  return looks;
}

function describe(look: Look | undefined): string {
  if (look === undefined) return 'nothing seen';
  const { hours, gatewayMb, gatewayHandles, terminalsMb, kept } = look;
  return `${Math.round(hours * 60)} min: gateway ${gatewayMb.toFixed(0)} MB, ${gatewayHandles} handles; terminals ${terminalsMb.toFixed(0)} MB; ${kept.toLocaleString('en')} presses`;
}

function figuresOf(looks: readonly Look[]): Figure[] {
  const steady = looks.slice(Math.floor(looks.length * WARM_UP_SHARE));
  const perHour = (of: (look: Look) => number) => slope(steady.map((look) => [look.hours, of(look)]));
  const flat = (atMost: number) => ({ of: 'value', atMost }) as const;
  return [
    {
      ...{ name: 'gateway, resident memory', value: perHour(({ gatewayMb }) => gatewayMb), unit: 'MB/h' },
      bar: flat(10),
    },
    {
      ...{ name: 'gateway, handles', value: perHour(({ gatewayHandles }) => gatewayHandles), unit: '1/h' },
      bar: flat(1),
    },
    {
      ...{ name: 'terminals, resident memory of all', value: perHour(({ terminalsMb }) => terminalsMb), unit: 'MB/h' },
      bar: flat(10),
    },
    {
      ...{ name: 'terminals, handles of all', value: perHour(({ terminalsHandles }) => terminalsHandles), unit: '1/h' },
      bar: flat(1),
    },
    {
      ...{ name: 'gateway, event-loop lag p99: median of all looks', unit: 'ms' },
      value: percentile(
        steady.map(({ lagP99Ms }) => lagP99Ms),
        0.5,
      ),
    },
    {
      ...{ name: 'gateway, event-loop lag p99: worst look', unit: 'ms' },
      value: Math.max(...steady.map(({ lagP99Ms }) => lagP99Ms)),
    },
    {
      ...{ name: 'store, growth per press', unit: 'B' },
      value: slope(steady.map(({ kept, storeBytes }) => [kept, storeBytes])),
    },
    { name: 'presses kept', value: looks.at(-1)?.kept ?? 0, unit: 'presses' },
  ];
}

function plotsOf(looks: readonly Look[]): Plot[] {
  const series = (name: string, of: (look: Look) => number, axis: 0 | 1) => ({
    ...{ name, axis, points: looks.map((look) => [look.hours * 60, of(look)] as const) },
  });
  const svg = linePlot({
    title: `${TERMINALS} terminals, ${FACTOR} times the pace of a busy day`,
    x: 'min',
    y: ['MB', 'handles'],
    series: [
      series('gateway, MB', ({ gatewayMb }) => gatewayMb, 0),
      series('terminals, MB', ({ terminalsMb }) => terminalsMb, 0),
      series('gateway, handles', ({ gatewayHandles }) => gatewayHandles, 1),
    ],
  });
  return [{ name: 'soak', svg }];
}

function handlesOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Of the store's files without its log, which goes back to its size after each checkpoint. */
function bytesOf(folder: string): number {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sqlite'));
  return files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
