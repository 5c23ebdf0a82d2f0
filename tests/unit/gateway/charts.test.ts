import { type ContentChart, drawChart, PAGE_PALETTE, PAPER_PALETTE } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const table = { caption: '', columns: [], rows: [], shape: 'plain' } as const;
const ticks = [0.6, 0.8, 1].map((share) => ({ share, text: `${100 * share} %` }));
const point = (label: string, share: number | null) => ({
  label,
  value: share === null ? null : { share, interval: { low: share - 0.05, high: share + 0.04 } },
});
const shares = [0.8, 0.82, null, 0.7, null, 0.85, 0.9, 0.88, 0.81, 0.8, 0.79, 0.81];
const trend: ContentChart = {
  kind: 'trend',
  axis: 'Viikko <&"',
  ticks,
  points: shares.map((share, index) => point(String(36 + index), share)),
  alternative: 'Kuva',
  table,
};
const bar = (ratings: [number, number, number, number]): ContentChart => {
  return { kind: 'ratings', ratings, alternative: 'Kuva', table };
};
const numbers = (svg: string, pattern: RegExp) => [...svg.matchAll(pattern)].map(([, number]) => Number(number));

describe('a drawn trend', () => {
  it('has a dot and an interval for each week with enough answers, where its share lies', async () => {
    const svg = await drawChart(trend, PAPER_PALETTE, 440);
    const counted = shares.filter((share) => share !== null);
    expect(svg.match(/transform="matrix/g)).toHaveLength(counted.length);
    expect(svg.match(/stroke-width="1.5"/g)).toHaveLength(counted.length);
    const heights = numbers(svg, /transform="matrix\([^)]*,([\d.]+)\)"/g);
    const bottom = numbers(svg, /translate\(\d+ ([\d.]+)\)"[^>]*>60 %/g)[0] ?? Number.NaN;
    const top = numbers(svg, /translate\(\d+ ([\d.]+)\)"[^>]*>100 %/g)[0] ?? Number.NaN;
    const expected = counted.map((share) => bottom - ((share - 0.6) / 0.4) * (bottom - top));
    for (const [index, height] of heights.entries()) expect(Math.abs(height - (expected[index] ?? 0))).toBeLessThan(1);
  });

  it('names its weeks, lines and axis, escaped', async () => {
    const svg = await drawChart(trend, PAPER_PALETTE, 440);
    for (const text of ['36', '41', '47', '60 %', '80 %', '100 %']) expect(svg).toContain(`>${text}</text>`);
    expect(svg).toContain('Viikko &lt;&amp;&quot;');
  });

  it('is small, always the same, and holds nothing that a page’s security policy refuses or that may stand there once', async () => {
    const [svg, again] = [await drawChart(trend, PAGE_PALETTE, 440), await drawChart(trend, PAGE_PALETTE, 440)];
    expect(again).toBe(svg);
    expect(svg).not.toMatch(/<style|style=|class=|\bid=|url\(|<script|ecmeta/);
    expect(svg.length).toBeLessThan(7_000);
    expect(svg).toContain('stroke="var(--value)"');
    expect(svg).not.toMatch(/#[0-9a-f]{3,6}\b/i);
    expect(await drawChart(trend, PAPER_PALETTE, 440)).not.toContain('var(');
  });
});

describe('drawn ratings', () => {
  it('are one bar, best first, each as wide as its part', async () => {
    const svg = await drawChart(bar([17, 16, 0, 126]), PAPER_PALETTE, 640);
    expect([...svg.matchAll(/fill="([^"]+)"/g)].map(([, colour]) => colour)).toEqual(
      [3, 1, 0].map((rating) => PAPER_PALETTE.ratings[rating]),
    );
    const widths = numbers(svg, /<rect [^>]*width="([\d.]+)"/g);
    const room = 640 - 2 * 2;
    expect(widths.map((width) => Math.round((width / room) * 159))).toEqual([126, 16, 17]);
  });
});
