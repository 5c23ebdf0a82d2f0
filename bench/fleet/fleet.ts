import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openSqliteStore } from '@hymio/gateway';
import { workdays } from '@hymio/simulator';
import { type GatewayProgram, startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult, Plot } from '../harness/bench.js';
import { benchRegistry } from '../harness/bench-registry.js';
import type { Figure } from '../harness/figure.js';
import { freePort } from '../harness/free-port.js';
import { memoryOf } from '../harness/process-usage.js';
import type { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { MOSQUITTO_PATHS, startMosquitto } from '../ingest/mosquitto.js';
import { connectionPlot, plotSeconds } from './connection-plot.js';
import { type Exported, exportedPresses } from './exported-presses.js';
import { FleetPart } from './fleet-part.js';
import { terminalId } from './fleet-task.js';

const PROCESSES = 5;
const FACTOR = 60;
/** A Monday in Helsinki, a quarter of an hour before the doors open; and since when the terminals stand there. */
const SIMULATED_FROM = Date.parse('2026-11-23T05:45:00Z');
const REGISTERED_FROM = '2026-01-01T00:00:00Z';
const VISITS = { zone: 'Europe/Helsinki', visitsPerWeek: 150, openingHours: workdays(8, 16) };
/** How long visitors come before the broker dies, and after all is well again. */
const PUSH_MS = { before: 90_000, after: 30_000 };
/** The broker is away for so long. */
const AWAY_MS = 3_000;
const CONNECT_LIMIT_MS = 600_000;
const LIMITS = { backSeconds: 90, embeddedMb: 400, externalMb: 200 };

/** Where the broker is: in the gateway's process, or mosquitto. */
type Kind = 'own broker' | 'mosquitto';

export const fleet: Bench = {
  name: 'fleet',
  title: 'a fleet of real terminals through a day at 60 times its pace, and the death of their broker',
  obstacle: () => (MOSQUITTO_PATHS.some(existsSync) ? undefined : 'needs mosquitto (apt install mosquitto)'),
  run: async (options, say) => {
    const results: BenchResult[] = [];
    for (const kind of ['own broker', 'mosquitto'] as const) {
      results.push(await inTemporaryFolder((folder) => measure(kind, folder, options, say)));
    }
    return {
      figures: results.flatMap(({ figures }) => figures),
      notes: NOTES,
      plots: results.flatMap(({ plots }) => plots ?? []),
    };
  },
};

const NOTES = [
  'each terminal is the real firmware with a SQLite journal and a connection of its own; all journals lie on one disk',
  `${PROCESSES} processes of terminals, the gateway and mosquitto share the processor`,
  'back: from the start of the broker after kill -9 until every terminal is connected and every press kept before then is acknowledged, while visitors go on',
  'presses are compared with the export of the gateway, press by press',
];

/** All that runs in one measurement. */
interface Rig {
  kind: Kind;
  folder: string;
  port: number;
  gateway: GatewayProgram;
  mosquitto: Program | undefined;
  parts: FleetPart[];
  /** When the broker was there again, UTC ms. */
  thereAt: number;
  /** Highest memory of the gateway so far, also of one that is gone, MB. */
  peakMb: number;
}

async function measure(
  kind: Kind,
  folder: string,
  { fleet: terminals, seed }: BenchOptions,
  say: (line: string) => void,
): Promise<BenchResult> {
  await register(join(folder, 'data'), terminals);
  const rig = await start(kind, folder);
  try {
    const connectedMs = await connectAll(rig, { journals: join(folder, 'journals'), terminals, seed });
    say(`${kind}: ${terminals.toLocaleString('en')} terminals connected after ${(connectedMs / 1000).toFixed(1)} s`);
    return await live(rig, terminals, say);
  } finally {
    await Promise.all(rig.parts.map((part) => part.stop()));
    await rig.gateway.program.stop();
    await rig.mosquitto?.stop();
  }
}

async function register(data: string, terminals: number): Promise<void> {
  mkdirSync(data, { recursive: true });
  const store = await openSqliteStore({ folder: data, reads: 'in-thread' });
  await store.importRegistry(benchRegistry(terminals, REGISTERED_FROM, terminalId));
  await store.close();
}

async function start(kind: Kind, folder: string): Promise<Rig> {
  const path = MOSQUITTO_PATHS.find(existsSync) ?? '';
  const broker = kind === 'mosquitto' ? await startMosquitto(path, folder) : undefined;
  const port = broker?.port ?? (await freePort());
  const gateway = await startGateway(folder, broker === undefined ? { listen: port } : { connect: port });
  return { kind, folder, port, gateway, mosquitto: broker?.program, parts: [], thereAt: 0, peakMb: 0 };
}

/** Starts the terminals; returns how long it took until all were connected, ms. */
async function connectAll(
  rig: Rig,
  { journals, terminals, seed }: { journals: string; terminals: number; seed: number },
): Promise<number> {
  const began = performance.now();
  const each = Math.ceil(terminals / PROCESSES);
  for (let first = 0; first < terminals; first += each) {
    const count = Math.min(each, terminals - first);
    const task = { port: rig.port, first, count, folder: journals, seed, factor: FACTOR };
    rig.parts.push(new FleetPart({ ...task, simulatedFrom: SIMULATED_FROM, visits: VISITS }));
  }
  await allOnline(rig, terminals);
  return performance.now() - began;
}

async function live(rig: Rig, terminals: number, say: (line: string) => void): Promise<BenchResult> {
  for (const part of rig.parts) await part.push(true);
  await watched(rig, PUSH_MS.before);
  const calm = memoryOf(rig.gateway.program.pid).residentMb;
  const diedAt = Date.now();
  await killBroker(rig);
  await wait(AWAY_MS);
  const back = await returned(rig, terminals);
  say(`${rig.kind}: all back after ${back.toFixed(1)} s`);
  await watched(rig, PUSH_MS.after);
  for (const part of rig.parts) await part.push(false);
  for (const part of rig.parts) await part.acknowledged(CONNECT_LIMIT_MS);
  watch(rig);
  const { lost, doubled, presses } = await compare(rig);
  const seconds = plotSeconds(rig.parts.map((part) => part.seconds));
  const began = Math.min(...rig.parts.map((part) => part.seconds[0]?.at ?? diedAt));
  const restart = (diedAt - began) / 1000;
  const most = (after: number) => Math.max(...seconds.filter(({ at }) => at > after).map((second) => second.attempts));
  const attempts = { away: most(restart), there: most((rig.thereAt - began) / 1000) };
  const title = `${terminals.toLocaleString('en')} terminals, ${rig.kind}`;
  const plot: Plot = { name: `fleet-${rig.kind.replace(' ', '-')}`, svg: connectionPlot(title, seconds, restart) };
  return {
    figures: figuresOf(rig, { terminals, back, lost, doubled, presses, attempts, calm }),
    notes: [],
    plots: [plot],
  };
}

interface Seen {
  terminals: number;
  back: number;
  lost: number;
  doubled: number;
  presses: number;
  /** Most in a second since the broker died, and since it was there again. */
  attempts: { away: number; there: number };
  calm: number;
}

function figuresOf({ kind, peakMb }: Rig, seen: Seen): Figure[] {
  const of = (name: string) => `${seen.terminals.toLocaleString('en')} terminals, ${kind}: ${name}`;
  const mostMb = kind === 'own broker' ? LIMITS.embeddedMb : LIMITS.externalMb;
  const none = { of: 'value', atMost: 0 } as const;
  return [
    { name: of('all back and drained'), value: seen.back, unit: 's', bar: { of: 'value', atMost: LIMITS.backSeconds } },
    { name: of('gateway resident, in service'), value: seen.calm, unit: 'MB', bar: { of: 'value', atMost: mostMb } },
    { name: of('gateway resident, highest'), value: peakMb, unit: 'MB', bar: { of: 'value', atMost: mostMb } },
    { name: of('presses kept'), value: seen.presses, unit: 'presses' },
    { name: of('presses lost'), value: seen.lost, unit: 'presses', bar: none },
    { name: of('presses doubled'), value: seen.doubled, unit: 'presses', bar: none },
    { name: of('most attempts to connect in a second after it died'), value: seen.attempts.away, unit: '1/s' },
    {
      name: of('most attempts to connect in a second once it was there again'),
      value: seen.attempts.there,
      unit: '1/s',
    },
  ];
}

/** The process that holds the broker dies without a goodbye. */
async function killBroker(rig: Rig): Promise<void> {
  watch(rig);
  const victim = rig.mosquitto ?? rig.gateway.program;
  process.kill(victim.pid, 'SIGKILL');
  await victim.end();
}

/** Starts what was killed; returns how long it takes until all is as before, s. */
async function returned(rig: Rig, terminals: number): Promise<number> {
  const began = Date.now();
  if (rig.kind === 'mosquitto') {
    const path = MOSQUITTO_PATHS.find(existsSync) ?? '';
    rig.mosquitto = (await startMosquitto(path, rig.folder, rig.port)).program;
  } else rig.gateway = await startGateway(rig.folder, { listen: rig.port });
  rig.thereAt = Date.now();
  const acknowledged = Promise.all(rig.parts.map((part) => part.acknowledged(CONNECT_LIMIT_MS)));
  await allOnline(rig, terminals);
  const online = Date.now();
  return (Math.max(online, ...(await acknowledged)) - began) / 1000;
}

async function allOnline(rig: Rig, terminals: number): Promise<void> {
  const deadline = performance.now() + CONNECT_LIMIT_MS;
  const online = () => rig.parts.reduce((sum, { now }) => sum + (now?.online ?? 0), 0);
  while (online() < terminals) {
    if (performance.now() > deadline) throw new Error(`only ${online()} of ${terminals} terminals are connected`);
    await watched(rig, 500);
  }
}

/** Lets so much time pass and looks at the gateway's memory meanwhile. */
async function watched(rig: Rig, forMs: number): Promise<void> {
  await wait(forMs);
  watch(rig);
}

function watch(rig: Rig): void {
  rig.peakMb = Math.max(rig.peakMb, memoryOf(rig.gateway.program.pid).peakMb);
}

async function compare(rig: Rig): Promise<Exported & { lost: number; presses: number }> {
  const exported = await exportedPresses(rig.gateway.http);
  let [lost, presses, more] = [0, 0, 0];
  for (const part of rig.parts) {
    for (const [terminal, kept] of await part.kept()) {
      const stored = exported.byTerminal.get(terminal) ?? 0;
      presses += kept;
      lost += Math.max(0, kept - stored);
      more += Math.max(0, stored - kept);
    }
  }
  return { ...exported, doubled: exported.doubled + more, lost, presses };
}
