#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 node --max-semi-space-size=4
import { COMMANDS, explainError } from '@hymio/protocol';
import { Argument, Command, Option } from 'commander';
import { ROLES } from '../people/user.js';
import { REPORT_FORMATS } from '../report/report-formats.js';
import { TOKEN_SCOPES } from '../tokens/api-token.js';
import { VERSION } from '../version.js';
import { exitCodeOf } from './exit-code.js';
import { keepHeapSmall } from './frugal-heap.js';

const CONFIG = 'YAML configuration of the gateway';

const program = new Command('hymio-gateway')
  .description('Hymiö gateway: takes presses in, keeps them, and shows and reports what people said.')
  .version(VERSION)
  .showHelpAfterError();

function command(name: string, description: string): Command {
  return program.command(name).description(description).requiredOption('--config <file>', CONFIG);
}

/** A command loads what it needs and no more: a short one starts quickly. */
function lazily<Given extends unknown[]>(load: () => Promise<(...given: Given) => Promise<void> | void>) {
  return async (...given: Given) => (await load())(...given);
}

command('serve', 'run broker, ingest, pages and API until SIGINT or SIGTERM').action(
  lazily(async () => {
    const letHeapGrow = keepHeapSmall();
    const { serve } = await import('./serve.js');
    return (options: { config: string }) => serve(options, letHeapGrow);
  }),
);
command('check-config', 'check a configuration file and say all that is wrong with it').action(
  lazily(async () => (await import('./check-config.js')).checkConfig),
);
command('import', 'merge a registry file (groups, service points, questions, terminals, assignments), all or nothing')
  .argument('<registry>', 'YAML file; docs/examples/registry.yaml shows all of it')
  .action(lazily(async () => (await import('./import-registry.js')).importRegistry));
command('backup', 'write a consistent copy of the store, also while it is served')
  .requiredOption('--out <file>', 'a file that does not exist yet')
  .action(lazily(async () => (await import('./backup.js')).backup));
command('restore', 'put a copy in the place of the store; the present one is kept aside')
  .requiredOption('--from <file>', 'a file written by backup')
  .action(lazily(async () => (await import('./restore.js')).restore));
command('prune', 'remove raw presses beyond the retention; counts stay')
  .option('--days <days>', 'retention in days instead of the configured one')
  .action(lazily(async () => (await import('./prune.js')).prune));
command('rebuild-rollups', 'count all 15-minute rollups again from the raw presses').action(
  lazily(async () => (await import('./rebuild-rollups.js')).rebuildRollups),
);

const token = program.command('token').description('let programs use the HTTP API: make, list and revoke their tokens');
const tokenCommand = (name: string, description: string) =>
  token.command(name).description(description).requiredOption('--config <file>', CONFIG);
tokenCommand('create', 'make a token and print it; it cannot be shown again')
  .requiredOption('--name <name>', 'what it is called, such as report-job')
  .addOption(new Option('--scope <scope...>', 'what it may do').choices(TOKEN_SCOPES).makeOptionMandatory())
  .option('--group <id>', 'only this group, with everything below it')
  .action(lazily(async () => (await import('./tokens.js')).createToken));
tokenCommand('list', 'show all tokens that were made, without their secrets').action(
  lazily(async () => (await import('./tokens.js')).listTokens),
);
tokenCommand('revoke', 'refuse a token from now on')
  .argument('<name>', 'as `token list` shows it')
  .action(lazily(async () => (await import('./tokens.js')).revokeToken));

const account = program
  .command('mqtt-account')
  .description('let programs listen to events over MQTT, and nothing else');
const accountCommand = (name: string, description: string) =>
  account.command(name).description(description).requiredOption('--config <file>', CONFIG);
accountCommand('add', 'make an account and print its password; it cannot be shown again')
  .argument('<name>', 'what it is called, such as dashboard; one for each program')
  .option('--group <id>', 'only what happens in this group, with everything below it')
  .action(lazily(async () => (await import('./mqtt-accounts.js')).addMqttAccount));
accountCommand('list', 'show all accounts').action(
  lazily(async () => (await import('./mqtt-accounts.js')).listMqttAccounts),
);
accountCommand('remove', 'remove an account; ends its connections')
  .argument('<name>', 'as `mqtt-account list` shows it')
  .action(lazily(async () => (await import('./mqtt-accounts.js')).removeMqttAccount));

const user = program.command('user').description('people who log in: add, list, change and remove them');
const userCommand = (name: string, description: string) =>
  user.command(name).description(description).requiredOption('--config <file>', CONFIG);
const USER_NAME = 'as it is typed at the login';
const GROUPS = 'only these groups, with everything below them';
userCommand('add', 'make a user and print a link, good once and for a day, that sets the password')
  .argument('<name>', USER_NAME)
  .addOption(new Option('--role <role>', 'what the user may do').choices(ROLES).makeOptionMandatory())
  .option('--group <id...>', `${GROUPS}; everything where left out`)
  .option('--display-name <name>', 'how the pages call the user')
  .action(lazily(async () => (await import('./users.js')).addUser));
