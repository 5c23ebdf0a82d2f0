import { afterEach, expect, it } from 'vitest';
import { EmulatedSerialPanel } from '../support/emulated-serial-panel.js';
import { describeWith } from '../support/requirements.js';
import { writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

/** From the plug to the work. */
const BACK_WITHIN_MS = 5_000;
const REPLUGS = 3;

describeWith(['socat'], 'a panel whose cable came out', () => {
  const bench = new TestBench('replugged');
  const panel = new EmulatedSerialPanel();
  afterEach(async () => {
    await bench.killAll();
    await panel.stop();
    await bench.clear();
  });

  it(`works within ${BACK_WITHIN_MS / 1000} s of being plugged in again, also in the middle of a line`, async () => {
    await panel.start();
    const config = writeTerminalConfig(bench, 'kallio-1', await freePort(), {
      panel: { type: 'serial', port: panel.path },
    });
    const terminal = bench.node('kallio-1', TERMINAL_PROGRAM, 'run', '--config', config);
    await terminal.line(/"msg":"panel ready"/);
    for (let count = 0; count < REPLUGS; count += 1) {
      const from = terminal.lines.length;
      panel.sendRaw(Buffer.from('$press e0a1-1 9'));
      await panel.unplug();
      await terminal.line(/"code":"panel-unplugged"/, from);
      panel.push(2);
      const pluggedAt = performance.now();
      await panel.plug();
      await until(
        'the press that was made meanwhile settled',
        async () => panel.waiting,
        (waiting) => waiting === 0,
      );
      expect(performance.now() - pluggedAt).toBeLessThan(BACK_WITHIN_MS);
    }
  });
});
