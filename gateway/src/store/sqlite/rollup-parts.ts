import { cellStart } from '../rollup-cells.js';
import { BUCKET_MS, type RollupQuery } from '../store.js';

/** A table of counts by time, and how long its steps are, ms. */
export type Grain = { table: 'rollups' | 'rollup_blocks'; stepMs: number };
export const BUCKETS: Grain = { table: 'rollups', stepMs: BUCKET_MS };
export const BLOCKS: Grain = { table: 'rollup_blocks', stepMs: 24 * BUCKET_MS };

/** UTC ms; `to` exclusive. */
export type RollupRange = [from: number, to: number];

/** A stretch of a cell that is read from one table. */
export interface Part {
  /** Of the cell. */
  start: number;
  from: number;
  to: number;
  grain: Grain;
}

/** Whether the cells are so long that it pays to read blocks. */
export function isLong({ step }: RollupQuery): boolean {
  return step === 'whole' || step.stepMs >= BLOCKS.stepMs;
}

/** The cells that a range touches, each with its part of the range, or its parts. */
export function partsOf(query: RollupQuery, [from, to]: RollupRange): Part[] {
  if (query.step === 'whole') return partsOfLong(query.from, from, to);
  const parts: Part[] = [];
  for (let start = cellStart(from, query); start < to; start += query.step.stepMs) {
    const [first, end] = [Math.max(start, from), Math.min(start + query.step.stepMs, to)];
    if (isLong(query)) parts.push(...partsOfLong(start, first, end));
    else parts.push({ start, from: first, to: end, grain: BUCKETS });
  }
  return parts;
}

/** Buckets up to the first block, blocks, buckets after the last. */
function partsOfLong(start: number, from: number, to: number): Part[] {
  const first = Math.ceil(from / BLOCKS.stepMs) * BLOCKS.stepMs;
  const last = Math.floor(to / BLOCKS.stepMs) * BLOCKS.stepMs;
  if (first >= last) return [{ start, from, to, grain: BUCKETS }];
  const parts = [
    { start, from, to: first, grain: BUCKETS },
    { start, from: first, to: last, grain: BLOCKS },
    { start, from: last, to, grain: BUCKETS },
  ];
  return parts.filter((part) => part.from < part.to);
}
