import type { Words } from '../../language/words.js';
import { isPrintable } from '../../statistics/satisfaction.js';
import type { ReportHeatCell, WeeklyReport } from '../report-document.js';
import type { ContentCell, ContentTable } from './report-content.js';

/**
 * Satisfaction by weekday and hour; of few answers the counts, unshaded. Hours and days on which nothing was open are
 * left out. Undefined where the whole week has too few answers for a picture.
 */
export function heatMapTable({ heatMap, counts }: WeeklyReport, words: Words): ContentTable | undefined {
  if (!isPrintable(counts.n) || heatMap.every(({ n }) => n === 0)) return undefined;
  const { messages, formats } = words;
  const inOrder = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b);
  const hours = inOrder(heatMap.map(({ hour }) => hour));
  const cells = new Map(heatMap.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  return {
    caption: messages.report.heatMapCaption,
    shape: 'wide',
    columns: [
      { text: messages.report.weekday, definition: 'heat-map' },
      ...hours.map((hour) => ({ text: String(hour), numeric: true })),
    ],
    rows: inOrder(heatMap.map(({ weekday }) => weekday)).map((weekday) => [
      { text: formats.weekday(weekday) },
      ...hours.map((hour) => heatCell(cells.get(`${weekday} ${hour}`), words)),
    ]),
  };
}

function heatCell(cell: ReportHeatCell | undefined, { formats }: Words): ContentCell {
  if (cell === undefined) return { text: '' };
  const { n, satisfied, share } = cell;
  if (share === null) return { text: '0' };
  if (!isPrintable(n)) return { text: `${formats.count(satisfied)}/${formats.count(n)}` };
  return { text: formats.percent(share), shade: share };
}
