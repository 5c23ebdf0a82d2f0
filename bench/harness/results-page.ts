import { judge } from './figure.js';
import type { KeptResult } from './kept-result.js';
import { cellsOf } from './print-results.js';

const HEADINGS = ['figure', 'measured', 'baseline', 'ratio', 'bar', 'verdict'];

/** Markdown of the last run of each bench, in the order given; `results.md` beside the folder `results`. */
export function resultsPage(results: readonly KeptResult[]): string {
  const verdicts = results.flatMap(({ figures }) => figures.map(judge));
  const count = (verdict: string) => verdicts.filter((each) => each === verdict).length;
  const missed = results.flatMap(({ figures }) => figures.filter((figure) => judge(figure) === 'miss'));
  return [
    '# What was measured',
    '',
    'Written by `npm run bench`: the last run of each bench, with the command that repeats it. The same as JSON lies in',
    '`results/`. What each bench does and how to read its figures: [docs/performance.md](../docs/performance.md).',
    '',
    `${count('pass')} figures are within their bar, ${count('miss')} miss it${missed.length === 0 ? '.' : ':'}`,
    ...(missed.length === 0
      ? []
      : ['', ...missed.map((figure) => `- ${cellsOf(figure).slice(0, 5).filter(Boolean).join(' · ')}`)]),
    ...results.flatMap(section),
    '',
  ].join('\n');
}

function section(result: KeptResult): string[] {
  const { name, title, command, measuredAt, commit, seed, machine, figures, notes, plots } = result;
  const { cpu, cores, memoryGiB, system, node, loadAtStart } = machine;
  const lines = [
    '',
    `## ${name}`,
    '',
    `${title}.`,
    '',
    `\`${command}\`, ${measuredAt.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}, seed ${seed}; ${cores} × ${cpu}, ${memoryGiB} GiB, ${system}, Node ${node}, load ${loadAtStart} at the start.`,
  ];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    ...lines,
    '',
    row(HEADINGS),
    row(HEADINGS.map(() => '---')),
    ...figures.map((figure) => row(cellsOf(figure))),
    ...(notes.length === 0 ? [] : ['', ...notes.map((note) => `- ${note}`)]),
    ...plots.flatMap((plot) => ['', `![${plot.replace(/\.svg$/, '')}](results/${plot})`]),
  ];
}
