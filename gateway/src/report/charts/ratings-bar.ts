import { RATINGS } from '@hymio/protocol';
import { type RatingCounts, totalOf } from '../../statistics/happy-index.js';
import type { ChartPalette } from './chart-palette.js';

const HEIGHT_PX = 16;
const GAP_PX = 2;

/** The four counts as one bar, very happy first; it may be stretched. Four rectangles need no library. */
export function ratingsBar(ratings: RatingCounts, palette: ChartPalette, widthPx: number): string {
  const used = [...RATINGS].reverse().filter((rating) => ratings[rating] > 0);
  const n = totalOf(ratings);
  const room = widthPx - GAP_PX * (used.length - 1);
  let x = 0;
  const parts = used.map((rating) => {
    const width = (room * ratings[rating]) / n;
    const part = `<rect x="${tenth(x)}" y="0" width="${tenth(width)}" height="${HEIGHT_PX}" fill="${palette.ratings[rating]}"/>`;
    x += width + GAP_PX;
    return part;
  });
  const size = `width="${widthPx}" height="${HEIGHT_PX}" viewBox="0 0 ${widthPx} ${HEIGHT_PX}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" preserveAspectRatio="none" ${size}>${parts.join('')}</svg>`;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
