#!/usr/bin/env node
import { explainError } from '@hymio/protocol';
import { Command, Option } from 'commander';
import { REPORT_FORMATS } from '../report/render-weekly-report.js';
import { VERSION } from '../version.js';
import { backup } from './backup.js';
import { checkConfig } from './check-config.js';
import { importRegistry } from './import-registry.js';
import { prune } from './prune.js';
import { rebuildRollups } from './rebuild-rollups.js';
import { reportWeekly } from './report-weekly.js';
import { restore } from './restore.js';
import { serve } from './serve.js';

const program = new Command('hymio-gateway')
  .description('Hymiö gateway: takes presses in, keeps them, and shows and reports what people said.')
  .version(VERSION)
  .showHelpAfterError();

function command(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .requiredOption('--config <file>', 'YAML configuration of the gateway');
}

command('serve', 'run broker, ingest, pages and API until SIGINT or SIGTERM').action(serve);
command('check-config', 'check a configuration file and say all that is wrong with it').action(checkConfig);
command('import', 'merge a registry file (groups, service points, questions, terminals, assignments), all or nothing')
  .argument('<registry>', 'YAML file; docs/examples/registry.yaml shows all of it')
  .action(importRegistry);
command('backup', 'write a consistent copy of the store, also while it is served')
  .requiredOption('--out <file>', 'a file that does not exist yet')
  .action(backup);
command('restore', 'put a copy in the place of the store; the present one is kept aside')
  .requiredOption('--from <file>', 'a file written by backup')
  .action(restore);
command('prune', 'remove raw presses beyond the retention; counts stay')
  .option('--days <days>', 'retention in days instead of the configured one')
  .action(prune);
command('rebuild-rollups', 'count all 15-minute rollups again from the raw presses').action(rebuildRollups);

program
  .command('report')
  .description('make a report')
  .command('weekly')
  .description('report of one ISO week')
  .requiredOption('--config <file>', 'YAML configuration of the gateway')
  .requiredOption('--week <week>', 'for example 2026-W47')
  .option('--service-point <id>', 'only this service point')
  .option('--group <id>', 'only this group, with everything below it')
  .addOption(new Option('--format <format>', 'what to write').choices(REPORT_FORMATS).default('html'))
  .addOption(new Option('--lang <language>', 'language of the report').choices(['fi', 'sv', 'en']).default('fi'))
  .option('--out <file>', 'a file that does not exist yet; standard output otherwise')
  .action(reportWeekly);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`hymio-gateway: ${explainError(error)}\n`);
  process.exitCode = 1;
}
