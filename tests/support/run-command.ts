import { spawn } from 'node:child_process';
import { LATE_COMPILER } from '../late-compiler.js';
import { PATIENCE_MS } from './patience.js';

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program of ours to its end. */
export function runCommand(program: string, ...args: string[]): Promise<CommandResult> {
  return runProgram(process.execPath, [...LATE_COMPILER, program, ...args], { timeout: PATIENCE_MS });
}

/** Runs any program to its end, without anything to read. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; timeout?: number } = {},
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const result: CommandResult = { code: null, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      result.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      result.stderr += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...result, code }));
  });
}
