import { type Assignment, assignmentInForce } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const TERMINALS = ['a', 'a-1', 'b', 'k-1', 'z'];

/** Stays of each terminal one after the other, with and without gaps, sorted as in a registry. */
const assignments = fc
  .array(
    fc.record({
      terminal: fc.constantFrom(...TERMINALS.slice(1, 4)),
      from: fc.nat(20),
      length: fc.integer({ min: 1, max: 6 }),
    }),
  )
  .map((stays) => {
    const sorted: Assignment[] = [];
    for (const terminal of TERMINALS) {
      let end = Number.NEGATIVE_INFINITY;
      const own = stays.filter((stay) => stay.terminal === terminal).sort((a, b) => a.from - b.from);
      for (const { from, length } of own) {
        if (from < end) continue;
        end = length === 6 ? Number.POSITIVE_INFINITY : from + length;
        const to = end === Number.POSITIVE_INFINITY ? {} : { to: end };
        sorted.push({ terminal, servicePoint: `${terminal} from ${from}`, from, ...to });
      }
    }
    return sorted;
  });

describe('where a terminal stands', () => {
  it('is what going through all assignments finds', () => {
    fc.assert(
      fc.property(assignments, (all) => {
        for (const terminal of TERMINALS) {
          for (let at = -1; at < 30; at += 1) {
            const plain = all.find(
              (one) => one.terminal === terminal && one.from <= at && (one.to === undefined || at < one.to),
            );
            expect(assignmentInForce({ assignments: all }, terminal, at)).toBe(plain);
          }
        }
      }),
    );
  });
});
