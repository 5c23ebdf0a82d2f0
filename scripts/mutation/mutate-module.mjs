import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetUpError } from '../set-up/set-up-error.mjs';
import { mutationCopy } from './mutation-copy.mjs';

/** Added to what the tests need unchanged, ms: a mutant that takes longer hangs. */
const PATIENCE_MS = 20_000;

/**
 * Mutates one module and runs its tests on each mutant. Returns Stryker's report (mutation-testing-report-schema), its
 * files by their path in the copy. Throws SetUpError where the tests fail without any mutant.
 */
export async function mutateModule({ sources, tests: names, remembers = false }, stryker, concurrency) {
  const tests = names.map((test) => `tests/dist/unit/${test}.test.js`);
  const copy = await mutationCopy(tests);
  try {
    const mutate = sources.map((source) => source.replace('/', '/dist/')).map((path) => `${path}.js`);
    writeFileSync(join(copy.folder, 'job.json'), JSON.stringify({ tests, remembers }));
    writeFileSync(join(copy.folder, 'stryker.config.json'), JSON.stringify(configOf(mutate, concurrency)));
    const program = join(stryker, 'node_modules/@stryker-mutator/core/bin/stryker.js');
    const { status } = spawnSync(process.execPath, [program, 'run', 'stryker.config.json'], {
      cwd: copy.folder,
      stdio: ['ignore', 2, 2],
    });
    const report = join(copy.folder, 'report.json');
    if (status !== 0 || !existsSync(report))
      throw new SetUpError('Stryker gave up; what it said is above. [mutation-run]', 'mutation');
    return JSON.parse(readFileSync(report, 'utf8'));
  } finally {
    copy.remove();
  }
}

function configOf(mutate, concurrency) {
  return {
    mutate,
    concurrency,
    inPlace: true,
    testRunner: 'warm',
    plugins: [fileURLToPath(new URL('./warm-runner.mjs', import.meta.url))],
    coverageAnalysis: 'perTest',
    // What is mutated is built: there are no types to be silenced.
    disableTypeChecks: false,
    timeoutMS: PATIENCE_MS,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: 'report.json' },
    allowConsoleColors: false,
  };
}
