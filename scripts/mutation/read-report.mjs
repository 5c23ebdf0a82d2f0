import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../set-up/root.mjs';

/**
 * What a report of Stryker comes to: numbers of mutants, the score in per cent (of all mutants, those that were noticed)
 * and the survivors, at their place in the source.
 */
export function readReport({ files }) {
  const counts = { Killed: 0, Timeout: 0, Survived: 0, NoCoverage: 0 };
  const survivors = [];
  for (const [path, { source, mutants }] of Object.entries(files)) {
    const place = placesOf(path);
    for (const mutant of mutants) {
      counts[mutant.status] = (counts[mutant.status] ?? 0) + 1;
      if (mutant.status !== 'Survived' && mutant.status !== 'NoCoverage') continue;
      survivors.push(
        `${place(mutant.location.start)} ${cut(source, mutant.location)} → ${short(mutant.replacement ?? '')}`,
      );
    }
  }
  const { Killed, Timeout, Survived, NoCoverage, ...others } = counts;
  const odd = Object.values(others).reduce((sum, count) => sum + count, 0);
  const mutants = Killed + Timeout + Survived + NoCoverage + odd;
  const score = mutants === 0 ? 0 : (100 * (Killed + Timeout)) / mutants;
  return {
    mutants,
    score,
    killed: Killed,
    timeouts: Timeout,
    survived: Survived,
    uncovered: NoCoverage,
    odd,
    survivors,
  };
}

/** Where a line of what was built stands in what was written. */
function placesOf(path) {
  const written = path.replace('/dist/', '/src/').replace(/\.js$/, '.ts');
  const file = join(ROOT, `${path}.map`);
  const map = existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
  return ({ line, column }) => {
    const { originalLine } = map?.findEntry(line - 1, column - 1) ?? {};
    return originalLine === undefined ? written : `${written}:${originalLine + 1}`;
  };
}

function cut(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const last = lines.length - 1;
  lines[last] = lines[last].slice(0, end.column - 1);
  lines[0] = lines[0].slice(start.column - 1);
  return short(lines.join(' '));
}

function short(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 60)} … ${line.slice(-27)}` : line;
}
