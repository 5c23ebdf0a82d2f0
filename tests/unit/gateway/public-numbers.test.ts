import {
  closableSpan,
  isFullBlock,
  type PublicBlock,
  type PublicTable,
  publicWeek,
  suppressSmallCells,
  weekSpan,
} from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Ratings = readonly [number, number, number, number];
const ZONE = 'Europe/Helsinki';
const WEEK = weekSpan({ year: 2026, week: 47 }, ZONE);
const DAY = 24 * 3_600_000;

/** All tables with this many answers. */
function tablesOf(n: number): Ratings[] {
  const tables: Ratings[] = [];
  for (let a = 0; a <= n; a += 1) {
    for (let b = 0; a + b <= n; b += 1) for (let c = 0; a + b + c <= n; c += 1) tables.push([a, b, c, n - a - b - c]);
  }
  return tables;
}

const totalOf = (ratings: Ratings): number => ratings.reduce((sum, count) => sum + count, 0);

describe('small cells', () => {
  it('are hidden, with the one that they could be worked out from', () => {
    expect(suppressSmallCells([17, 16, 60, 126])).toEqual({
      n: 219,
      satisfied: { low: 186, high: 186 },
      cells: [17, 16, 60, 126],
    });
    expect(suppressSmallCells([4, 16, 60, 126])).toMatchObject({ cells: [null, null, 60, 126] });
    expect(suppressSmallCells([17, 16, 0, 126])).toMatchObject({ cells: [17, 16, null, null] });
    // Two were not satisfied: that there were fewer than five may be known, not how many.
    expect(suppressSmallCells([1, 1, 10, 28])).toEqual({
      n: 40,
      satisfied: { low: 36, high: 40 },
      cells: [null, null, null, null],
    });
    expect(suppressSmallCells([6, 6, 2, 2])).toMatchObject({ satisfied: { low: 0, high: 4 } });
    expect(suppressSmallCells([0, 0, 4, 5])).toEqual({
      n: 9,
      satisfied: { low: 0, high: 9 },
      cells: [null, null, null, null],
    });
  });

  it('cannot be worked out by who knows the rule: each hidden count could be another', () => {
    for (let n = 1; n <= 21; n += 1) {
      const byPublication = new Map<string, Ratings[]>();
      for (const table of tablesOf(n)) {
        const said = JSON.stringify(suppressSmallCells(table));
        const alike = byPublication.get(said);
        if (alike === undefined) byPublication.set(said, [table]);
        else alike.push(table);
      }
      for (const [said, tables] of byPublication) {
        const published = JSON.parse(said) as PublicTable;
        for (const [rating, shown] of published.cells.entries()) {
          const values = new Set(tables.map((table) => table[rating]));
          if (shown === null) expect(values.size, said).toBeGreaterThanOrEqual(Math.min(n + 1, 5));
          else expect([...values], said).toEqual([shown]);
        }
        const satisfied = new Set(tables.map((table) => table[2] + table[3]));
        const { low, high } = published.satisfied;
        expect(Math.min(...satisfied), said).toBe(low);
        expect(Math.max(...satisfied), said).toBe(high);
        expect(low === high || satisfied.size >= Math.min(n + 1, 5), said).toBe(true);
      }
    }
  });

  it('are never shown, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.nat(400), fc.nat(400), fc.nat(400), (a, b, c, d) => {
        const { n, satisfied, cells } = suppressSmallCells([a, b, c, d]);
        for (const cell of cells) expect(cell === null || cell >= 5).toBe(true);
        expect((cells[0] === null) === (cells[1] === null)).toBe(true);
        expect((cells[2] === null) === (cells[3] === null)).toBe(true);
        if (satisfied.low === satisfied.high) {
          expect(satisfied.low).toBeGreaterThanOrEqual(5);
          expect(n - satisfied.low).toBeGreaterThanOrEqual(5);
        } else expect(cells).toEqual([null, null, null, null]);
        expect(satisfied.low <= c + d && c + d <= satisfied.high).toBe(true);
      }),
    );
  });
});

/** Looks at a running week once a day, closing what is due each time; what was public at each look. */
function looksAt(days: readonly Ratings[]): unknown[] {
  const blocks: PublicBlock[] = [];
  return Array.from({ length: 8 }, (_, day) => {
    const now = WEEK.from + day * DAY + 4 * 3_600_000;
    const span = closableSpan(WEEK, blocks.at(-1)?.to, { now, zone: ZONE });
    if (span !== undefined) {
      const first = Math.round((span.from - WEEK.from) / DAY);
      const last = Math.round((span.to - WEEK.from) / DAY);
      const ratings = sum(days.slice(first, last));
      if (isFullBlock(totalOf(ratings), span.to, WEEK)) blocks.push({ servicePoint: 's', ...span, ratings });
    }
    return publicWeek(WEEK, blocks, totalOf(sum(days.slice(0, day + 1))));
  });
}

