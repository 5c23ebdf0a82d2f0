import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { startTests } from '@vitest/runner';

const SETTINGS = {
  root: process.cwd(),
  setupFiles: [resolve('tests/dist/fixed-seed.js')],
  passWithNoTests: true,
  allowOnly: false,
  sequence: { hooks: 'stack', setupFiles: 'list', seed: 1 },
  maxConcurrency: 1,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  retry: 0,
  tags: [],
};

/** What instrumented code and Stryker share. A mutant of what runs while loading is active before anything is loaded. */
const shared = { activeMutant: workerData.mutant };
globalThis.__stryker__ = shared;
let runs = 0;

parentPort.on('message', async (job) => {
  runs += 1;
  parentPort.postMessage(await runTests(job));
});

/** Runs all tests, or those of `filter`; with a mutant only until the first that fails. */
async function runTests({ mutant, filter, hitLimit }) {
  if (mutant !== workerData.mutant) shared.activeMutant = undefined;
  const wanted = filter === undefined ? undefined : new Set(filter);
  const files = workerData.tests.filter((file) => filter?.some((id) => id.startsWith(`${file}#`)) ?? true);
  let failed = false;
  const runner = {
    config: { ...SETTINGS },
    importFile: (file) => import(`${pathToFileURL(file).href}?run=${runs}`),
    onCollected(collected) {
      shared.activeMutant = mutant;
      shared.hitCount = hitLimit === undefined ? undefined : 0;
      shared.hitLimit = hitLimit;
      failed = collected.some(({ result }) => result?.state === 'fail');
    },
    onBeforeRunTask(test) {
      if (failed || wanted?.has(idOf(test)) === false) test.mode = 'skip';
      else if (mutant === undefined) shared.currentTestId = idOf(test);
    },
    onAfterRunTask(test) {
      shared.currentTestId = undefined;
      failed = mutant !== undefined && (failed || test.result?.state === 'fail');
    },
  };
  const tasks = (
    await startTests(
      files.map((file) => resolve(file)),
      runner,
    )
  ).flatMap(flatten);
  return { tests: tasks.flatMap(resultOf), hits: shared.hitCount ?? 0, coverage: shared.mutantCoverage };
}

function flatten(task) {
  return [task, ...(task.tasks ?? []).flatMap(flatten)];
}

/** A file or suite says something only where it failed itself: while it was loaded, or in a hook. */
function resultOf(task) {
  const { type, mode, result } = task;
  const failed = result?.state === 'fail';
  if (type === 'suite' ? !(failed && result.errors?.length > 0) : mode === 'skip' || result === undefined) return [];
  const id = idOf(task);
  const base = { id, name: id, timeSpentMs: result.duration ?? 0 };
  return failed
    ? [{ ...base, status: 1, failureMessage: result.errors?.[0]?.message ?? 'failed' }]
    : [{ ...base, status: 0 }];
}

function idOf(task) {
  const names = [];
  for (let each = task; each !== undefined && each !== task.file; each = each.suite) names.unshift(each.name);
  return `${task.file.name}#${names.join(' > ')}`;
}
