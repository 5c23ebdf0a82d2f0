import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const BENCH_TERMINAL = 'bench-1';

/** Writes the smallest configuration of a terminal; returns its file. The journal is in `data` below the folder. */
export function writeTerminalConfig(folder: string, brokerPort: number, panel = '{ type: stdin }'): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'terminal.yaml');
  const lines = [
    `terminal: ${BENCH_TERMINAL}`,
    'data: ./data',
    `broker: { url: mqtt://127.0.0.1:${brokerPort} }`,
    `panel: ${panel}`,
    'clock: { source: system }',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
