import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LATE_COMPILER } from './late-compiler.js';
import SlowFirst from './slow-first.js';
import { PATIENCE_MS } from './support/patience.js';
import { temporaryFolder } from './temporary-folder.js';

/** Each takes some 300 MB, with what it starts. */
const MOST_WORKERS = 12;

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    pool: 'forks',
    execArgv: [...LATE_COMPILER],
    // Half of the time is spent waiting: for processes that start, for timers, for a browser.
    maxWorkers: Math.min(MOST_WORKERS, 2 * availableParallelism()),
    testTimeout: 2 * PATIENCE_MS,
    hookTimeout: 2 * PATIENCE_MS,
    allowOnly: false,
    env: temporaryFolder(),
    // What is tested is built already: it is loaded as it is, and not once more by way of vitest.
    server: { deps: { external: [/\/(protocol|device|gateway|simulator)\/dist\//] } },
    setupFiles: [fileURLToPath(new URL('./fixed-seed.ts', import.meta.url))],
    sequence: { sequencer: SlowFirst },
    reporters: [['default', { summary: false }], fileURLToPath(new URL('./reporter.ts', import.meta.url))],
    // Loading what is tested takes longer than most tests: files share a process, one after another.
    isolate: false,
    include: ['tests/{unit,fuzz,contracts,end-to-end,simulation,crash,power,faults,browser}/**/*.test.ts'],
  },
});
