import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ExportedPress, GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith } from '../support/requirements.js';
import { type KeptPress, TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

/** How a program ends that asked for memory and got none: it, its engine, or a library gave up. */
const GAVE_UP: readonly NodeJS.Signals[] = ['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS'];
const PAGES = ['/', '/api/v1/terminals', '/api/v1/presses', '/metrics'];
/** So many look at each at once; twice as many each time, for it may have some memory to spare. */
const LOOKS = 50;
/** Of a line; likewise twice as long each time. */
const LINE_BYTES = 16e6;
const MOST_LINE_BYTES = 128e6;

/** From now on the process gets no more memory than it has. */
function leaveNoMemory(pid: number): void {
  const kib = Number(/^VmData:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  execFileSync('prlimit', ['--pid', String(pid), `--data=${kib * 1024}:`]);
}

const identity = ({ epoch, seq, rating }: KeptPress | ExportedPress) => `${epoch} ${seq} ${rating}`;

describeWith(['prlimit'], 'a process that gets no more memory', () => {
  let bench: TestBench;
  let gateway: GatewayProgram;
  let mqttPort: number;
  beforeEach(async () => {
    bench = new TestBench('no-memory-left');
    gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway'));
    mqttPort = gateway.mqttPort;
  });
  afterEach(() => bench.clear());

  const begin = (id: string) => new TerminalProgram(bench, id, writeTerminalConfig(bench, id, mqttPort));

  /** Each press that the runs of a terminal said is kept is there, once. */
  async function expectAll(...runs: readonly TerminalProgram[]): Promise<void> {
    const kept = runs.flatMap((run) => run.kept().map(identity));
    const id = runs[0]?.terminal ?? '';
    const stored = await until(
      `what ${id} kept arrives`,
      async () => (await gateway.presses(id)).map(identity),
      (seen) => kept.every((press) => seen.includes(press)),
    );
    expect(new Set(stored).size).toBe(stored.length);
    expect(await gateway.json(`/api/v1/terminals/${id}`)).toMatchObject({ lost: [], incidents: [] });
  }

  it('a gateway ends, and started again it has all that it acknowledged and gets the rest', async () => {
    const terminal = begin('outside');
    await terminal.connected();
    await terminal.press(3);
    leaveNoMemory(gateway.child.pid);
    for (let times = LOOKS; gateway.child.running; times *= 2) {
      terminal.push(times % 4);
      const looks = Array.from({ length: times }, () => PAGES).flat();
      const answers = looks.map(async (path) => (await gateway.fetch(path)).arrayBuffer());
      await Promise.race([Promise.allSettled(answers), gateway.child.exited]);
    }
    expect(GAVE_UP).toContain((await gateway.child.exited).signal);
    terminal.push(0, 1, 2);
    await terminal.answered();
    gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway', { mqttPort }));
    await expectAll(terminal);
    await terminal.stop();
  });

  it('a terminal ends, and started again it has each press that it said is kept', async () => {
    const terminal = begin('starved');
    await terminal.connected();
    await terminal.press(3);
    leaveNoMemory(terminal.child.pid);
    // With what it has it may take some more presses, or none.
    terminal.push(2, 1, 0, 3);
    // Long lines are let go of, so that it may do with what it has: then it answers each press behind them.
    for (let bytes = LINE_BYTES; terminal.child.running && bytes <= MOST_LINE_BYTES; bytes *= 2) {
      const answer = terminal.child.line(/^(not-)?kept /, terminal.child.lines.length).catch(() => undefined);
      terminal.child.write(`${'x'.repeat(bytes)}\n`);
      terminal.push(bytes % 4);
      await Promise.race([answer, terminal.child.exited]);
    }
    const { signal } = await terminal.child.kill('SIGKILL');
    expect([...GAVE_UP, 'SIGKILL']).toContain(signal);
    const again = begin('starved');
    await again.connected();
    await again.press(1);
    await expectAll(terminal, again);
    await again.stop();
  });
});
