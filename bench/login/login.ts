import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { startGateway } from '../gateway/gateway-program.js';
import type { Bench, BenchResult } from '../harness/bench.js';
import type { Figure } from '../harness/figure.js';
import { median, percentile } from '../harness/percentile.js';
import { ROOT } from '../harness/program.js';
import { inTemporaryFolder } from '../harness/temporary-folder.js';

const WARM_UP = 100;
const ROUNDS = 600;
/** Answers something small, from what the gateway has in memory: what is added stands out. */
const PATH = '/api/v1/terminals';
const BAR_MS = 2;

export const login: Bench = {
  name: 'login',
  title:
    'what a token and a login add to a request of the API, in turn with the same request where nobody has to log in',
  run: () => inTemporaryFolder(measure),
};

function measure(folder: string): Promise<BenchResult> {
  const guarded = join(folder, 'guarded');
  return withGateway(join(folder, 'open'), (free) => withGateway(guarded, (kept) => compare({ free, kept, guarded })));
}

/** Gives `act` the address of a gateway over this folder, which ends with it. */
async function withGateway<T>(folder: string, act: (http: string) => Promise<T>): Promise<T> {
  const { program, http } = await startGateway(folder, { listen: 0 });
  try {
    return await act(http);
  } finally {
    await program.stop();
  }
}

async function compare({ free, kept, guarded }: Record<'free' | 'kept' | 'guarded', string>): Promise<BenchResult> {
  const token = command(guarded, 'token', 'create', '--name', 'bench', '--scope', 'terminals:read').trim();
  const cookie = await logIn(guarded, kept);
  const asked: [name: string, http: string, headers: Record<string, string>][] = [
    ['without', free, {}],
    ['token', kept, { authorization: `Bearer ${token}` }],
    ['session', kept, { cookie }],
  ];
  const times = new Map(asked.map(([name]) => [name, [] as number[]]));
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [name, http, headers] of asked) {
      const took = await timeOf(`${http}${PATH}`, headers);
      if (round >= 0) times.get(name)?.push(took);
    }
  }
  const without = times.get('without') ?? [];
  return {
    figures: ['token', 'session'].map((name) => added(name, times.get(name) ?? [], without)),
    notes: [`${ROUNDS} requests of each kind of GET ${PATH}, in turn; two gateways, one of them without any user`],
  };
}

/** The median of the differences of requests that followed each other. */
function added(name: string, times: readonly number[], without: readonly number[]): Figure {
  const differences = times.map((time, index) => time - (without[index] ?? Number.NaN));
  return {
    name: `a request with a ${name} takes longer by, median (p95 ${percentile(times, 0.95).toFixed(2)} ms)`,
    value: median(differences),
    unit: 'ms',
    baseline: { name: 'the whole request without', value: median(without) },
    bar: { of: 'value', atMost: BAR_MS },
  };
}

async function timeOf(address: string, headers: Record<string, string>): Promise<number> {
  const start = performance.now();
  const answer = await fetch(address, { headers });
  await answer.arrayBuffer();
  const took = performance.now() - start;
  if (answer.status !== 200) throw new Error(`${address} ${Object.keys(headers).join()}: ${answer.status}`);
  return took;
}

/** Makes a user as an operator does, sets the password, and gives the cookie of the login. */
async function logIn(folder: string, http: string): Promise<string> {
  const said = command(folder, 'user', 'add', 'bench', '--role', 'admin');
  const [path] = /\/set-password\/\S+/.exec(said) ?? [];
  if (path === undefined) throw new Error(`no link in: ${said}`);
  const answer = await fetch(`${http}${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: http },
    body: new URLSearchParams({ password: 'a boat behind the barn' }),
  });
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('hymio-session='));
  if (answer.status !== 303 || cookie === undefined) throw new Error(`no login: ${answer.status}`);
  return cookie.split(';', 1)[0] ?? '';
}

/** What a command of the gateway prints. */
function command(folder: string, ...words: string[]): string {
  const program = join(ROOT, 'gateway/dist/cli/main.js');
  const config = join(folder, 'gateway.yaml');
  return execFileSync(process.execPath, [program, ...words, '--config', config], { encoding: 'utf8', stdio: 'pipe' });
}
