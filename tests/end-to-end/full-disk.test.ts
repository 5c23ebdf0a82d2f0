import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AckListener } from '../support/ack-listener.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

interface TerminalAnswer {
  pending: number | null;
  lost: object[];
  incidents: object[];
}

const bench = new TestBench('full-disk');
const disk = bench.path('disk');
const filler = bench.path('disk', 'filler');

/** True where this process may mount: root in a container often may not. */
function mountSmallDisk(): boolean {
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk], { stdio: 'ignore' });
    bench.afterwards(async () => void execFileSync('umount', [disk]));
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}

/** Takes every byte that is left. */
function fill(): void {
  const handle = openSync(filler, 'a');
  try {
    for (let left = free(); left > 0; left = free()) writeSync(handle, Buffer.alloc(Math.min(left, 65_536)));
  } finally {
    closeSync(handle);
  }
}

function free(): number {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
}

const mounted = process.getuid?.() === 0 && mountSmallDisk();
if (!mounted) await bench.clear();
const mountable = mounted ? [] : ['root that may mount'];

describeWith(mountable, 'a gateway whose disk is full', () => {
  let gateway: GatewayProgram;
  let terminal: TerminalProgram;
  let config: string;
  const acks = new AckListener();

  beforeAll(async () => {
    config = writeGatewayConfig(bench, 'gateway', { data: 'disk/gateway-data', mqttPort: await freePort() });
    gateway = await GatewayProgram.start(bench, config);
    const terminalConfig = writeTerminalConfig(bench, 'full-1', gateway.mqttPort, { heartbeatIntervalMs: 1_000 });
    await acks.listen(gateway.mqttPort);
    terminal = new TerminalProgram(bench, 'full-1', terminalConfig);
    await acks.acknowledged(await terminal.press(3));
  });
  afterAll(() => bench.clear());

  /** Each press wants to be stored: what room the store has left for itself is used up soon. */
  async function pressAndAsk(): Promise<number> {
    for (let press = 0; press < 20; press += 1) await terminal.press(press % 4);
    return (await gateway.fetch('/readyz')).status;
  }

  /** The highest number acknowledged, of the one epoch that there is. */
  function acked(): number {
    expect(acks.acked.size).toBe(1);
    return Math.max(...acks.acked.values());
  }

  /** What was acknowledged is there before the terminal can send anything again. */
  async function expectAcknowledged(): Promise<void> {
    const seqs = (await gateway.presses()).map(({ seq }) => seq);
    expect(seqs.slice(0, acked())).toEqual(Array.from({ length: acked() }, (_, index) => index + 1));
  }

  describe('while it is full', () => {
    it('says that it is not ready, acknowledges nothing, and the terminal keeps what is pressed', async () => {
      fill();
      await until('not ready', pressAndAsk, (status) => status === 503);
      const stored = (await gateway.presses()).length;
      for (let press = 0; press < 50; press += 1) await terminal.press(2);
      expect((await gateway.fetch('/healthz')).status).toBe(200);
      expect(await gateway.presses()).toHaveLength(stored);
      expect(terminal.kept().length).toBeGreaterThan(stored);
      process.kill(terminal.child.pid, 'SIGSTOP');
      await gateway.stop('SIGKILL');
      await acks.ended();
      expect(acked()).toBeLessThanOrEqual(stored);
    });
  });

  it('either starts again and is not ready, or ends and says why', async () => {
    fill();
    const again = GatewayProgram.launch(bench, config);
    const ready = again.line(/^ready /).then(
      () => true,
      () => false,
    );
    if (await ready) {
      gateway = await GatewayProgram.ready(again);
      await expectAcknowledged();
      await acks.listen(gateway.mqttPort);
      process.kill(terminal.child.pid, 'SIGCONT');
      await until('not ready', pressAndAsk, (status) => status === 503);
      process.kill(terminal.child.pid, 'SIGSTOP');
      await gateway.stop('SIGKILL');
      await acks.ended();
    } else expect(again.lines.join('\n')).toMatch(/\[store-(full|unwritable)\]/);
  });

  it('takes everything when there is room again, and nothing is lost', async () => {
    rmSync(filler);
    gateway = await GatewayProgram.start(bench, config);
    await expectAcknowledged();
    process.kill(terminal.child.pid, 'SIGCONT');
    const kept = terminal.kept();
    const stored = await until(
      'all delivered',
      () => gateway.presses(),
      (presses) => presses.length >= kept.length,
    );
    expect(stored.map(({ epoch, seq, rating }) => ({ terminal: 'full-1', epoch, seq, rating }))).toEqual(kept);
    await until(
      'ready',
      async () => (await gateway.fetch('/readyz')).status,
      (status) => status === 200,
    );
    const shown = await gateway.json<TerminalAnswer>('/api/v1/terminals/full-1');
    expect(shown).toMatchObject({ lost: [], incidents: [] });
  });
});
