import { noPace, SUSPICIONS, type Suspicion, suspectPress } from '@hymio/gateway';
import type { ClockQuality, WirePress } from '@hymio/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const T = Date.UTC(2026, 10, 20, 12);
const DAY = 24 * 3_600_000;

/** What becomes of presses that are received at T, in the order in which they come. */
function suspicions(
  times: readonly number[],
  clock: ClockQuality = 'synced',
  receivedAt = T,
): (Suspicion | undefined)[] {
  const pace = noPace();
  return times.map((at) => {
    const press = (
      clock === 'estimated' ? { at, rating: 3, clock, uncertaintyMs: 5 } : { at, rating: 3, clock }
    ) as WirePress;
    return suspectPress(pace, press, receivedAt);
  });
}
const at = (count: number, stepMs: number, from = T - DAY) =>
  Array.from({ length: count }, (_, n) => from + n * stepMs);
const marked = (times: readonly number[], clock?: ClockQuality) =>
  suspicions(times, clock).filter((one) => one !== undefined).length;

describe('a press', () => {
  it.each([
    ['whose clock, said to be right, stands more than a day ahead', T + DAY + 1, 'synced', 'ahead'],
    ['whose clock was set right later and stands so all the same', T + DAY + 1, 'corrected', 'ahead'],
    ['whose time is a guess', T + 400 * DAY, 'estimated', undefined],
    ['a day ahead', T + DAY, 'synced', undefined],
    ['from before there were terminals: a clock that was never set', 0, 'synced', undefined],
  ] as const)('%s', (_, time, clock, expected) => {
    expect(suspicions([time], clock)).toEqual([expected]);
  });
});

describe('the pace of a terminal', () => {
  it('is possible as fast as four contacts go, for as long as anybody can', () => {
    expect(marked(at(5_000, 3))).toBe(0);
  });

  it('is possible for presses of weeks that arrive at once, and for a few dozen in one moment', () => {
    expect(marked(at(20_000, 90_000, T - 21 * DAY))).toBe(0);
    expect(marked(at(50, 0))).toBe(0);
  });

  it('is impossible where more come in a moment than contacts make, and possible again afterwards', () => {
    expect(marked(at(500, 0))).toBe(450);
    expect(marked([...at(500, 0), ...at(50, 20, T - DAY + 5_000)])).toBe(450);
    expect(marked(at(5_000, 2))).toBeGreaterThan(1_500);
  });

  it('does not count what a clock that was set makes of it', () => {
    const before = at(100, 2_000, T - 3_600_000);
    const setBack = at(100, 2_000, T - 7_200_000);
    expect(marked([...before, ...setBack, ...before])).toBe(0);
    expect(marked([T, ...at(100, 2_000)])).toBe(0);
  });

  it('does not count a clock that time sync put back by less than a second, however fast somebody hammers', () => {
    for (const backMs of [300, 500, 900]) {
      const hammered = at(200, 25);
      const putBack = at(200, 25, T - DAY + 200 * 25 - backMs);
      expect(marked([...hammered, ...putBack])).toBe(0);
      expect(marked([...at(3, 2_000), ...at(3, 250, T - DAY + 4_000 - backMs)])).toBe(0);
    }
  });

  it('is impossible where times jump about within a second', () => {
    expect(marked(at(1_000, 1).map((time, n) => time - ((n * 617) % 900)))).toBeGreaterThan(600);
  });

  it('is told apart from a clock that is ahead', () => {
    const hammered = suspicions([...at(51, 0), T + DAY + 1]);
    expect(hammered.slice(-2)).toEqual(['pace', 'ahead']);
    expect([...SUSPICIONS].sort()).toEqual(['ahead', 'pace']);
  });

  it('is not forgotten over a press whose time is a guess', () => {
    const pace = noPace();
    const pressed = { at: T - DAY, rating: 3, clock: 'synced' } as const;
    for (let n = 0; n < 50; n += 1) expect(suspectPress(pace, pressed, T)).toBeUndefined();
    const guessed = { at: T - 400 * DAY, rating: 3, clock: 'estimated', uncertaintyMs: 5 } as const;
    expect(suspectPress(pace, guessed, T)).toBeUndefined();
    expect(suspectPress(pace, pressed, T)).toBe('pace');
  });

  it('begins anew only where a clock went back by more than a second', () => {
    expect(suspicions([...at(50, 0), T - DAY - 1_000]).at(-1)).toBe('pace');
    expect(suspicions([...at(50, 0), T - DAY - 1_001]).at(-1)).toBeUndefined();
  });

  it('of guessed times says nothing', () => {
    expect(marked(at(500, 0), 'estimated')).toBe(0);
  });

  it('is never impossible where no two presses are closer than 3 ms, in whatever clock', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 3, max: 100_000 })), (steps) => {
        let time = T - DAY;
        return marked(steps.map((step) => (time += step))) === 0;
      }),
    );
  });
});
