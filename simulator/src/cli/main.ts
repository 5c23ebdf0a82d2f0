#!/usr/bin/env node
import { explainError } from '@hymio/protocol';
import { Command, Option } from 'commander';
import { FAULT_LEVELS } from '../fleet/fault-plan.js';
import { fleet } from './fleet.js';
import { replay } from './replay.js';
import { simulate } from './simulate.js';
import { verify } from './verify.js';

const program = new Command('hymio-simulator')
  .description('Simulated Hymiö terminals with the real firmware, and proof that no press was lost or doubled.')
  .version('0.1.0')
  .showHelpAfterError();

program
  .command('fleet')
  .description('let terminals live through some days up to now and deliver every press to a gateway')
  .option('--gateway-mqtt <url>', "the gateway's broker (default mqtt://127.0.0.1:1883)")
  .option('--terminals <count>', 'how many (default 12)', Number)
  .option(
    '--seed <number>',
    'decides visitors and faults: the same seed, the same presses and faults (default 1)',
    Number,
  )
  .option('--days <days>', 'simulated days up to now (default 7)', Number)
  .option('--data <folder>', 'folder for the journals; used again, its terminals live on from where they stopped')
  .option('--ledger <file>', 'file for the ground truth, appended to')
  .addOption(
    new Option('--faults <level>', 'offline spans, kills, reboots, wrong clocks, bad delivery').choices(FAULT_LEVELS),
  )
  .option('--compress <factor>', 'live all through online, so many times as fast as real time', Number)
  .option('--processes', 'one process per terminal; kills are SIGKILL')
  .option('--prefix <id>', 'terminals are called <id>-001 and so on (default sim)')
  .option('--timezone <zone>', 'of the opening hours (default Europe/Helsinki)')
  .option('--drain-seconds <seconds>', 'wait at the end for acknowledgements (default 120)', Number)
  .option('--config <file>', 'YAML file with the same options: gatewayMqtt, terminals, seed, …')
  .action(fleet);

program
  .command('verify')
  .description('compare a ledger with what a gateway stored, press by press; exit code 1 where anything differs')
  .option('--ledger <file>', 'what `fleet` wrote')
  .option('--gateway <url>', 'the gateway’s pages (default http://127.0.0.1:8080)')
  .option('--wait-seconds <seconds>', 'wait so long for presses on their way (default 0)', Number)
  .option('--config <file>', 'YAML file with the same options: ledger, gateway, waitSeconds')
  .action(verify);

program
  .command('simulate')
  .description('run seeds of the deterministic simulation: the whole system under a fake clock, network and storage')
  .option('--seeds <count>', 'how many, or which: 1..1000 (default 10000)')
  .option('--office <count>', 'how many of the world of alerts and reports, or which (default a quarter as many)')
  .option('--identity <count>', 'how many of the world of certificates, or which (default a twentieth as many)')
  .option('--from <seed>', 'the first one (default 1)', Number)
  .option('--jobs <threads>', 'how many threads share them (default: one per processor)', Number)
  .option('--coverage', 'print which transitions of each state machine were taken, and which never')
  .option('--no-shrink', 'do not look for smaller plans that fail the same way')
  .action(simulate);

program
  .command('replay')
  .description('run one seed of the deterministic simulation again, event by event')
  .requiredOption('--seed <number>', 'as the failure printed it', Number)
  .option('--office', 'of the world in which alerts ring and reports go out')
  .option('--identity', 'of the world in which terminals enrol and renew their certificates')
  .option('--cut <what>', 'only what is left of its plan, as a shrunk failure printed it')
  .option('--verbose', 'print every event')
  .action(replay);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`hymio-simulator: ${explainError(error)}\n`);
  process.exitCode = 1;
}