userCommand('list', 'show all users').action(lazily(async () => (await import('./users.js')).listUsers));
userCommand('role', 'change what a user may do; ends the logins of the user')
  .argument('<name>', USER_NAME)
  .addArgument(new Argument('<role>', 'from now on').choices(ROLES))
  .option('--group <id...>', GROUPS)
  .addOption(new Option('--everywhere', 'the whole organisation').conflicts('group'))
  .action(lazily(async () => (await import('./users.js')).changeUserRole));
userCommand('remove', 'remove a user; ends the logins of the user')
  .argument('<name>', USER_NAME)
  .action(lazily(async () => (await import('./users.js')).removeUser));
userCommand('link', 'print a link, good once and for a day, that sets a new password')
  .argument('<name>', USER_NAME)
  .action(lazily(async () => (await import('./users.js')).linkUser));
userCommand('reset-second-factor', 'switch off the second factor of a user who has lost it')
  .argument('<name>', USER_NAME)
  .action(lazily(async () => (await import('./users.js')).resetSecondFactor));

command('command', 'ask a terminal to do something once, through the gateway that serves')
  .argument('<terminal>', 'id of the terminal')
  .addArgument(new Argument('<command>', 'what it is to do').choices(COMMANDS))
  .action(lazily(async () => (await import('./command.js')).giveCommand));

command('enrol-code', 'make a code with which a terminal enrols; it holds once, for a day')
  .argument('<terminal>', 'id of the terminal')
  .action(lazily(async () => (await import('./identity.js')).enrolCode));
command('certificates', 'list the certificates of terminals').action(
  lazily(async () => (await import('./identity.js')).listCertificates),
);
command('revoke', 'shut a terminal out: its certificates and its code hold no more, its connection ends')
  .argument('<terminal>', 'id of the terminal')
  .action(lazily(async () => (await import('./identity.js')).revokeTerminal));

const audit = program
  .command('audit')
  .description('the log of changes: who did what, each entry chained to the one before');
const auditCommand = (name: string, description: string) =>
  audit.command(name).description(description).requiredOption('--config <file>', CONFIG);
auditCommand('verify', 'check that the log is as it was written, also while the store is served')
  .option('--head <hash>', 'a hash that was noted earlier and must still be there')
  .action(lazily(async () => (await import('./audit.js')).verifyAudit));
auditCommand('export', 'write the log, an entry a line (NDJSON)')
  .requiredOption('--out <file>', 'a file that does not exist yet')
  .action(lazily(async () => (await import('./audit.js')).exportAudit));

command('mosquitto-config', 'write listener, access list and revocation list for a Mosquitto that serves the terminals')
  .requiredOption('--out <folder>', 'where to write; what an earlier call wrote there is replaced')
  .option('--at <folder>', "where the files will lie on the broker's machine; the same where left out")
  .option('--port <port>', 'on which it listens to terminals', '8883')
  .option('--events-port <port>', 'on which it listens to programs with an MQTT account; none where left out')
  .action(lazily(async () => (await import('./mosquitto-config.js')).mosquittoConfig));

const report = program.command('report').description('make a report');
report
  .command('weekly')
  .description('report of one ISO week, from a store of this machine (--config) or from a gateway elsewhere (--url)')
  .addOption(new Option('--config <file>', CONFIG).conflicts('url'))
  .option('--url <address>', 'gateway to ask by its HTTP API, such as https://hymio.example.org')
  .option('--token-file <file>', 'with --url: file that holds the token; else HYMIO_TOKEN of the environment')
  .option('--timeout <seconds>', 'with --url: how long nothing may come before it is given up', '60')
  .requiredOption('--week <week>', 'for example 2026-W47')
  .option('--service-point <id>', 'only this service point')
  .option('--group <id>', 'only this group, with everything below it')
  .addOption(new Option('--format <format>', 'what to write').choices(REPORT_FORMATS).default('html'))
  .addOption(new Option('--lang <language>', 'language of the report').choices(['fi', 'sv', 'en']).default('fi'))
  .option('--out <file>', 'a file that does not exist yet; standard output otherwise')
  .addHelpText(
    'after',
    '\nExit code 0: written. 1: not written, and asking again changes nothing. 75: not now, try again later.',
  )
  .action(lazily(async () => (await import('./report-weekly.js')).reportWeekly));
report
  .command('poster')
  .description('page for the wall of a service point (PDF): what people said in a month')
  .requiredOption('--config <file>', CONFIG)
  .requiredOption('--service-point <id>', 'where it will hang')
  .option('--month <month>', 'a month that is over, for example 2026-10; the last one otherwise')
  .option('--lang <languages>', 'two languages, the larger one first', 'fi,sv')
  .option('--out <file>', 'a file that does not exist yet; standard output otherwise')
  .action(lazily(async () => (await import('./report-poster.js')).reportPoster));

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`hymio-gateway: ${explainError(error)}\n`);
  process.exitCode = exitCodeOf(error);
}
