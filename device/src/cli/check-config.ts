import { readTerminalConfig } from '../config/terminal-config.js';

/** Prints `ok` and what would run; throws `config-invalid` with every fault. */
export function checkConfig(file: string): void {
  const { terminal, data, broker, panel } = readTerminalConfig(file);
  process.stdout.write(`ok: terminal ${terminal}, panel ${panel.type}, journal in ${data}, broker ${broker.url}\n`);
}
