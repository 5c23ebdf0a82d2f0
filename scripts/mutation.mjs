import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installStryker } from './mutation/install-stryker.mjs';
import { MODULES } from './mutation/modules.mjs';
import { mutateModule } from './mutation/mutate-module.mjs';
import { readReport } from './mutation/read-report.mjs';
import { pageWithScores, scoreRow, scoreTable } from './mutation/score-table.mjs';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';
import { ensureSetUp } from './set-up.mjs';

const PAGE = join(ROOT, 'docs/mutation.md');
const NAMES = Object.keys(MODULES);
const MOST_AT_ONCE = 64;
const HELP = `npm run mutation [-- options]   changes the code in small ways, one at a time, and sees whether a test notices

  --only MODULE    one module, again for more: ${NAMES.join(', ')}
  --at-once 2      so many mutants at the same time (default 2)
  --no-page        prints the scores only; docs/mutation.md stays as it is
  --help           this

Installs Stryker in a folder for temporary files the first time. Changes a copy of what is built, never the tree. Prints
what no test noticed, then the scores, and writes them to docs/mutation.md. Ends with 0 where all ran, 1 where something
could not, 2 where the options are wrong.`;

/** Mutates the modules asked for. Returns the exit code. */
async function mutation(args) {
  const options = readOptions(args);
  if (options === undefined) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  await ensureSetUp();
  // Stryker hears it as well and ends; then the copy that it worked on is removed, and the command ends.
  process.once('SIGINT', () => say('Interrupted.'));
  const stryker = installStryker();
  const rows = [];
  for (const name of options.only) {
    say(`Mutating ${name} …`);
    const began = Date.now();
    const result = readReport(await mutateModule(MODULES[name], stryker, options.atOnce));
    const seconds = (Date.now() - began) / 1000;
    for (const survivor of result.survivors) process.stdout.write(`${name}: not noticed: ${survivor}\n`);
    rows.push(scoreRow(name, result, { seconds, date: new Date(began).toISOString().slice(0, 10), commit: commit() }));
    // After each: the whole takes long, and what is known is known.
    if (options.page) writeFileSync(PAGE, pageWithScores(readFileSync(PAGE, 'utf8'), rows, NAMES));
  }
  process.stdout.write(`\n${scoreTable(rows)}\n`);
  return 0;
}

/** Undefined: help is wanted. Errors: SetUpError with a code. */
function readOptions(args) {
  const { help, only = NAMES, 'at-once': atOnce = '2', 'no-page': noPage = false } = parse(args);
  if (help === true) return undefined;
  const odd = only.filter((name) => !NAMES.includes(name));
  if (odd.length > 0)
    throw wrong('mutation-module-unknown', `There is no module ${odd.join(', ')}; there are ${NAMES.join(', ')}.`);
  if (!/^\d+$/.test(atOnce) || Number(atOnce) < 1 || Number(atOnce) > MOST_AT_ONCE)
    throw wrong('mutation-at-once-invalid', `--at-once ${atOnce} is not a number from 1 to ${MOST_AT_ONCE}.`);
  return { only: [...new Set(only)], atOnce: Number(atOnce), page: !noPage };
}

function parse(args) {
  const options = {
    help: { type: 'boolean' },
    only: { type: 'string', multiple: true },
    'at-once': { type: 'string' },
    'no-page': { type: 'boolean' },
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw wrong('mutation-option-unknown', error.message);
  }
}

function wrong(code, message) {
  return Object.assign(new SetUpError(`${message} \`npm run mutation -- --help\` says what there is. [${code}]`), {
    exitCode: 2,
  });
}

/** What was mutated and tested; a plus where it was changed since. */
function commit() {
  const git = (...args) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout?.trim() ?? '';
  const changed = git('status', '--porcelain', '--', 'protocol', 'device', 'gateway', 'simulator', 'tests') !== '';
  return `${git('rev-parse', '--short', 'HEAD') || 'none'}${changed ? '+' : ''}`;
}

try {
  process.exitCode = await mutation(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  say(error.message);
  process.exitCode = error.exitCode ?? 1;
}
