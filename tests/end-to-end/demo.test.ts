import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChildProgram } from '../support/child-program.js';
import type { ExportedPress } from '../support/gateway-program.js';
import { onThisMachine } from '../support/on-this-machine.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

const DEMO = join(fileURLToPath(new URL('../..', import.meta.url)), 'simulator/dist/cli/demo.js');
const OWN = 'lauttasaari-child-clinic-1';
const DAY_MS = 86_400_000;
/** Ctrl-C ends all within it. */
const STOP_MS = 3_000;

interface RunningDemo {
  child: ChildProgram;
  overview: string;
  report: string;
  buttons: string;
}
interface Terminal {
  id: string;
  pending: number | null;
  state: { kind: string; since: number };
}

const bench = new TestBench('demo');
const data = bench.path('demo-data');
let demo: RunningDemo;

beforeAll(async () => {
  demo = await start();
});
afterAll(() => bench.clear());

async function start(): Promise<RunningDemo> {
  const ports = ['--http-port', '0', '--mqtt-port', '0', '--button-port', '0'];
  const child = bench.node('demo', DEMO, '--data', data, '--terminals', '3', ...ports);
  const [, overview = ''] = await child.line(/Overview +(http:\S+)/);
  const [, report = ''] = await child.line(/This week's report +(http:\S+)/);
  const [, buttons = ''] = await child.line(/Four buttons +(http:\S+)/);
  return { child, overview, report, buttons };
}

async function json<T>(path: string): Promise<T> {
  return (await (await fetch(new URL(path, demo.overview))).json()) as T;
}

async function stored(epoch: string): Promise<ExportedPress[]> {
  const text = await (await fetch(new URL(`/api/v1/presses?terminal=${OWN}&limit=100000`, demo.overview))).text();
  const presses = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as ExportedPress]));
  return presses.filter((press) => press.epoch === epoch);
}

/** Presses by a line of standard input, which the demo answers. */
async function pressByKey(rating: number): Promise<{ seq: number; epoch: string }> {
  const from = demo.child.lines.length;
  demo.child.write(`${rating}\n`);
  const [, seq, epoch = ''] = await demo.child.line(/kept as press (\d+) of epoch (\S+)/, from);
  return { seq: Number(seq), epoch };
}

async function expectStored(epoch: string, seq: number, rating: number): Promise<void> {
  const presses = await until(
    'the press in the store',
    () => stored(epoch),
    (all) => all.some((one) => one.seq === seq),
  );
  expect(presses.filter((press) => press.seq === seq).map((press) => press.rating)).toEqual([rating]);
}

async function endBySigint(): Promise<void> {
  const began = performance.now();
  process.kill(demo.child.pid, 'SIGINT');
  expect((await demo.child.exited).code).toBe(0);
  const tookMs = performance.now() - began;
  expect(tookMs).toBeLessThan(await onThisMachine(STOP_MS));
  await expect(fetch(demo.overview)).rejects.toThrow();
  await expect(fetch(demo.buttons)).rejects.toThrow();
}

describe('the demo', () => {
  it('shows the overview and the report of this week', async () => {
    for (const address of [demo.overview, demo.report]) {
      const answer = await fetch(address);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain('text/html');
    }
  });

  it('keeps a press by key and one by the page, and both arrive', async () => {
    const byKey = await pressByKey(3);
    await expectStored(byKey.epoch, byKey.seq, 3);
    const began = performance.now();
    const answer = await fetch(demo.buttons, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'en' },
      body: 'rating=1',
    });
    expect(await answer.text()).toContain(`Kept as press ${byKey.seq + 1} of epoch ${byKey.epoch}.`);
    const tookMs = performance.now() - began;
    expect(tookMs).toBeLessThan(await onThisMachine(2_000));
    await expectStored(byKey.epoch, byKey.seq + 1, 1);
  });

  it('makes five weeks of history, delivered in full', async () => {
    await demo.child.line(/Five weeks of history are made/);
    const { terminals } = await until(
      'everything delivered',
      () => json<{ terminals: Terminal[] }>('/api/v1/terminals'),
      (seen) =>
        seen.terminals.filter(({ state }) => state.kind === 'working').length === 2 &&
        seen.terminals.every(({ pending }) => !pending),
    );
    const silent = terminals.find(({ id }) => id === 'oulunkyla-family-counselling-1');
    // At night its place is closed, and nobody need mind.
    expect(['offline', 'offline-closed']).toContain(silent?.state.kind);
    expect(Date.now() - (silent?.state.since ?? 0)).toBeGreaterThan(DAY_MS / 4);
    const span = { from: new Date(Date.now() - 36 * DAY_MS).toISOString(), to: new Date().toISOString() };
    const query = new URLSearchParams({ ...span, bucket: 'week', group: 'terminal' });
    const { rows } = await json<{ rows: { terminal: string; n: number }[] }>(`/api/v1/aggregates?${query}`);
    expect(rows.filter(({ terminal, n }) => terminal === OWN && n > 20).length).toBeGreaterThanOrEqual(4);
    const lost = terminals.map((terminal) => (terminal as unknown as { lostPresses: number }).lostPresses);
    expect(lost.every((count) => count === 0)).toBe(true);
  });

  it('says which port is busy and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const child = bench.node(
        'busy',
        DEMO,
        '--data',
        bench.path('other'),
        '--http-port',
        String(port),
        '--mqtt-port',
        '0',
      );
      const [line] = await child.line(/.*port-busy.*/);
      expect(line).toContain(`Port ${port} for the pages`);
      expect(line).toContain('--http-port');
      expect((await child.exited).code).toBe(1);
      expect(existsSync(bench.path('other'))).toBe(false);
    } finally {
      server.close();
    }
  });

  it('goes on when its input ends, and ends with Ctrl-C within three seconds', async () => {
    demo.child.endInput();
    expect((await fetch(demo.buttons)).status).toBe(200);
    await endBySigint();
  });

  it('goes on with the same data at the next start', async () => {
    const before = demo;
    demo = await start();
    const { terminals } = await json<{ terminals: Terminal[] }>('/api/v1/terminals');
    expect(terminals).toHaveLength(12);
    const { seq, epoch } = await pressByKey(0);
    expect(seq).toBe(1);
    expect(before.child.lines.join('\n')).not.toContain(epoch);
    await expectStored(epoch, 1, 0);
    expect(demo.child.lines.join('\n')).not.toContain('history are made');
  });

  it('leaves no gateway behind when it is killed', async () => {
    const stops = (): number => readFileSync(join(data, 'gateway.log'), 'utf8').split('"stopping"').length - 1;
    const before = stops();
    await demo.child.kill('SIGKILL');
    await until(
      'the gateway is gone',
      () =>
        fetch(demo.overview).then(
          () => 'up',
          () => 'gone',
        ),
      (seen) => seen === 'gone',
      STOP_MS + 2_000,
    );
    expect(stops()).toBe(before + 1);
  });
});
