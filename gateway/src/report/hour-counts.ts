import { type HourCount, hourTest } from '../statistics/hour-test.js';
import type { ReportHeatCell, ReportHourTest } from './report-document.js';

/** The hour test over the cells of the heat map: what of the `n` answers is not in them fell outside opening hours. */
export function reportHourTest(cells: readonly ReportHeatCell[], n: number): ReportHourTest {
  const counts: HourCount[] = Array.from({ length: 24 }, (_, hour) => ({ hour, n: 0, satisfied: 0 }));
  for (const cell of cells) {
    const count = counts[cell.hour];
    if (count === undefined) throw new Error(`no hour of day ${cell.hour}`);
    count.n += cell.n;
    count.satisfied += cell.satisfied;
  }
  const { overall, hours } = hourTest(counts);
  return {
    statistic: overall?.statistic ?? null,
    degreesOfFreedom: overall?.degreesOfFreedom ?? null,
    p: overall?.p ?? null,
    hours: hours.map((hour) => ({ ...hour, share: hour.satisfied / hour.n, z: hour.z ?? null })),
    outsideOpeningHours: n - cells.reduce((sum, cell) => sum + cell.n, 0),
  };
}