function sum(tables: readonly Ratings[]): Ratings {
  return [0, 1, 2, 3].map((rating) =>
    tables.reduce((all, table) => all + (table[rating] ?? 0), 0),
  ) as unknown as Ratings;
}

describe('results that are published while the week goes on', () => {
  const dayOf = fc.tuple(fc.nat(12), fc.nat(12), fc.nat(40), fc.nat(60));

  it('tell nothing that one of them does not tell by itself: not by what differs between two looks', () => {
    fc.assert(
      fc.property(
        fc.array(dayOf, { minLength: 7, maxLength: 7 }),
        fc.nat(6),
        fc.nat(3),
        fc.nat(3),
        (days, day, from, to) => {
          // One person of one day pressed another button. If the block of that day says the same, so does every look.
          const changed = days.map((table): Ratings => {
            const other = [...table] as [number, number, number, number];
            if (table !== days[day] || other[from as 0] === 0) return table;
            other[from as 0] -= 1;
            other[to as 0] += 1;
            return other;
          });
          const blocks = (all: readonly Ratings[]) => blocksOf(all).map((ratings) => suppressSmallCells(ratings));
          const same = JSON.stringify(blocks(days)) === JSON.stringify(blocks(changed));
          if (same) expect(looksAt(changed)).toEqual(looksAt(days));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never move by fewer than fifty answers before the week is over', () => {
    fc.assert(
      fc.property(fc.array(dayOf, { minLength: 7, maxLength: 7 }), (days) => {
        const looks = looksAt(days).slice(0, 7) as ReturnType<typeof publicWeek>[];
        const steps = looks.map(({ result }) => result?.n ?? 0);
        for (const [index, n] of steps.entries()) {
          const before = steps[index - 1] ?? 0;
          expect(n === before || n - before >= 50).toBe(true);
        }
      }),
    );
  });

  /** Tables of the blocks that are closed when the week is over. */
  function blocksOf(days: readonly Ratings[]): Ratings[] {
    const blocks: { to: number; ratings: Ratings }[] = [];
    for (let day = 1; day <= 7; day += 1) {
      const now = WEEK.from + day * DAY + 4 * 3_600_000;
      const span = closableSpan(WEEK, blocks.at(-1)?.to, { now, zone: ZONE });
      if (span === undefined) continue;
      const ratings = sum(
        days.slice(Math.round((span.from - WEEK.from) / DAY), Math.round((span.to - WEEK.from) / DAY)),
      );
      if (isFullBlock(totalOf(ratings), span.to, WEEK)) blocks.push({ to: span.to, ratings });
    }
    return blocks.map(({ ratings }) => ratings);
  }

  it('are closed at the end of local days, three hours later, also when the clocks change', () => {
    const spring = weekSpan({ year: 2026, week: 13 }, ZONE);
    const at = (text: string) => Date.parse(text);
    const span = (now: string, closedTo?: number) => closableSpan(spring, closedTo, { now: at(now), zone: ZONE });
    expect(span('2026-03-24T02:59:00+02:00')).toBeUndefined();
    expect(span('2026-03-24T03:00:00+02:00')).toEqual({ from: spring.from, to: at('2026-03-24T00:00:00+02:00') });
    const sunday = at('2026-03-29T00:00:00+02:00');
    expect(span('2026-03-30T02:59:00+03:00', sunday)).toBeUndefined();
    expect(span('2026-03-30T03:00:00+03:00', sunday)).toEqual({ from: sunday, to: at('2026-03-30T00:00:00+03:00') });
    expect(span('2026-04-20T00:00:00+03:00')).toEqual({ from: spring.from, to: spring.to });
    expect(span('2026-04-20T00:00:00+03:00', spring.to)).toBeUndefined();
  });

  it('leave out what is too little to add, and hide a face that one part hides', () => {
    const block = (day: number, ratings: Ratings): PublicBlock => ({
      servicePoint: 's',
      from: WEEK.from + day * DAY,
      to: WEEK.from + (day + 1) * DAY,
      ratings,
    });
    const blocks = [block(0, [10, 10, 20, 20]), block(1, [10, 2, 20, 20]), block(2, [0, 1, 0, 2])];
    expect(publicWeek(WEEK, blocks, 115)).toEqual({
      week: '2026-W47',
      from: WEEK.from,
      to: WEEK.to,
      answers: 115,
      result: {
        n: 112,
        satisfied: { low: 80, high: 80 },
        cells: [null, null, 40, 40],
        upTo: WEEK.from + 2 * DAY,
      },
    });
    expect(publicWeek(WEEK, [], 4)).toMatchObject({ answers: null, result: null });
    expect(publicWeek(WEEK, [block(0, [1, 1, 1, 2])], 5)).toMatchObject({ answers: 5, result: null });
  });
});
