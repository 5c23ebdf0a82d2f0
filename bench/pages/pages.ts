import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { weekOf } from '@hymio/gateway';
import { startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median, percentile } from '../harness/percentile.js';
import { memoryOf } from '../harness/process-usage.js';
import { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { bigStore } from '../report/make-store.js';
import { OpenPages } from './open-pages.js';
import { askAtRate, type PageAnswer, weighPage } from './page-requests.js';

const YEARS = 2;
const REQUESTS_PER_SECOND = 20;
const SECONDS = 30;
const PRESSES_PER_SECOND = 500;
const OPEN_PAGES = 300;
const LIVE_PRESSES = 60;
const ZONE = 'Europe/Helsinki';
const WEEK_MS = 7 * 86_400_000;

export const pages: Bench = {
  name: 'pages',
  title: `pages of the real gateway while ${PRESSES_PER_SECOND} presses/s come in, and ${OPEN_PAGES} pages that are looked at`,
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const store = await bigStore(options.terminals, YEARS, say);
  cpSync(store.folder, join(folder, 'data'), { recursive: true });
  const { program, http, mqttPort } = await startGateway(folder, { listen: 0 });
  const fleet = Program.node('bench/dist/pages/paced-program.js', String(mqttPort), String(options.terminals));
  try {
    await fleet.line('ready', 120_000);
    const paths = pathsOf(options.terminals, store.end);
    say('without presses');
    const quiet = await askAll(http, paths, 10);
    await fleet.ask(`rate ${PRESSES_PER_SECOND}`, 'rate');
    say(`with ${PRESSES_PER_SECOND} presses/s`);
    const busy = await askAll(http, paths, SECONDS);
    const weights = await weighAll(http, paths);
    await fleet.ask('rate 20', 'rate');
    say(`${OPEN_PAGES} open pages`);
    const live = await measureLive(http, program, fleet, options.terminals);
    return {
      figures: [...requestFigures(paths, quiet, busy), ...weights, ...live],
      notes: [
        `${options.terminals} terminals, ${YEARS} years; ${REQUESTS_PER_SECOND} requests/s for ${SECONDS} s, each on a new connection, time as the client sees it, browser and fleet on the same cores`,
        `press → page: from sending the press at the terminal to the region's arrival at the client, with 20 other presses/s`,
      ],
    };
  } finally {
    await fleet.stop();
    await program.stop();
  }
}

/** Kinds of pages with some addresses of each. */
function pathsOf(terminals: number, end: number): Record<string, string[]> {
  const some = [1, 2, 3, 4, 5].map((n) => Math.floor((n * terminals) / 11));
  const week = weekOf(end - WEEK_MS / 2, ZONE).id;
  return {
    overview: ['/?lang=fi', '/?lang=sv', '/?lang=en'],
    group: some.slice(0, 3).map((n) => `/groups/group-${n % Math.ceil(terminals / 40)}`),
    terminal: some.map((n) => `/terminals/bench-${n}`),
    'service point': some.map((n) => `/service-points/point-${Math.floor(n / 2)}`),
    alerts: ['/alerts'],
    'weekly report of a service point': some.map(
      (n) => `/reports/weekly/${week}?service-point=point-${Math.floor(n / 2)}`,
    ),
  };
}

async function askAll(http: string, paths: Record<string, string[]>, seconds: number): Promise<PageAnswer[]> {
  const kinds = Object.values(paths);
  const longest = Math.max(...kinds.map(({ length }) => length));
  // A kind after the other in turn, so that each is asked for equally often.
  const turns = Array.from({ length: longest * 3 }, (_, turn) => kinds.map((kind) => kind[turn % kind.length] ?? '/'));
  return askAtRate(http, turns.flat(), REQUESTS_PER_SECOND, seconds);
}

function requestFigures(
  paths: Record<string, string[]>,
  quiet: readonly PageAnswer[],
  busy: readonly PageAnswer[],
): Figure[] {
  return Object.entries(paths).map(([kind, its]) => {
    const p95 = (answers: readonly PageAnswer[]): number =>
      percentile(
        answers.filter(({ path }) => its.includes(path)).map(({ durationMs }) => durationMs),
        0.95,
      );
    return {
      name: `${kind}, p95`,
      value: p95(busy),
      unit: 'ms',
      baseline: { name: 'without presses', value: p95(quiet) },
      bar: { of: 'value', atMost: 50 },
    };
  });
}

async function weighAll(http: string, paths: Record<string, string[]>): Promise<Figure[]> {
  const figures: Figure[] = [];
  let foreign = 0;
  for (const [kind, [path = '/']] of Object.entries(paths)) {
    const weight = await weighPage(http, path);
    foreign += weight.foreign.length;
    figures.push({
      name: `${kind}, transferred without cache`,
      value: weight.bytes / 1_000,
      unit: 'KB',
      bar: { of: 'value', atMost: 60 },
    });
  }
  figures.push({ name: 'other hosts named by pages', value: foreign, unit: '', bar: { of: 'value', atMost: 0 } });
  return figures;
}

async function measureLive(http: string, program: Program, fleet: Program, terminals: number): Promise<Figure[]> {
  await wait(2_000);
  const before = memoryOf(program.pid).residentMb;
  const open = new OpenPages();
  try {
    for (let index = 0; index < OPEN_PAGES; index += 1) await open.open(http, livePath(index, terminals));
    const delays: number[] = [];
    const watched = open.pages.filter(({ path }) => path.startsWith('/?'));
    for (let press = 0; press < LIVE_PRESSES; press += 1) {
      const number = terminals - 1 - (press % 10);
      const { text } = await fleet.ask(`press ${number}`, `kept ${number} `);
      const at = Number(/at=(\d+)/.exec(text)?.[1]);
      const seen = await Promise.all(watched.map((page) => open.changeSince(page, at)));
      delays.push(...seen.map((one) => one - at));
    }
    const after = memoryOf(program.pid).residentMb;
    return [
      { name: `${OPEN_PAGES} open pages, press → page, median`, value: median(delays), unit: 'ms' },
      {
        name: `${OPEN_PAGES} open pages, press → page, p95`,
        value: percentile(delays, 0.95),
        unit: 'ms',
        bar: { of: 'value', atMost: 1_000 },
      },
      {
        name: `${OPEN_PAGES} open pages, growth of resident memory`,
        value: after - before,
        unit: 'MB',
        bar: { of: 'value', atMost: 60 },
      },
    ];
  } finally {
    open.close();
  }
}

/** A third of them the overview in three languages, the others each a terminal or a service point. */
function livePath(index: number, terminals: number): string {
  const which = Math.floor(index / 3) % terminals;
  if (index % 3 === 0) return `/?lang=${['fi', 'sv', 'en'][which % 3]}`;
  return index % 3 === 1 ? `/terminals/bench-${which}` : `/service-points/point-${which}`;
}
