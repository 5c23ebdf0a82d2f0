import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import SlowFirst from './slow-first.js';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    sequence: { sequencer: SlowFirst },
    reporters: [['default', { summary: false }], fileURLToPath(new URL('./reporter.ts', import.meta.url))],
    // Loading what is tested takes longer than most unit tests: their files share a process. The others have one each.
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: { name: 'whole', include: ['tests/{contracts,end-to-end,simulation,crash,browser}/**/*.test.ts'] },
      },
    ],
  },
});
