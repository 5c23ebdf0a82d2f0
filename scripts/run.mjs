import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './set-up/root.mjs';
import { say } from './set-up/say.mjs';
import { ensureSetUp, reportSetUpError } from './set-up.mjs';

const PROGRAMS = {
  demo: 'simulator/dist/cli/demo.js',
  terminal: 'device/dist/cli/main.js',
  gateway: 'gateway/dist/cli/main.js',
  simulator: 'simulator/dist/cli/main.js',
  bench: 'bench/dist/main.js',
  'power-cuts': 'tests/dist/power/main.js',
};

/** Sets up and becomes the program: same process, same standard streams, same signals. */
async function run([name, ...args]) {
  if (name === undefined || !Object.hasOwn(PROGRAMS, name)) {
    say(`Say which program to run: node scripts/run.mjs ${Object.keys(PROGRAMS).join('|')} [arguments]`);
    process.exitCode = 1;
    return;
  }
  await ensureSetUp();
  returnToCaller(name);
  const file = join(ROOT, PROGRAMS[name]);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

/** `npm run` moves to the root; a relative path among the arguments is meant from where the user stands. */
function returnToCaller(name) {
  const { npm_lifecycle_event: script, INIT_CWD: from } = process.env;
  if (script === name && from !== undefined) process.chdir(from);
}

await run(process.argv.slice(2)).catch(reportSetUpError);
