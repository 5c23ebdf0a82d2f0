import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';

const WORKER = new URL('./test-worker.mjs', import.meta.url);

/**
 * Stryker's side of running tests: a thread that has loaded what is mutated and switches from one mutant to the next. A
 * mutant of what runs while a module is loaded gets a thread of its own, as does every mutant of a module that remembers
 * answers: what one mutant answered must not be what the next is asked about.
 */
class WarmRunner {
  #job = JSON.parse(readFileSync('job.json', 'utf8'));
  #worker;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    const { tests, coverage } = await this.#run({});
    return { status: 'complete', tests, mutantCoverage: coverage };
  }

  async mutantRun({ activeMutant, mutantActivation, reloadEnvironment, testFilter, hitLimit }) {
    if (reloadEnvironment || this.#job.remembers) await this.dispose();
    const { tests, hits } = await this.#run(
      { mutant: activeMutant.id, filter: testFilter, hitLimit },
      mutantActivation === 'static' ? activeMutant.id : undefined,
    );
    if (hitLimit !== undefined && hits > hitLimit) return { status: 'timeout', reason: `reached ${hits} times` };
    const failed = tests.filter(({ status }) => status === 1);
    const nrOfTests = tests.length;
    return failed.length === 0
      ? { status: 'survived', nrOfTests }
      : { status: 'killed', killedBy: failed.map(({ id }) => id), failureMessage: failed[0].failureMessage, nrOfTests };
  }

  async dispose() {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  /** One run of the tests. A thread that dies of the mutant is a test that failed: nobody could overlook it. */
  #run(job, mutantFromStart) {
    const { tests } = this.#job;
    this.#worker ??= new Worker(WORKER, { workerData: { tests, mutant: mutantFromStart }, stdout: true, stderr: true });
    const worker = this.#worker;
    return new Promise((resolve) => {
      const settle = (result) => {
        worker.off('message', settle).off('error', die).off('exit', die);
        resolve(result);
      };
      const die = (cause) => {
        this.#worker = undefined;
        const failureMessage = `the thread ended: ${cause instanceof Error ? cause.message : cause}`;
        settle({ tests: [{ id: 'thread', name: 'thread', timeSpentMs: 0, status: 1, failureMessage }], hits: 0 });
      };
      worker.on('message', settle).on('error', die).on('exit', die);
      worker.postMessage(job);
    });
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'warm', factory: () => new WarmRunner() }];
