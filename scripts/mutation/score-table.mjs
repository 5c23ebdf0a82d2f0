const BEGIN = '<!-- scores: written by the command -->';
const END = '<!-- end of scores -->';
const HEAD = ['module', 'score', 'mutants', 'killed', 'timed out', 'survived', 'not run', 'seconds', 'date', 'commit'];

/** One row of the table; `seconds` is how long it took. */
export function scoreRow(name, result, { seconds, date, commit }) {
  const { score, mutants, killed, timeouts, survived, uncovered } = result;
  const numbers = [mutants, killed, timeouts, survived, uncovered, Math.round(seconds)];
  return [`\`${name}\``, `${score.toFixed(1)} %`, ...numbers, date, commit].map(String);
}

/** The rows as a table of Markdown. */
export function scoreTable(rows) {
  return [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/**
 * The page with new rows in its table: those of modules that were not run stay as they are, those of modules that are no
 * more go. `modules`: all that there are, in their order.
 */
export function pageWithScores(page, rows, modules) {
  const [before, old = '', after = ''] = page.split(new RegExp(`${BEGIN}|${END}`));
  const known = old
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));
  const all = new Map([...known, ...rows].map((cells) => [cells[0], cells]));
  const table = scoreTable(modules.flatMap((name) => (all.has(`\`${name}\``) ? [all.get(`\`${name}\``)] : [])));
  return `${before}${BEGIN}\n${table}\n${END}${after}`;
}
