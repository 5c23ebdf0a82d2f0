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

/** Adds the processes up, second by second; one that said nothing in a second is where it was, and catches up in the next. */
export function plotSeconds(parts: readonly (readonly FleetSecond[])[]): PlotSecond[] {
  const began = Math.min(...parts.flatMap((seconds) => seconds.slice(0, 1).map(({ at }) => at)));
  const secondOf = ({ at }: FleetSecond): number => Math.round((at - began) / 1000);
  const last = Math.max(...parts.flatMap((seconds) => seconds.slice(-1).map(secondOf)));
  const sums = Array.from({ length: last + 1 }, (_, at): PlotSecond => ({ at, online: 0, attempts: 0, presses: 0 }));
  for (const seconds of parts) {
    const byTime = new Map(seconds.map((second) => [secondOf(second), second]));
    let before: FleetSecond | undefined;
    for (const sum of sums) {
      const second = byTime.get(sum.at) ?? before;
      if (second === undefined) continue;
      sum.online += second.online;
      sum.attempts += attemptsOf(second) - (before === undefined ? 0 : attemptsOf(before));
      sum.presses += second.kept - (before?.kept ?? 0);
      before = second;
    }
  }
  return sums;
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
