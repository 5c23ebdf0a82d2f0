import { PressStreaks } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const DAY = 24 * 3_600_000;
const T = Date.UTC(2026, 10, 20, 12);

describe('streaks of very happy presses', () => {
  it('grow with each, and end with any other', () => {
    const streaks = new PressStreaks();
    expect(streaks.of(0)).toBeUndefined();
    for (const at of [T, T + 2, T + 1]) streaks.add(0, 3, at);
    expect(streaks.of(0)).toEqual({ presses: 3, lastAt: T + 2 });
    streaks.add(0, 2, T + 3);
    expect(streaks.of(0)).toBeUndefined();
    streaks.add(0, 3, T + 4);
    expect(streaks.of(0)).toEqual({ presses: 1, lastAt: T + 4 });
  });

  it('begin anew after a day', () => {
    const streaks = new PressStreaks();
    streaks.put(0, { presses: 8, lastAt: T });
    streaks.add(0, 3, T + DAY);
    expect(streaks.of(0)).toEqual({ presses: 9, lastAt: T + DAY });
    streaks.add(0, 3, T + 2 * DAY + 1);
    expect(streaks.of(0)).toEqual({ presses: 1, lastAt: T + 2 * DAY + 1 });
  });

  it('are those of many places, each its own', () => {
    const streaks = new PressStreaks();
    for (let place = 0; place < 1_000; place += 1) streaks.put(place, { presses: place, lastAt: T + place });
    streaks.add(5_000, 0, T);
    for (const place of [1, 63, 64, 80, 81, 999]) {
      expect(streaks.of(place)).toEqual({ presses: place, lastAt: T + place });
    }
    expect([0, 1_000, 5_000, 9_999].map((place) => streaks.of(place))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
