import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plot } from './bench.js';
import type { Figure, Verdict } from './figure.js';
import type { Machine } from './machine.js';
import { ROOT } from './program.js';

/** The last run of a bench, as it lies in `bench/results/<name>.json`. */
export interface KeptResult {
  name: string;
  title: string;
  /** ISO 8601. */
  measuredAt: string;
  command: string;
  seed: number;
  /** Of the repository; with `+` where files had been changed since. */
  commit: string;
  machine: Machine;
  notes: string[];
  figures: (Figure & { verdict: Verdict })[];
  /** Names of files beside it. */
  plots: string[];
}

const FOLDER = join(ROOT, 'bench', 'results');

/** Writes it, and its pictures, over those of the run before. */
export function keepResult(result: Omit<KeptResult, 'plots'>, plots: readonly Plot[]): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, svg } of plots) writeFileSync(join(FOLDER, `${name}.svg`), `${svg}\n`);
  const kept: KeptResult = { ...result, plots: plots.map(({ name }) => `${name}.svg`) };
  writeFileSync(join(FOLDER, `${result.name}.json`), `${JSON.stringify(kept, null, 2)}\n`);
}

/** The last run of each bench that ever ran here, by name. */
export function keptResults(): Map<string, KeptResult> {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((file) => file.endsWith('.json')) : [];
  const results = files.map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as KeptResult);
  return new Map(results.map((result) => [result.name, result]));
}

/** Short id of the commit that is measured; `unknown` outside of a clone. */
export function measuredCommit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
    const changed = git('status', '--porcelain', '--', '.', ':!bench/results', ':!bench/results.md') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}
