import type { EChartsCoreOption } from 'echarts/core';
import type { ContentChart, TrendPoint } from '../content/report-content.js';
import type { ChartPalette } from './chart-palette.js';

type TrendChart = ContentChart & { kind: 'trend' };

const FONT_PX = 13;
const WHISKER_PX = 4;

/** The share of each week with its interval; a week with too few answers leaves a gap. */
export function trendOption({ axis, points, ticks }: TrendChart, palette: ChartPalette): EChartsCoreOption {
  const texts = new Map(ticks.map(({ share, text }) => [percentOf(share), text]));
  const [low = 0, next = 1] = ticks.map(({ share }) => percentOf(share));
  const label = { color: palette.text, fontSize: FONT_PX };
  const line = { color: palette.line };
  return {
    animation: false,
    grid: { left: 52, right: 8, top: 12, bottom: 44 },
    xAxis: {
      type: 'category',
      data: points.map((point) => point.label),
      name: axis,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: label,
      axisLabel: { ...label, interval: 0 },
      axisTick: { show: false },
      axisLine: { lineStyle: line },
    },
    yAxis: {
      type: 'value',
      min: low,
      max: percentOf(ticks.at(-1)?.share ?? 1),
      interval: next - low,
      axisLabel: { ...label, formatter: (percent: number) => texts.get(Math.round(percent)) ?? '' },
      splitLine: { lineStyle: line },
    },
    series: [intervals(points, palette), shares(points, palette)],
  };
}

/** Whole, as ticks are: sums of tenths never quite meet. */
function percentOf(share: number): number {
  return Math.round(100 * share);
}

function shares(points: readonly TrendPoint[], { value }: ChartPalette): object {
  return {
    type: 'line',
    silent: true,
    clip: false,
    symbol: 'circle',
    data: points.map((point, index) => ({
      value: point.value === null ? null : 100 * point.value.share,
      symbolSize: index === points.length - 1 ? 10 : 6,
    })),
    lineStyle: { color: value, width: 2 },
    itemStyle: { color: value },
  };
}

interface RenderApi {
  value(dimension: number): number;
  coord(point: readonly number[]): number[];
}

function intervals(points: readonly TrendPoint[], { value }: ChartPalette): object {
  return {
    type: 'custom',
    silent: true,
    clip: false,
    data: points.flatMap((point, index) =>
      point.value === null ? [] : [[index, 100 * point.value.interval.low, 100 * point.value.interval.high]],
    ),
    renderItem: (_: unknown, api: RenderApi) => {
      const [x = 0, bottom = 0] = api.coord([api.value(0), api.value(1)]);
      const [, top = 0] = api.coord([api.value(0), api.value(2)]);
      const across = (y: number) => `M${x - WHISKER_PX} ${y}H${x + WHISKER_PX}`;
      const pathData = `M${x} ${bottom}V${top}${across(bottom)}${across(top)}`;
      return { type: 'path', shape: { pathData }, style: { stroke: value, fill: 'none', lineWidth: 1.5 } };
    },
  };
}
