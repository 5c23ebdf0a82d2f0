import type { PublicBlock } from './public-block.js';
import { type PublicTable, SMALLEST_CELL, SMALLEST_TOTAL, suppressSmallCells } from './suppress-small-cells.js';

/** What everybody may see of a week of a service point. */
export interface PublicWeek {
  /** `2026-W47` */
  week: string;
  /** UTC ms, `to` exclusive. */
  from: number;
  to: number;
  /** How many answered; null: fewer than 5. */
  answers: number | null;
  /** Of the answers until `upTo` (UTC ms); null: too few yet. */
  result: (PublicTable & { upTo: number }) | null;
}

/**
 * A week from its closed blocks, each of which is suppressed by itself; nothing is computed from what is not closed but
 * how many there are. `answers`: counted so far. Pure.
 */
export function publicWeek(
  week: { id: string; from: number; to: number },
  blocks: readonly PublicBlock[],
  answers: number,
): PublicWeek {
  const mine = blocks.filter((block) => block.from >= week.from && block.to <= week.to);
  const tables = mine
    .map((block) => ({ ...suppressSmallCells(block.ratings), upTo: block.to }))
    // Of so few nothing is known that could be added.
    .filter(({ n }) => n >= SMALLEST_TOTAL);
  return {
    week: week.id,
    from: week.from,
    to: week.to,
    answers: answers < SMALLEST_CELL ? null : answers,
    result: tables.length === 0 ? null : tables.reduce(join),
  };
}

type Result = PublicTable & { upTo: number };

function join(a: Result, b: Result): Result {
  const sum = (x: number | null, y: number | null): number | null => (x === null || y === null ? null : x + y);
  const [a0, a1, a2, a3] = a.cells;
  const [b0, b1, b2, b3] = b.cells;
  return {
    n: a.n + b.n,
    satisfied: { low: a.satisfied.low + b.satisfied.low, high: a.satisfied.high + b.satisfied.high },
    cells: [sum(a0, b0), sum(a1, b1), sum(a2, b2), sum(a3, b3)],
    upTo: Math.max(a.upTo, b.upTo),
  };
}
