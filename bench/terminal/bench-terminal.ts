import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  JOURNAL_NAME,
  type Panel,
  ResilientJournal,
  SILENT_LOG,
  SystemClock,
  Terminal,
  type Transport,
  VirtualPanel,
} from '@hymio/device';
import { BENCH_TERMINAL } from './terminal-config.js';

/** The firmware in this process: real clock and journal, virtual panel, the network given. */
export interface BenchTerminal {
  terminal: Terminal;
  panel: VirtualPanel;
  /** The journal's file. */
  file: string;
}

export function benchTerminal(folder: string, transport: Transport): BenchTerminal {
  const panel = new VirtualPanel();
  return { terminal: terminalWith(folder, transport, panel), panel, file: join(folder, JOURNAL_NAME) };
}

/** The firmware with any panel. */
export function terminalWith(folder: string, transport: Transport, panel: Panel): Terminal {
  const clock = new SystemClock('system', 0);
  return new Terminal({
    clock,
    random: Math.random,
    panel,
    transport,
    log: SILENT_LOG,
    settings: { load: () => undefined, save: () => undefined },
    hardware: () => ({}),
    openJournal: (onNotice) =>
      new ResilientJournal(
        {
          folder,
          terminal: BENCH_TERMINAL,
          now: () => clock.now(),
          opening: () => ({ epoch: randomUUID(), bootId: clock.bootId, bootMs: clock.monotonic() }),
        },
        onNotice,
      ),
    firmware: 'bench',
    builtAt: 0,
  });
}
