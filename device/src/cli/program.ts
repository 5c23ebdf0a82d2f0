import { Command } from 'commander';
import { FIRMWARE_VERSION } from '../firmware.js';
import { checkConfig } from './check-config.js';
import { listPorts } from './list-ports.js';
import { panelTest } from './panel-test.js';
import { run } from './run.js';
import { showStatus } from './show-status.js';

/** The command line of the firmware. */
export const program = new Command('hymio-terminal')
  .description('Firmware of a Hymiö terminal: keeps every press and delivers it to the gateway.')
  .version(FIRMWARE_VERSION)
  .showHelpAfterError();

program
  .command('run')
  .description('take presses and deliver them, until SIGINT or SIGTERM')
  .requiredOption('--config <file>', 'YAML configuration of the terminal')
  .action(async ({ config }: { config: string }) => run(config));

program
  .command('status')
  .description('show what the journal holds, whether the firmware runs, and its faults')
  .requiredOption('--config <file>', 'YAML configuration of the terminal')
  .option('--json', 'print JSON')
  .action(({ config, json }: { config: string; json?: boolean }) => showStatus(config, json === true));

program
  .command('enrol')
  .description('make a key and have the gateway certify it, with a code of `hymio-gateway enrol-code`')
  .requiredOption('--config <file>', 'YAML configuration of the terminal')
  .requiredOption('--gateway <url>', 'where the gateway lets terminals enrol, such as https://hymio.example.org:8443')
  .requiredOption('--code <code>', 'eight groups of four')
  .action(async (options: { config: string; gateway: string; code: string }) =>
    (await import('./enrol.js')).enrol(options),
  );

program
  .command('check-config')
  .description('check a configuration file and say all that is wrong with it')
  .requiredOption('--config <file>', 'YAML configuration of the terminal')
  .action(({ config }: { config: string }) => checkConfig(config));

program
  .command('panel-test')
  .description('show edges and presses live, walk through the buttons and lights, say what passed')
  .requiredOption('--config <file>', 'YAML configuration of the terminal')
  .action(async ({ config }: { config: string }) => panelTest(config));

program
  .command('ports')
  .description('list the serial ports with what is behind them')
  .option('--json', 'print JSON')
  .action(({ json }: { json?: boolean }) => listPorts(json === true));
