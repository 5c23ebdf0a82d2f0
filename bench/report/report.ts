import { weekOf } from '@hymio/gateway';
import Database from 'better-sqlite3';
import { get, startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median } from '../harness/percentile.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { type BigStore, bigStore } from './make-store.js';

/** Each run takes another week, so that none is helped by the one before. */
const RUNS = 7;
/** Reports of single service points. */
const POINT_RUNS = 41;
const WEEK_MS = 7 * 86_400_000;
const ZONE = 'Europe/Helsinki';
const HOUR_MS = 3_600_000;

export const report: Bench = {
  name: 'report',
  title: 'weekly report and hourly aggregate of a large store, asked over HTTP of the real gateway',
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const store = await bigStore(options.terminals, options.years, say);
  const { program, http } = await startGateway(folder, { listen: 0 }, { data: store.folder });
  const bare = new Database(store.file, { readonly: true });
  try {
    const weeks = (first: number): number[] =>
      Array.from({ length: RUNS }, (_, index) => store.end - (first + index * 9) * WEEK_MS);
    const reports: number[] = [];
    for (const from of weeks(1))
      reports.push(await timeOf(http, `/api/v1/reports/weekly/${weekOf(from + WEEK_MS / 2, ZONE).id}?format=json`));
    const one = await onePoint(http, store, Math.ceil(options.terminals / 2));
    const total = await compareAggregate(http, bare, weeks(4), 'total');
    const terminal = await compareAggregate(http, bare, weeks(7), 'terminal');
    const rows = store.rollups.toLocaleString('en');
    return {
      figures: [
        {
          name: 'weekly report, JSON, median',
          value: median(reports),
          unit: 'ms',
          bar: { of: 'value', atMost: 2_000 },
        },
        {
          name: 'weekly report, JSON, slowest',
          value: Math.max(...reports),
          unit: 'ms',
          bar: { of: 'value', atMost: 2_000 },
        },
        ...one,
        { ...total, bar: { of: 'value', atMost: 150 } },
        terminal,
      ],
      notes: [
        `${options.terminals} terminals, ${options.years} years, ${rows} rollups; ${RUNS} weeks, each asked once`,
        sizeNote(store),
      ],
    };
  } finally {
    bare.close();
    await program.stop();
  }
}

function sizeNote({ file }: BigStore): string {
  return `the store is ${file}; delete its folder to have it made anew`;
}

async function timeOf(http: string, path: string): Promise<number> {
  return (await get(http, path)).durationMs;
}

/** The report of single service points, each another one, with its twelve weeks and the year before. */
async function onePoint(http: string, { end }: BigStore, points: number): Promise<Figure[]> {
  const week = weekOf(end - WEEK_MS / 2, ZONE).id;
  const pathOf = (run: number, format: string) =>
    `/api/v1/reports/weekly/${week}?format=${format}&service-point=point-${(run * 37) % points}`;
  // The first one waits for the registry.
  await get(http, pathOf(0, 'json'));
  const times: number[] = [];
  for (let run = 1; run <= POINT_RUNS; run += 1) times.push(await timeOf(http, pathOf(run, 'json')));
  const page = (await get(http, pathOf(1, 'html'))).body;
  const whole = (await get(http, `/api/v1/reports/weekly/${week}?format=html`)).body;
  return [
    {
      name: 'report of one service point, JSON, median',
      value: median(times),
      unit: 'ms',
      bar: { of: 'value', atMost: 20 },
    },
    { name: 'report of one service point, JSON, slowest', value: Math.max(...times), unit: 'ms' },
    {
      name: 'page of one service point, uncompressed',
      value: Buffer.byteLength(page) / 1_000,
      unit: 'kB',
      bar: { of: 'value', atMost: 80 },
    },
    {
      name: 'page of the whole organisation, uncompressed',
      value: Buffer.byteLength(whole) / 1_000,
      unit: 'kB',
      bar: { of: 'value', atMost: 80 },
    },
  ];
}

/** One week by the hour, over HTTP and as the bare sum in SQL, in turn. */
async function compareAggregate(
  http: string,
  bare: Database.Database,
  weeks: readonly number[],
  group: 'total' | 'terminal',
): Promise<Figure> {
  const by = group === 'total' ? '1' : '1, terminal';
  const sum = bare
    .prepare<[number, number]>(
      `SELECT start / ${HOUR_MS} AS hour, ${group === 'total' ? 'NULL' : 'terminal'}, sum(c0), sum(c1), sum(c2), sum(c3),
       sum(repeats), sum(estimated) FROM rollups WHERE start >= ? AND start < ? GROUP BY ${by}`,
    )
    .raw(true);
  const ours: number[] = [];
  const plain: number[] = [];
  for (const from of weeks) {
    const range = `from=${new Date(from).toISOString()}&to=${new Date(from + WEEK_MS).toISOString()}`;
    ours.push(await timeOf(http, `/api/v1/aggregates?${range}&bucket=hour&group=${group}`));
    const start = performance.now();
    sum.all(from, from + WEEK_MS);
    plain.push(performance.now() - start);
  }
  const name = `one week by the hour, group=${group}, median`;
  return { name, value: median(ours), unit: 'ms', baseline: { name: 'bare SQL sum', value: median(plain) } };
}
