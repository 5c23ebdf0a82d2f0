import type { BenchResult } from './bench.js';
import { type Figure, judge, ratioOf } from './figure.js';

const HEADINGS = ['figure', 'measured', 'baseline', 'ratio', 'bar', ''];

/** A table of figures and the notes below it, for a terminal. */
export function formatResult({ figures, notes }: BenchResult): string {
  const rows = [HEADINGS, ...figures.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines.map((line) => `  ${line}`), ...notes.map((note) => `  - ${note}`)].join('\n');
}

/** Name, value, baseline, ratio, bar and verdict, each as it is printed. */
export function cellsOf(figure: Figure): string[] {
  const { name, value, unit, baseline } = figure;
  const ratio = ratioOf(figure);
  return [
    name,
    `${formatNumber(value)} ${unit}`,
    baseline === undefined ? '' : `${formatNumber(baseline.value)} ${unit} (${baseline.name})`,
    ratio === undefined ? '' : ratio.toFixed(2),
    barOf(figure),
    { pass: 'pass', miss: 'MISS', shown: '' }[judge(figure)],
  ];
}

function barOf({ bar, unit }: Figure): string {
  if (bar === undefined) return '';
  const suffix = bar.of === 'ratio' ? ' ×' : ` ${unit}`;
  const limit = bar.atMost === undefined ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`;
  return `${limit}${suffix}`;
}

/** Three significant digits, or whole numbers with separators from 1,000 on. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return String(Number(value.toPrecision(3)));
}
