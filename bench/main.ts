import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alerts } from './alerts/alerts.js';
import { fleet } from './fleet/fleet.js';
import type { Bench, BenchOptions, BenchResult } from './harness/bench.js';
import { judge, ratioOf } from './harness/figure.js';
import { describeMachine, type Machine } from './harness/machine.js';
import { formatResult } from './harness/print-results.js';
import { ROOT } from './harness/program.js';
import { ingest } from './ingest/ingest.js';
import { ingestTls } from './ingest/ingest-tls.js';
import { login } from './login/login.js';
import { pages } from './pages/pages.js';
import { panelLatency } from './panel-latency/panel-latency.js';
import { panelMemory } from './panel-memory/panel-memory.js';
import { pressBytes } from './press-bytes/press-bytes.js';
import { pressLatency } from './press-latency/press-latency.js';
import { report } from './report/report.js';
import { reportPdf } from './report-pdf/report-pdf.js';
import { terminalMemory } from './terminal-memory/terminal-memory.js';

const BENCHES: readonly Bench[] = [
  pressLatency,
  panelLatency,
  panelMemory,
  pressBytes,
  terminalMemory,
  ingest,
  ingestTls,
  login,
  report,
  reportPdf,
  pages,
  alerts,
  fleet,
];
const USAGE = `npm run bench [-- options] [-- name …]   names: ${BENCHES.map(({ name }) => name).join(', ')}
  --terminals 1000  --years 5    size of the store that the report bench reads
  --rounds 8  --seconds 1        rounds of the ingest benches, and seconds of each run in them
  --fleet 10000  --seed 1        terminals of the fleet bench, and seed of everything random`;

interface Done {
  bench: Bench;
  result?: BenchResult;
  skipped?: string;
}

async function main(args: string[]): Promise<void> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      terminals: { type: 'string', default: '1000' },
      years: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '8' },
      seconds: { type: 'string', default: '1' },
      fleet: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0 || values.help) {
    process.stderr.write(`${unknown.length > 0 ? `There is no bench ${unknown.join(', ')}.\n` : ''}${USAGE}\n`);
    process.exitCode = unknown.length > 0 ? 2 : 0;
    return;
  }
  const options: BenchOptions = {
    terminals: number(values.terminals),
    years: number(values.years),
    rounds: number(values.rounds),
    seconds: number(values.seconds),
    fleet: number(values.fleet),
    seed: number(values.seed),
  };
  const machine = describeMachine();
  say(describe(machine));
  const done: Done[] = [];
  for (const bench of BENCHES) {
    if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
    done.push(await runOne(bench, options));
  }
  keep(machine, ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' '), done);
}

async function runOne(bench: Bench, options: BenchOptions): Promise<Done> {
  say(`\n${bench.name}: ${bench.title}`);
  const skipped = bench.obstacle?.();
  if (skipped !== undefined) {
    say(`  not run: ${skipped}`);
    return { bench, skipped };
  }
  const result = await bench.run(options, (line) => process.stderr.write(`  … ${line}\n`));
  say(formatResult(result));
  return { bench, result };
}

function keep(machine: Machine, command: string, done: readonly Done[]): void {
  const folder = join(ROOT, 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const benches = done.map(({ bench, result, skipped }) => ({
    name: bench.name,
    ...(skipped === undefined ? {} : { skipped }),
    notes: result?.notes ?? [],
    figures: (result?.figures ?? []).map((figure) => ({ ...figure, ratio: ratioOf(figure), verdict: judge(figure) })),
  }));
  for (const { result } of done) {
    for (const { name, svg } of result?.plots ?? []) writeFileSync(join(folder, `${name}.svg`), svg);
  }
  const file = join(folder, 'latest.json');
  writeFileSync(
    file,
    `${JSON.stringify({ measuredAt: new Date().toISOString(), command, machine, benches }, null, 2)}\n`,
  );
  const verdicts = benches.flatMap(({ figures }) => figures.map((figure) => figure.verdict));
  const count = (verdict: string): number => verdicts.filter((each) => each === verdict).length;
  say(`\n${count('pass')} within the bar, ${count('miss')} missed. Written to bench/results/latest.json.`);
}

function describe({ cpu, cores, memoryGiB, system, node, loadAtStart }: Machine): string {
  return `${cores} × ${cpu}, ${memoryGiB} GiB, ${system}, Node ${node}; load ${loadAtStart} at the start`;
}

function number(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(`not a positive number: ${text}`);
  return value;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

await main(process.argv.slice(2));
