import { weekOf } from '@hymio/gateway';
import { get, startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import { median, percentile } from '../harness/percentile.js';
import { memoryOf } from '../harness/process-usage.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { bigStore } from '../report/make-store.js';

const WEEK_MS = 7 * 86_400_000;
const ZONE = 'Europe/Helsinki';
/** Files asked for at a time, as a job of reports does it: one is set while the next is read. */
const AT_A_TIME = 3;
/** Files that are made while a page is asked for, and how often that is without them. */
const FILES_BESIDE = 60;
const PAGES = 60;
/** A page is asked for so often. */
const PAGE_EVERY_MS = 100;
const LANGUAGES = ['fi', 'sv', 'en'];

export const reportPdf: Bench = {
  name: 'report-pdf',
  title: 'the weekly report of every service point of a large store as PDF, asked over HTTP of the real gateway',
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const store = await bigStore(options.terminals, options.years, say);
  const points = Math.ceil(options.terminals / 2);
  const { program, http } = await startGateway(folder, { listen: 0 }, { data: store.folder });
  try {
    const week = weekOf(store.end - WEEK_MS / 2, ZONE).id;
    const before = memoryOf(program.pid).residentMb;
    const start = performance.now();
    const files = await askForAll(http, week, points);
    const seconds = (performance.now() - start) / 1_000;
    const { peakMb } = memoryOf(program.pid);
    const page = '/service-points/point-0';
    const alone = await askEvery(http, page, PAGES);
    const done = new AbortController();
    const beside = askUntil(http, page, done.signal);
    await askForAll(http, week, Math.min(points, FILES_BESIDE));
    done.abort();
    return {
      figures: [
        { name: `${points} service points as PDF`, value: seconds, unit: 's', bar: { of: 'value', atMost: 60 } },
        { name: 'a file, median', value: median(files.map(({ durationMs }) => durationMs)), unit: 'ms' },
        { name: 'a file, median', value: median(files.map(({ bytes }) => bytes)) / 1_000, unit: 'kB' },
        {
          name: 'resident memory of the gateway, highest',
          value: peakMb,
          unit: 'MB',
          baseline: { name: 'before the first PDF', value: before },
          bar: { of: 'value', atMost: 400 },
        },
        {
          name: 'a page while PDF files are made, p95',
          value: percentile(await beside, 0.95),
          unit: 'ms',
          baseline: { name: 'without', value: percentile(alone, 0.95) },
        },
      ],
      notes: [
        `${AT_A_TIME} files asked for at a time, in three languages in turn; ${options.years} years of data`,
        `the store is ${store.file}; delete its folder to have it made anew`,
      ],
    };
  } finally {
    await program.stop();
  }
}

async function askForAll(http: string, week: string, points: number): Promise<{ durationMs: number; bytes: number }[]> {
  const files: { durationMs: number; bytes: number }[] = [];
  let next = 0;
  const askInTurn = async (): Promise<void> => {
    for (let point = next++; point < points; point = next++) {
      const language = LANGUAGES[point % LANGUAGES.length];
      const path = `/api/v1/reports/weekly/${week}?format=pdf&service-point=point-${point}&lang=${language}`;
      const start = performance.now();
      const bytes = Buffer.from(await (await fetch(`${http}${path}`)).arrayBuffer());
      if (bytes.toString('latin1', 0, 5) !== '%PDF-') throw new Error(`${path}: ${bytes.toString('utf8', 0, 500)}`);
      files.push({ durationMs: performance.now() - start, bytes: bytes.length });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, askInTurn));
  return files;
}

async function askEvery(http: string, page: string, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let time = 0; time < times; time += 1) {
    took.push((await get(http, page)).durationMs);
    await pause();
  }
  return took;
}

async function askUntil(http: string, page: string, done: AbortSignal): Promise<number[]> {
  const took: number[] = [];
  while (!done.aborted) took.push(...(await askEvery(http, page, 1)));
  return took;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAGE_EVERY_MS));
}
