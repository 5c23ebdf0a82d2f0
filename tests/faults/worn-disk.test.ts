import { afterEach, beforeEach, expect, it } from 'vitest';
import { AckListener } from '../support/ack-listener.js';
import { GatewayProgram, writeGatewayConfig } from '../support/gateway-program.js';
import { describeWith } from '../support/requirements.js';
import { TerminalProgram, writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';
import { WORN_DISK_NEEDS, WornDisk } from '../support/worn-disk.js';

/** How a disk ends under a program that writes to it. */
const ENDS = [
  ['turns read-only', (disk: WornDisk) => disk.turnReadOnly()],
  ['fails every read and write', (disk: WornDisk) => disk.break()],
] as const;

describeWith(WORN_DISK_NEEDS, 'a disk that ends while it is written to', () => {
  let bench: TestBench;
  let disk: WornDisk;
  let port: number;

  beforeEach(async () => {
    bench = new TestBench('worn-disk');
    port = await freePort();
    disk = await WornDisk.make(bench);
  });
  afterEach(() => bench.clear());

  const arrived = (gateway: GatewayProgram, presses: number) =>
    until(
      `${presses} presses arrive`,
      () => gateway.presses(),
      (seen) => seen.length >= presses,
    );

  it.each(ENDS)(
    "a terminal's that %s: nothing more is thanked for, and what was is there after a new start",
    async (_how, end) => {
      const gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'gateway', { mqttPort: port }));
      const away = await freePort();
      const config = (broker: number) => writeTerminalConfig(bench, 'worn-1', broker, { data: `${disk.folder}/data` });
      const terminal = new TerminalProgram(bench, 'worn-1', config(away));
      for (const rating of [3, 1, 2]) await terminal.press(rating);
      await end(disk);
      // What the system has taken from the journal's log already it may still take: what counts is what is said of it.
      terminal.push(...new Array<number>(50).fill(0));
      await terminal.answered();
      const refused = terminal.child.lines.filter((line) => line.startsWith('not-kept'));
      expect(refused.length).toBeGreaterThan(0);
      expect(refused.every((line) => /error=journal-\S+/.test(line))).toBe(true);
      expect(terminal.child.running).toBe(true);
      await terminal.stop('SIGKILL');
      await disk.replace();
      const again = new TerminalProgram(bench, 'worn-1', config(port));
      const kept = [...terminal.kept(), await again.press(3)];
      const seen = await arrived(gateway, kept.length);
      expect(seen.map(({ epoch, seq, rating }) => `${epoch} ${seq} ${rating}`)).toEqual(
        kept.map(({ epoch, seq, rating }) => `${epoch} ${seq} ${rating}`),
      );
    },
  );

  it.each(ENDS)(
    "a gateway's that %s: nothing more is acknowledged, it says that it is not ready, and has everything after a new start",
    async (_how, end) => {
      const config = writeGatewayConfig(bench, 'gateway', { data: `${disk.folder}/data`, mqttPort: port });
      const gateway = await GatewayProgram.start(bench, config);
      const terminal = new TerminalProgram(bench, 'worn-1', writeTerminalConfig(bench, 'worn-1', port));
      await terminal.connected();
      const acks = new AckListener();
      await acks.listen(port);
      let last = await terminal.press(3);
      for (const rating of [1, 2]) last = await terminal.press(rating);
      await acks.acknowledged(last);
      await end(disk);
      for (const rating of [0, 1, 2, 3]) await terminal.press(rating);
      await until(
        'it says that it is not ready',
        async () => (await gateway.fetch('/readyz')).status,
        (status) => status === 503,
      );
      // It sends nothing again before it is seen what the new start finds on the disk.
      process.kill(terminal.child.pid, 'SIGSTOP');
      await gateway.stop('SIGKILL');
      await acks.ended();
      expect([...acks.acked]).toEqual([[last.epoch, 3]]);
      await disk.replace();
      const again = await GatewayProgram.start(bench, config);
      expect((await again.presses()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
      process.kill(terminal.child.pid, 'SIGCONT');
      const seen = await arrived(again, 7);
      expect(seen.map(({ seq, rating }) => [seq, rating])).toEqual(
        terminal.kept().map(({ seq, rating }) => [seq, rating]),
      );
    },
  );
});
