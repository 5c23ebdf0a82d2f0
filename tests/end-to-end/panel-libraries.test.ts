import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { EmulatedSerialPanel } from '../support/emulated-serial-panel.js';
import { EmulatedFirmataBoard } from '../support/firmata-board/emulated-firmata-board.js';
import { StandInBoard } from '../support/gpio-stand-in/stand-in-board.js';
import { describeWith } from '../support/requirements.js';
import { writeTerminalConfig } from '../support/terminal-program.js';
import { TERMINAL_PROGRAM, TestBench } from '../support/test-bench.js';

const LIST_MODULES = fileURLToPath(new URL('../support/list-modules.cjs', import.meta.url));
const LINES = { 'very-unhappy': 17, unhappy: 27, happy: 22, 'very-happy': 23 };
/** What only some panels need. */
const LIBRARIES = ['johnny-five', 'firmata-io', 'serialport'];

interface Plugged {
  panel: object;
  environment?: Record<string, string>;
  remove(): Promise<void>;
}

const PANELS: Record<string, { plugIn: () => Promise<Plugged>; needs: string[]; ready: RegExp }> = {
  firmata: {
    plugIn: async () => {
      const board = await EmulatedFirmataBoard.plugged();
      return { panel: { type: 'firmata', port: board.path, pins: [2, 7, 8, 12] }, remove: () => board.remove() };
    },
    needs: LIBRARIES,
    ready: /"msg":"panel ready"/,
  },
  serial: {
    plugIn: async () => {
      const panel = new EmulatedSerialPanel();
      await panel.start();
      return { panel: { type: 'serial', port: panel.path }, remove: () => panel.stop() };
    },
    needs: ['serialport'],
    ready: /"msg":"panel ready"/,
  },
  gpio: {
    plugIn: async () => {
      const board = new StandInBoard();
      await board.start();
      const { environment } = board;
      return { panel: { type: 'gpio', lines: LINES, led: 24 }, environment, remove: () => board.stop() };
    },
    needs: [],
    ready: /"msg":"panel ready"/,
  },
  stdin: {
    plugIn: async () => ({ panel: { type: 'stdin' }, remove: async () => undefined }),
    needs: [],
    ready: /ready for presses/,
  },
};

describeWith(['socat'], 'the libraries of panels', () => {
  const bench = new TestBench('panel-libraries');
  let plugged: Plugged | undefined;
  afterEach(async () => {
    await bench.killAll();
    await plugged?.remove();
    await bench.clear();
  });

  it.each(Object.entries(PANELS))('are loaded where a panel needs them: %s', async (_, { plugIn, needs, ready }) => {
    plugged = await plugIn();
    const modules = bench.path('modules');
    const config = writeTerminalConfig(bench, 'kallio-1', 1, { panel: plugged.panel });
    const variables = Object.entries({ ...plugged.environment, MODULES_FILE: modules }).map((pair) => pair.join('='));
    const program = [process.execPath, '--require', LIST_MODULES, TERMINAL_PROGRAM, 'run', '--config', config];
    const terminal = bench.spawn('terminal', 'env', [...variables, ...program]);
    await terminal.line(ready);
    // What the machine code of serialport is part of while it runs.
    const mapped = readFileSync(`/proc/${terminal.pid}/maps`, 'utf8').includes('@serialport/bindings-cpp');
    await terminal.kill('SIGTERM');
    const loaded = readFileSync(modules, 'utf8');
    expect(LIBRARIES.filter((library) => loaded.includes(`/node_modules/${library}/`))).toEqual(needs);
    expect(mapped).toBe(needs.includes('serialport'));
  });
});
