import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  JOURNAL_NAME,
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
  const clock = new SystemClock('system', 0);
  const panel = new VirtualPanel();
  const terminal = new Terminal({
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
  return { terminal, panel, file: join(folder, JOURNAL_NAME) };
}
