import { SILENT_LOG, SupervisedPanel, SystemClock, type Terminal } from '@hymio/device';
import { terminalWith } from '../terminal/bench-terminal.js';
import { NoTransport } from '../terminal/stub-transports.js';
import type { BenchPanel } from './bench-panel.js';

export interface BenchFirmware {
  terminal: Terminal;
  supervised: SupervisedPanel;
}

/** The firmware with that panel, its panel ready; the journal is in the folder. */
export async function startFirmware(panel: BenchPanel, folder: string): Promise<BenchFirmware> {
  const { supervised, ready } = supervise(panel);
  const terminal = terminalWith(folder, new NoTransport(), supervised);
  terminal.start();
  await ready;
  return { terminal, supervised };
}

function supervise(panel: BenchPanel): { supervised: SupervisedPanel; ready: Promise<void> } {
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const ready = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  const supervised = new SupervisedPanel({
    makeDriver: () => panel.makeDriver(),
    clock: new SystemClock('system', 0),
    random: Math.random,
    log: SILENT_LOG,
    usage: { load: () => undefined, save: () => undefined },
    observer: {
      ready: () => settle?.resolve(),
      failed: (code, detail) => settle?.reject(new Error(`${code}: ${detail}`)),
    },
  });
  return { supervised, ready };
}
