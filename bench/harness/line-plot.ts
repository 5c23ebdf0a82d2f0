import * as echarts from 'echarts';

export interface LinePlot {
  title: string;
  /** What stands at the axes: one below, one or two at the sides. */
  x: string;
  y: readonly string[];
  series: readonly { name: string; axis: 0 | 1; points: readonly (readonly [x: number, y: number])[] }[];
  /** A moment that is marked. */
  mark?: { x: number; text: string };
}

/** SVG of lines over one axis. */
export function linePlot({ title, x, y, series, mark }: LinePlot): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 900, height: 420 });
  chart.setOption({
    animation: false,
    title: { text: title, left: 'center', textStyle: { fontSize: 14 } },
    legend: { bottom: 0 },
    xAxis: { type: 'value', name: x, min: 0 },
    yAxis: y.map((name, index) => ({ type: 'value', name, splitLine: { show: index === 0 } })),
    series: series.map(({ name, axis, points }, index) => ({
      ...{ type: 'line', name, yAxisIndex: axis, showSymbol: false, data: points },
      ...(mark !== undefined && index === 0
        ? { markLine: { symbol: 'none', data: [{ xAxis: mark.x }], label: { formatter: mark.text } } }
        : {}),
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
