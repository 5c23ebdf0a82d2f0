import type { RollupCell } from '../store.js';

/** Bucket or cell, terminal key, service point key (0 where not asked for), c0…c3, repeats, estimated, excluded. */
export type RollupTuple = [number, number, number, number, number, number, number, number, number, number];

export function toCell(start: number, row: RollupTuple): RollupCell {
  return { start, ratings: [row[3], row[4], row[5], row[6]], repeats: row[7], estimated: row[8], excluded: row[9] };
}

export function addRow(cell: RollupCell, row: RollupTuple): void {
  const { ratings } = cell;
  ratings[0] += row[3];
  ratings[1] += row[4];
  ratings[2] += row[5];
  ratings[3] += row[6];
  cell.repeats += row[7];
  cell.estimated += row[8];
  cell.excluded += row[9];
}

/** A block keeps its row when everything in it has been taken back. */
export function isUsed({ ratings, repeats, excluded }: RollupCell): boolean {
  return repeats > 0 || excluded > 0 || ratings.some((count) => count > 0);
}
