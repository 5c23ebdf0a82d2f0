#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { explainError } from '@hymio/protocol';
import { Command, Option } from 'commander';
import { Demo } from '../demo/demo.js';
import { DemoConsole } from '../demo/demo-console.js';
import { readDemoOptions } from '../demo/demo-options.js';
import { listenToKeys } from '../demo/keys.js';

const ROOT_DATA = fileURLToPath(new URL('../../../demo-data', import.meta.url));
/** Ctrl-C ends everything in less than three seconds, whatever hangs. */
const LONGEST_STOP_MS = 2_800;

const program = new Command('npm start --')
  .description(
    'The Hymiö demo: a gateway, twelve simulated terminals with five weeks of history, and four buttons for you.',
  )
  .showHelpAfterError()
  .option('--data <folder>', 'folder for all that the demo keeps', ROOT_DATA)
  .addOption(port('--http-port <port>', 'of the pages (default 8080; 0: a free one)', 'HYMIO_HTTP_PORT'))
  .addOption(
    port('--mqtt-port <port>', "of the terminals' connection (default 1883; 0: a free one)", 'HYMIO_MQTT_PORT'),
  )
  .addOption(port('--button-port <port>', 'of the four buttons (default 8090, or a free one)', 'HYMIO_BUTTON_PORT'))
  .option('--terminals <count>', 'how many terminals live, 3 to 12 (default 12)', Number)
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  fail(error);
}

async function run(given: Record<string, unknown>): Promise<void> {
  const demo = new Demo(readDemoOptions(given), new DemoConsole(process.stdout));
  const end = async (code: number): Promise<void> => {
    setTimeout(() => process.exit(code || 1), LONGEST_STOP_MS).unref();
    undoKeys();
    await demo.stop();
    process.exit(code);
  };
  const failed = (error: unknown): void => {
    fail(error);
    void end(1);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  const undoKeys = listenToKeys(process.stdin, { press: (rating) => demo.press(rating), quit: () => void end(0) });
  await demo.start(failed).catch(failed);
}

function port(flags: string, description: string, variable: string): Option {
  return new Option(flags, description).env(variable).argParser(Number);
}

function fail(error: unknown): void {
  process.stderr.write(`hymio demo: ${explainError(error)}\n`);
  process.exitCode = 1;
}
