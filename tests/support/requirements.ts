import { existsSync } from 'node:fs';
import { describe, it } from 'vitest';
import { findProgram } from '../../scripts/find-program.mjs';
import { networkAddress } from './network-address.js';

/** What a test may need of the machine: `root`, `loop devices`, a `network address`, or a program by its name. */
export type Requirement =
  | 'root'
  | 'loop devices'
  | 'network address'
  | 'mosquitto'
  | 'mosquitto_pub'
  | 'mosquitto_sub'
  | 'chromium'
  | (string & {});

/** Why these requirements are not met here, in words; undefined where they are. */
export function unmet(requirements: readonly Requirement[]): string | undefined {
  const reasons = requirements.flatMap((requirement) => {
    if (requirement === 'root') return process.getuid?.() === 0 ? [] : ['needs root'];
    if (requirement.startsWith('/dev/')) return existsSync(requirement) ? [] : [`there is no ${requirement}`];
    if (requirement === 'loop devices') return existsSync('/dev/loop-control') ? [] : ['there are no loop devices'];
    if (requirement === 'network address') return networkAddress() === undefined ? ['there is no network'] : [];
    return findProgram(requirement) === undefined ? [`${requirement} is not installed`] : [];
  });
  return reasons.length === 0 ? undefined : reasons.join(', ');
}

/** `describe` for tests with requirements; where one is not met they are skipped and the report says why. */
export function describeWith(requirements: readonly Requirement[], title: string, tests: () => void): void {
  const reason = unmet(requirements);
  if (reason === undefined) describe(title, tests);
  else describe.skip(`${title} (skipped: ${reason})`, tests);
}

/** `it` for one test with requirements; where one is not met it is skipped and the report says why. */
export function testWith(
  requirements: readonly Requirement[],
  title: string,
  test: () => void | Promise<void>,
  timeoutMs?: number,
): void {
  const reason = unmet(requirements);
  if (reason === undefined) it(title, test, timeoutMs);
  else it.skip(`${title} (skipped: ${reason})`, test);
}

/** Path of a program that a requirement has shown to be there. */
export function program(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`${name} is not installed: put the test under describeWith(['${name}'], …)`);
  return path;
}
