import { linePlot } from '../harness/line-plot.js';
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
  const line = (name: string, of: (second: PlotSecond) => number, axis: 0 | 1) => ({
    ...{ name, axis, points: seconds.map((second) => [second.at, of(second)] as const) },
  });
  return linePlot({
    title,
    x: 's',
    y: ['terminals connected', 'per second'],
    series: [
      line('terminals connected', ({ online }) => online, 0),
      line('attempts to connect per second', ({ attempts }) => attempts, 1),
      line('presses per second', ({ presses }) => presses, 1),
    ],
    mark: { x: restart, text: 'broker killed' },
  });
}
