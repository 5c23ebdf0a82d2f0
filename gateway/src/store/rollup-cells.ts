import type { RollupCell, RollupQuery } from './store.js';

/** One row of rollups: a bucket of a terminal at a service point. */
export interface RollupRow {
  start: number;
  terminal: string;
  servicePoint: string | undefined;
  /** c0…c3, repeats, estimated, excluded. */
  counts: readonly [number, number, number, number, number, number, number];
}

/** Start of the cell that an instant lies in, UTC ms. */
export function cellStart(start: number, query: Pick<RollupQuery, 'from' | 'step'>): number {
  if (query.step === 'whole') return query.from;
  const { stepMs, offsetMs } = query.step;
  return Math.floor((start + offsetMs) / stepMs) * stepMs - offsetMs;
}

/** Cells in the order of the contract: start, terminal, service point. */
export function compareCells(a: RollupCell, b: RollupCell): number {
  return a.start - b.start || compareIds(a.terminal, b.terminal) || compareIds(a.servicePoint, b.servicePoint);
}

function compareIds(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
