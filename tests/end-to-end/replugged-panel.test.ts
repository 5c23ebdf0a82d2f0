import { afterEach, expect, it } from 'vitest';
import { EmulatedSerialPanel } from '../support/emulated-serial-panel.js';
import { EmulatedFirmataBoard } from '../support/firmata-board/emulated-firmata-board.js';
import { onThisMachine } from '../support/on-this-machine.js';
import { describeWith } from '../support/requirements.js';
import { runCommand } from '../support/run-command.js';
import { writeTerminalConfig } from '../support/terminal-program.js';
import { freePort, TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';
import { until } from '../support/until.js';

/** From the plug to the work. */
const BACK_WITHIN_MS = 5_000;
const REPLUGS = 3;

describeWith(['socat'], 'a panel whose cable came out', () => {
  const bench = new TestBench('replugged');
  let panel: EmulatedSerialPanel | undefined;
  let arduino: EmulatedFirmataBoard | undefined;
  afterEach(async () => {
    await bench.killAll();
    await panel?.stop();
    await arduino?.remove();
    await bench.clear();
  });

  it(`an Arduino, works within ${BACK_WITHIN_MS / 1000} s of being plugged in again and started`, async () => {
    arduino = await EmulatedFirmataBoard.plugged();
    const config = writeTerminalConfig(bench, 'kallio-1', await freePort(), {
      panel: { type: 'firmata', port: arduino.path, pins: [2, 7, 8, 12], led: 10 },
    });
    const terminal = bench.node('kallio-1', TERMINAL_PROGRAM, 'run', '--config', config);
    await terminal.line(/"msg":"panel ready"/);
    await arduino.unplug();
    await terminal.line(/"code":"panel-unplugged"/);
    const from = terminal.lines.length;
    await arduino.plug();
    // Its boot loader has run by now: in an emulator on a busy machine that takes as long as it takes.
    const startedAt = performance.now();
    await terminal.line(/"msg":"panel ready"/, from);
    const tookMs = performance.now() - startedAt;
    expect(tookMs).toBeLessThan(await onThisMachine(BACK_WITHIN_MS));
    const lit = arduino.outputs(10).length;
    arduino.push(8, 60);
    await until(
      'thanks for a press',
      async () => arduino?.outputs(10).length ?? 0,
      (changes) => changes > lit,
    );
  });

  it(`works within ${BACK_WITHIN_MS / 1000} s of being plugged in again, also in the middle of a line`, async () => {
    const plugged = new EmulatedSerialPanel();
    panel = plugged;
    await plugged.start();
    const config = writeTerminalConfig(bench, 'kallio-1', await freePort(), {
      panel: { type: 'serial', port: plugged.path },
    });
    const terminal = bench.node('kallio-1', TERMINAL_PROGRAM, 'run', '--config', config);
    await terminal.line(/"msg":"panel ready"/);
    for (let count = 0; count < REPLUGS; count += 1) {
      const from = terminal.lines.length;
      plugged.sendRaw(Buffer.from('$press e0a1-1 9'));
      await plugged.unplug();
      await terminal.line(/"code":"panel-unplugged"/, from);
      plugged.push(2);
      const pluggedAt = performance.now();
      await plugged.plug();
      await until(
        'the press that was made meanwhile settled',
        async () => plugged.waiting,
        (waiting) => waiting === 0,
      );
      const tookMs = performance.now() - pluggedAt;
      expect(tookMs).toBeLessThan(await onThisMachine(BACK_WITHIN_MS));
    }
    await terminal.kill();
    // A panel is told that a press is settled once it is kept.
    const { stdout } = await runCommand(TERMINAL_PROGRAM, 'status', '--json', '--config', config);
    expect(JSON.parse(stdout)).toMatchObject({ held: REPLUGS });
  });
});
