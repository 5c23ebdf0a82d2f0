import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled } from './set-up/install.mjs';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';
import { SetUpError } from './set-up/set-up-error.mjs';
import { ensureSetUp } from './set-up.mjs';
import { COMPILER_PROGRAMS, providePrograms, TEST_PROGRAMS } from './test-programs.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */
const PASSED = { passed: 1, failed: 0, skipped: 0 };
const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** Everything that `npm test` does; with arguments only the tests that they name (they are vitest's). */
async function test(args) {
  const whole = args.length === 0;
  const missing = providePrograms({ ...(isInstalled() ? {} : COMPILER_PROGRAMS), ...TEST_PROGRAMS });
  const absent = missing.filter((name) => name in TEST_PROGRAMS);
  const tallies = [];
  if (process.env.CI === 'true' && absent.length > 0) {
    say('With CI=true every program that a test needs must be there.');
    tallies.push(FAILED);
  }
  const typeCheck = await checkTypes();
  tallies.push(typeCheck);
  if (whole && typeCheck.failed === 0) tallies.push(lint());
  if (typeCheck.failed === 0) tallies.push(runTests(args));
  return tallies.reduce(add);
}

/** The type check is the build. */
async function checkTypes() {
  try {
    await ensureSetUp();
    return PASSED;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(error.message);
    return FAILED;
  }
}

function lint() {
  return runTool('biome', ['check', '--error-on-warnings', '.']) === 0 ? PASSED : FAILED;
}

/** @returns {Tally} */
function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'hymio-test-'));
  const tallyFile = join(folder, 'tally.json');
  try {
    const status = runTool('vitest', ['run', '--config', 'tests/vitest.config.ts', ...args], {
      HYMIO_TALLY_FILE: tallyFile,
    });
    const tally = readTally(tallyFile);
    // vitest also fails where no single test did, such as on an error in a hook of its own.
    return status !== 0 && tally.failed === 0 ? add(tally, FAILED) : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runTool(name, args, env = {}) {
  const tool = spawnSync(process.execPath, [join(ROOT, 'node_modules/.bin', name), ...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return tool.status;
}

function readTally(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    say(`The test run ended without a result: ${error.message}`);
    return FAILED;
  }
}

function add(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  };
}

/** Called with everything written: this line is the last one. */
function printTally({ passed, failed, skipped }) {
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  process.stdout.write(`${passed} passed, ${failed} failed${rest}\n`);
}

const tally = await test(process.argv.slice(2));
printTally(tally);
process.exitCode = tally.failed === 0 ? 0 : 1;
