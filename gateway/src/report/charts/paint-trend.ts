import { CustomChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { ContentChart } from '../content/report-content.js';
import type { ChartPalette } from './chart-palette.js';
import { plainSvg } from './plain-svg.js';
import { trendOption } from './trend-option.js';

use([CustomChart, GridComponent, LineChart, SVGRenderer]);

const HEIGHT_PX = 200;

/** The trend as SVG. A painter that is not disposed of would keep the program running. */
export function paintTrend(chart: ContentChart & { kind: 'trend' }, palette: ChartPalette, widthPx: number): string {
  const painter = init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: HEIGHT_PX });
  try {
    painter.setOption(trendOption(chart, palette));
    return plainSvg(painter.renderToSVGString(), palette.font);
  } finally {
    painter.dispose();
  }
}
