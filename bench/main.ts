import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { alerts } from './alerts/alerts.js';
import { fleet } from './fleet/fleet.js';
import type { Bench, BenchOptions } from './harness/bench.js';
import { judge, ratioOf, type Verdict } from './harness/figure.js';
import { keepResult, keptResults, measuredCommit } from './harness/kept-result.js';
import { describeMachine, type Machine } from './harness/machine.js';
import { formatResult } from './harness/print-results.js';
import { ROOT } from './harness/program.js';
import { resultsPage } from './harness/results-page.js';
import { ingest } from './ingest/ingest.js';
import { ingestTls } from './ingest/ingest-tls.js';
import { ingestParts } from './ingest-parts/ingest-parts.js';
import { login } from './login/login.js';
import { nodeRed } from './node-red/node-red.js';
import { pages } from './pages/pages.js';
import { panelLatency } from './panel-latency/panel-latency.js';
import { panelMemory } from './panel-memory/panel-memory.js';
import { pressBytes } from './press-bytes/press-bytes.js';
import { pressLatency } from './press-latency/press-latency.js';
import { report } from './report/report.js';
import { reportPdf } from './report-pdf/report-pdf.js';
import { soak } from './soak/soak.js';
import { terminalMemory } from './terminal-memory/terminal-memory.js';

const BENCHES: readonly Bench[] = [
  pressLatency,
  panelLatency,
  panelMemory,
  pressBytes,
  terminalMemory,
  ingest,
  ingestParts,
  ingestTls,
  nodeRed,
  login,
  report,
  reportPdf,
  pages,
  alerts,
  fleet,
  soak,
];
const OPTIONS = {
  terminals: { type: 'string', default: '1000' },
  years: { type: 'string', default: '5' },
  rounds: { type: 'string', default: '8' },
  seconds: { type: 'string', default: '1' },
  fleet: { type: 'string', default: '10000' },
  minutes: { type: 'string', default: '60' },
  seed: { type: 'string', default: '1' },
  help: { type: 'boolean', default: false },
} as const;
const USAGE = `npm run bench [-- options] [-- name …]   names: ${BENCHES.map(({ name }) => name).join(', ')}
  --terminals 1000  --years 5    size of the store that the report bench reads
  --rounds 8  --seconds 1        rounds of the ingest benches, and seconds of each run in them
  --fleet 10000  --seed 1        terminals of the fleet bench, and seed of everything random
  --minutes 60                   of the soak, which runs only where it is named`;

async function main(args: string[]): Promise<void> {
  const asked = readAsked(args);
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}${USAGE}\n`);
    process.exitCode = asked === '' ? 0 : 2;
    return;
  }
  const { names, options } = asked;
  say(describe(describeMachine()));
  const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
  const verdicts: Verdict[] = [];
  for (const bench of BENCHES) {
    if (names.length > 0 ? !names.includes(bench.name) : bench.onlyByName) continue;
    verdicts.push(...(await runOne(bench, options, command)));
  }
  const kept = keptResults();
  const page = resultsPage(BENCHES.flatMap(({ name }) => kept.get(name) ?? []));
  writeFileSync(join(ROOT, 'bench', 'results.md'), page);
  const count = (verdict: Verdict): number => verdicts.filter((each) => each === verdict).length;
  say(`\n${count('pass')} within the bar, ${count('miss')} missed. Written to bench/results.md.`);
}

/** Runs it, prints and keeps what it measured; returns the verdicts. */
async function runOne(bench: Bench, options: BenchOptions, command: string): Promise<Verdict[]> {
  const { name, title } = bench;
  say(`\n${name}: ${title}`);
  const skipped = bench.obstacle?.();
  if (skipped !== undefined) {
    say(`  not run: ${skipped}`);
    return [];
  }
  const about = {
    name,
    title,
    command,
    machine: describeMachine(),
    measuredAt: new Date().toISOString(),
    commit: measuredCommit(),
    seed: options.seed,
  };
  const result = await bench.run(options, (line) => process.stderr.write(`  … ${line}\n`));
  say(formatResult(result));
  const figures = result.figures.map((figure) => {
    const ratio = ratioOf(figure);
    return { ...figure, ...(ratio === undefined ? {} : { ratio }), verdict: judge(figure) };
  });
  keepResult({ ...about, notes: result.notes, figures }, result.plots ?? []);
  return figures.map(({ verdict }) => verdict);
}

function describe({ cpu, cores, memoryGiB, system, node, loadAtStart }: Machine): string {
  return `${cores} × ${cpu}, ${memoryGiB} GiB, ${system}, Node ${node}; load ${loadAtStart} at the start`;
}

/** What is wrong with the arguments, in a line; empty where only help is wanted. */
function readAsked(args: string[]): string | { names: string[]; options: BenchOptions } {
  try {
    const { positionals: names, values } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
    if (values.help) return '';
    const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
    if (unknown.length > 0) return `There is no bench ${unknown.join(', ')}.\n`;
    const number = (name: keyof BenchOptions): number => {
      const value = Number(values[name]);
      if (!Number.isFinite(value) || value <= 0)
        throw new RangeError(`--${name} ${values[name]}: not a positive number`);
      return value;
    };
    const [terminals, years, rounds] = [number('terminals'), number('years'), number('rounds')];
    const [seconds, fleetSize, minutes, seed] = [number('seconds'), number('fleet'), number('minutes'), number('seed')];
    return { names, options: { terminals, years, rounds, seconds, fleet: fleetSize, minutes, seed } };
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return `${error.message}.\n`;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

// Programs and folders of a bench go with this process.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
await main(process.argv.slice(2));
