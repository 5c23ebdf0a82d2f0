import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchOptions, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { freePort } from '../harness/free-port.js';
import { median } from '../harness/percentile.js';
import { Program } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';
import { makeIdentities } from './identities.js';

const TERMINALS = 200;
/** Presses of a message. */
const BATCHES = [1, 100];
/** How the fleet is called that comes back. */
const BACK = 'back-';
const RETURNING = 2_000;
const RETURN_LIMIT_SECONDS = 60;
const WARM_UP_SECONDS = 2;
const FLEET_READY_MS = 120_000;

export const ingestTls: Bench = {
  name: 'ingest-tls',
  title: `${TERMINALS} terminals with certificates into the gateway's own broker, in turn with as many without TLS`,
  run: (options, say) => inTemporaryFolder((folder) => measure(folder, options, say)),
};

async function measure(folder: string, options: BenchOptions, say: (line: string) => void): Promise<BenchResult> {
  const data = join(folder, 'data');
  // Terminals of their own for each fleet: one that has presses of today sorts a backlog in more slowly.
  const fleets: [string, number][] = [
    ...BATCHES.map((batch): [string, number] => [`tls${batch}-`, TERMINALS]),
    [BACK, RETURNING],
  ];
  for (const [name, count] of fleets) {
    writeFileSync(join(folder, name), JSON.stringify(await makeIdentities(data, name, count)));
  }
  const gateway = await startBoth(folder);
  try {
    const figures: Figure[] = [];
    for (const batch of BATCHES) figures.push(await compare(gateway, folder, batch, options, say));
    figures.push(await returning(gateway.secure, folder));
    return { figures, notes: NOTES };
  } finally {
    await gateway.program.stop();
  }
}

const NOTES = [
  'both fleets go into the same gateway, in turn; the ratio is the median of the ratios of the rounds',
  'fleet and gateway share the processor, so that the cost of TLS on the terminals is in the figures as well',
];

async function compare(
  { plain, secure }: Both,
  folder: string,
  batch: number,
  { rounds, seconds }: BenchOptions,
  say: (line: string) => void,
): Promise<Figure> {
  const fleets = [
    await startFleet(`plain${batch}-`, plain, TERMINALS, batch),
    await startFleet(`tls${batch}-`, secure, TERMINALS, batch, folder),
  ] as const;
  try {
    for (const fleet of fleets) await rate(fleet, WARM_UP_SECONDS);
    const runs: { plain: number; tls: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      runs.push({ plain: await rate(fleets[0], seconds), tls: await rate(fleets[1], seconds) });
      say(`${batch}-press messages: ${runs.at(-1)?.plain} rows/s, with TLS ${runs.at(-1)?.tls} rows/s`);
    }
    return {
      name: `${batch}-press messages with TLS and certificates`,
      value: median(runs.map(({ tls }) => tls)),
      unit: 'rows/s',
      baseline: { name: 'without TLS', value: median(runs.map((run) => run.plain)) },
      ratio: median(runs.map((run) => run.tls / run.plain)),
      bar: { of: 'ratio', atLeast: 0.7 },
    };
  } finally {
    for (const fleet of fleets) await fleet.stop();
  }
}

/** All of a large fleet at once, as after a restart of the gateway, each with presses to deliver. */
async function returning(port: number, folder: string): Promise<Figure> {
  const start = performance.now();
  const fleet = await startFleet(BACK, port, RETURNING, 10, folder);
  try {
    await rate(fleet, 0.001);
    return {
      name: `${RETURNING.toLocaleString('en')} terminals come back at once, all presses in`,
      value: (performance.now() - start) / 1000,
      unit: 's',
      bar: { of: 'value', atMost: RETURN_LIMIT_SECONDS },
    };
  } finally {
    await fleet.stop();
  }
}

interface Both {
  program: Program;
  plain: number;
  secure: number;
}

/** The gateway with a listener of each kind. */
async function startBoth(folder: string): Promise<Both> {
  const [plain, secure] = [await freePort(), await freePort()];
  const file = join(folder, 'gateway.yaml');
  const lines = [
    'data: ./data',
    'identity: { names: [127.0.0.1] }',
    `mqtt: { listen: 127.0.0.1:${secure}, tls: own, plain: 127.0.0.1:${plain} }`,
    'http: { listen: 127.0.0.1:0 }',
    'log: { level: warn }',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  const program = Program.node('gateway/dist/cli/main.js', 'serve', '--config', file);
  await program.line('ready http=');
  return { program, plain, secure };
}

async function startFleet(
  name: string,
  port: number,
  terminals: number,
  batch: number,
  folder?: string,
): Promise<Program> {
  const identities = folder === undefined ? '' : join(folder, name);
  const given = [port, terminals, batch].map(String);
  const fleet = Program.node('bench/dist/ingest/load-program.js', ...given, name, identities);
  await fleet.line('ready', FLEET_READY_MS);
  return fleet;
}

async function rate(fleet: Program, seconds: number): Promise<number> {
  const { text } = await fleet.ask(String(seconds), 'done ', (seconds + 60) * 1000);
  const [, rows = '', ms = '', resent = ''] = /rows=(\d+) ms=(\d+) resent=(\d+)/.exec(text) ?? [];
  if (Number(resent) > 0) throw new Error(`${resent} batches had to be sent again`);
  return Math.round(Number(rows) / (Number(ms) / 1000));
}
