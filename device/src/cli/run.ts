import { explainError } from '@hymio/protocol';
import { buildTerminal } from '../build-terminal.js';
import { readTerminalConfig } from '../config/terminal-config.js';
import { pinoLog } from '../log/pino-log.js';
import { StdinPanel } from '../panel/stdin-panel.js';

/** Runs the firmware until SIGINT or SIGTERM; this is where the process ends. */
export async function run(file: string): Promise<void> {
  const config = readTerminalConfig(file);
  const log = pinoLog(config.log.level);
  // Whoever read our answers may go away; the presses go on.
  process.stdout.on('error', (error) => log.warn('answers cannot be written', { error: error.message }));
  const panel = new StdinPanel(process.stdin, (line) => void process.stdout.write(`${line}\n`));
  const terminal = buildTerminal(config, panel, log);
  terminal.start();
  const signal = await new Promise<string>((resolve) => {
    // The end of the input must not end the process even where no network holds it open.
    const alive = setInterval(() => undefined, 2 ** 30);
    for (const name of ['SIGINT', 'SIGTERM'] as const) {
      process.once(name, () => {
        clearInterval(alive);
        resolve(name);
      });
    }
  });
  log.info('stopping', { signal });
  try {
    await terminal.stop();
  } catch (error) {
    log.error('stopped uncleanly', { error: explainError(error) });
    process.exitCode = 1;
  }
  process.exit();
}
