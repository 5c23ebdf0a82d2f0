import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';
import { ensureSetUp } from './set-up.mjs';

const TOPICS = ['wire', 'ingest', 'downlink', 'panel', 'firmata', 'texts', 'files', 'csr', 'backup', 'http'];
/** Not a topic of tests/fuzz: the properties that stand in the other tests. */
const OTHERS = 'properties';
const MOST_MINUTES = 24 * 60;
const HELP = `npm run fuzz [-- options]   tries odd input on everything that reads what comes from outside

  --minutes 10     how long, in all (default 1)
  --only TOPIC     one topic, again for more: ${[...TOPICS, OTHERS].join(', ')}
                   (${OTHERS}: those of the other tests, once each with the seed, whatever --minutes says)
  --seed N         the same inputs again (default: by chance, printed)
  --path P         with --seed: straight to one input, as a failure prints it
  --help           this

Ends with 0 where all held, 1 where something did not (the smallest such input is printed, and how to see it again),
2 where the options are wrong.`;

/** The tests of tests/fuzz with more time, and all other properties with another seed. Returns the exit code. */
async function fuzz(args) {
  const options = readOptions(args);
  if (options === undefined) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  await ensureSetUp();
  const { minutes, seed, path, only } = options;
  say(`Fuzzing ${only.length === 0 ? 'everything' : only.join(', ')} for ${minutes} minutes, seed ${seed} …`);
  const topics = only.filter((topic) => topic !== OTHERS);
  const statuses = [];
  if (only.length === 0 || topics.length > 0) {
    statuses.push(
      runTests(['tests/fuzz/fuzz.test.ts'], {
        HYMIO_FUZZ_MINUTES: String(minutes),
        HYMIO_FUZZ_SEED: String(seed),
        ...(path !== undefined && { HYMIO_FUZZ_PATH: path }),
        ...(topics.length > 0 && { HYMIO_FUZZ_ONLY: topics.join(',') }),
      }),
    );
  }
  if (only.length === 0 || only.includes(OTHERS)) {
    say(`The properties of the other tests; the same again: npm run fuzz -- --only ${OTHERS} --seed ${seed}`);
    statuses.push(runTests(othersWithProperties(), { HYMIO_FUZZ_SEED: String(seed) }));
  }
  return statuses.every((status) => status === 0) ? 0 : 1;
}

/** Returns the exit code. */
function runTests(files, env) {
  const vitest = [join(ROOT, 'node_modules/.bin/vitest'), 'run', '--config', 'tests/vitest.config.ts', ...files];
  return spawnSync(process.execPath, vitest, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } }).status;
}

/** Tests outside of tests/fuzz that try properties. */
function othersWithProperties() {
  const files = readdirSync(join(ROOT, 'tests'), { recursive: true }).map((file) => join('tests', file));
  return files.filter(
    (file) =>
      file.endsWith('.test.ts') &&
      !file.startsWith(join('tests', 'fuzz')) &&
      !file.startsWith(join('tests', 'dist')) &&
      /from 'fast-check'/.test(readFileSync(join(ROOT, file), 'utf8')),
  );
}

/** Undefined: help is wanted. Errors: SetUpError with a code. */
function readOptions(args) {
  const { help, minutes = '1', seed, path, only = [] } = parse(args);
  if (help === true) return undefined;
  const odd = only.filter((topic) => topic !== OTHERS && !TOPICS.includes(topic));
  if (odd.length > 0)
    throw wrong(
      'fuzz-topic-unknown',
      `There is no topic ${odd.join(', ')}; there are ${[...TOPICS, OTHERS].join(', ')}.`,
    );
  if (!(Number(minutes) > 0 && Number(minutes) <= MOST_MINUTES)) {
    throw wrong('fuzz-minutes-invalid', `--minutes ${minutes} is not a number of minutes up to a day.`);
  }
  if (seed !== undefined && !/^-?\d{1,10}$/.test(seed))
    throw wrong('fuzz-seed-invalid', `--seed ${seed} is not a whole number.`);
  if (path !== undefined && (seed === undefined || !/^[\d:]+$/.test(path))) {
    throw wrong('fuzz-path-invalid', '--path is what a failure printed, and goes with its --seed.');
  }
  return { minutes: Number(minutes), seed: Number(seed ?? randomInt(2 ** 31)), path, only };
}

function parse(args) {
  const text = { type: 'string' };
  const options = {
    help: { type: 'boolean' },
    minutes: text,
    seed: text,
    path: text,
    only: { ...text, multiple: true },
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw wrong('fuzz-option-unknown', error.message);
  }
}

function wrong(code, message) {
  return Object.assign(new SetUpError(`${message} \`npm run fuzz -- --help\` says what there is. [${code}]`), {
    exitCode: 2,
  });
}

try {
  process.exitCode = await fuzz(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  say(error.message);
  process.exitCode = error.exitCode ?? 1;
}
