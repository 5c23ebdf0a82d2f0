import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

const SLOWEST = 10;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** Behind vitest's own report: what was skipped and why, the slowest files, and the result in one line. */
export default class HymioReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const lines = [...skippedLines(tests), ...slowestLines(modules)];
    if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`);
    report(count(modules, tests, unhandledErrors.length));
  }
}

/** A file or suite that could not be loaded or set up, and an unhandled error, count as one failed test each. */
function count(modules: readonly TestModule[], tests: readonly TestCase[], unhandled: number): Tally {
  const ended = (state: string) => tests.filter((test) => test.result().state === state).length;
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const broken = suites.filter((suite) => suite.errors().length > 0).length;
  const passed = ended('passed');
  const failed = ended('failed') + ended('pending') + broken + unhandled;
  const nothingRan = passed + failed === 0 ? 1 : 0;
  return { passed, failed: failed + nothingRan, skipped: ended('skipped') };
}

function skippedLines(tests: readonly TestCase[]): string[] {
  const skipped = tests.flatMap((test) => {
    const result = test.result();
    return result.state === 'skipped' ? [`  ${name(test)}: ${result.note ?? reasonInTitle(test)}`] : [];
  });
  return skipped.length === 0 ? [] : ['Skipped:', ...skipped];
}

/** `describeWith` and `testWith` write the reason behind the title. */
function reasonInTitle(test: TestCase): string {
  return /\(skipped: (.+?)\)/.exec(test.fullName)?.[1] ?? 'no reason given';
}

function name(test: TestCase): string {
  return `${test.module.relativeModuleId} > ${test.fullName.replace(/ \(skipped: .+?\)/, '')}`;
}

function slowestLines(modules: readonly TestModule[]): string[] {
  const timed = modules.map((module) => ({ file: module.relativeModuleId, ms: module.diagnostic().duration }));
  const slowest = timed.sort((one, other) => other.ms - one.ms).slice(0, SLOWEST);
  const lines = slowest.map(({ file, ms }) => `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${file}`);
  return lines.length === 0 ? [] : ['Slowest files:', ...lines];
}

/** To whoever started vitest: the whole run adds its own checks and prints the line itself. */
function report(tally: Tally): void {
  // vitest is content with a run that skipped everything.
  if (tally.failed > 0) process.exitCode = 1;
  const file = process.env['HYMIO_TALLY_FILE'];
  if (file !== undefined) {
    writeFileSync(file, JSON.stringify(tally));
    return;
  }
  const rest = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
  process.stdout.write(`\n${tally.passed} passed, ${tally.failed} failed${rest}\n`);
}
