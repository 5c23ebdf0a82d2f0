import * as echarts from 'echarts';
import type { FleetSecond } from './fleet-part.js';

/** One second of the whole fleet. */
export interface PlotSecond {
  /** Since the beginning, s. */
  at: number;
  online: number;
  /** Attempts to connect in this second, successful or not. */
  attempts: number;
  /** Presses kept in this second. */
  presses: number;
}

/** Adds the processes up, second by second. */
export function plotSeconds(parts: readonly (readonly FleetSecond[])[]): PlotSecond[] {
  const began = Math.min(...parts.flatMap((seconds) => seconds.slice(0, 1).map(({ at }) => at)));
  const sums = new Map<number, PlotSecond>();
  for (const seconds of parts) {
    let before: FleetSecond | undefined;
    for (const second of seconds) {
      const at = Math.round((second.at - began) / 1000);
      const sum = sums.get(at) ?? { at, online: 0, attempts: 0, presses: 0 };
      sum.online += second.online;
      sum.attempts += attemptsOf(second) - (before === undefined ? 0 : attemptsOf(before));
      sum.presses += second.kept - (before?.kept ?? 0);
      sums.set(at, sum);
      before = second;
    }
  }
  return [...sums.values()].sort((a, b) => a.at - b.at);
}

function attemptsOf({ connects, refusedConnects }: FleetSecond): number {
  return connects + refusedConnects;
}

/** SVG: terminals connected, attempts to connect and presses over time; `restart`: when the broker died, s. */
export function connectionPlot(title: string, seconds: readonly PlotSecond[], restart: number): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 420 });
  const line = (name: string, value: (second: PlotSecond) => number, yAxisIndex: number) => ({
    ...{ type: 'line' as const, name, yAxisIndex, showSymbol: false },
    data: seconds.map((second) => [second.at, value(second)]),
  });
  chart.setOption({
    animation: false,
    title: { text: title, left: 'center', textStyle: { fontSize: 14 } },
    legend: { bottom: 0 },
    xAxis: { type: 'value', name: 's', min: 0 },
    yAxis: [
      { type: 'value', name: 'terminals connected' },
      { type: 'value', name: 'per second', splitLine: { show: false } },
    ],
    series: [
      {
        ...line('terminals connected', ({ online }) => online, 0),
        markLine: { symbol: 'none', data: [{ xAxis: restart }], label: { formatter: 'broker killed' } },
      },
      line('attempts to connect per second', ({ attempts }) => attempts, 1),
      line('presses per second', ({ presses }) => presses, 1),
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
