import {
  type AlertCondition,
  alertRuleSchema,
  alertTimes,
  DEFAULT_ALERT_RULES,
  judgePresses,
  judgeStreak,
  judgeSuspects,
  judgeTerminal,
  neededOpenMs,
  type PressSight,
  STREAK_LIFE_MS,
  type Verdict,
} from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
type Ratings = [number, number, number, number];
type PressCondition = Parameters<typeof judgePresses>[0];

const sight = (fresh: Ratings, more: Partial<PressSight> = {}): PressSight => ({
  fresh,
  all: fresh.reduce((sum, count) => sum + count, 0),
  isOpen: true,
  openMs: 7 * DAY,
  workedShare: 1,
  ...more,
});
const negative: PressCondition = { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 15 * MINUTE };
const below: PressCondition = { kind: 'index-below', index: 40, minPresses: 4, windowMs: HOUR };
const above: PressCondition = { kind: 'index-above', index: 90, minPresses: 4, windowMs: HOUR };
const many: PressCondition = { kind: 'presses-above', presses: 10, windowMs: HOUR };
const few: PressCondition = { kind: 'presses-below', presses: 5, windowMs: 4 * HOUR };

describe('a rule on presses', () => {
  it.each<[PressCondition, Ratings, Verdict]>([
    [negative, [2, 0, 2, 0], 'met'],
    [negative, [1, 1, 1, 1], 'met'],
    [negative, [0, 4, 0, 0], 'met'],
    [negative, [3, 0, 0, 0], 'between'],
    [negative, [1, 0, 0, 0], 'between'],
    [negative, [2, 0, 3, 0], 'between'],
    [negative, [1, 0, 2, 0], 'over'],
    [negative, [0, 0, 0, 0], 'over'],
    [negative, [0, 0, 1, 0], 'over'],
    [below, [4, 0, 0, 0], 'met'],
    [below, [2, 0, 0, 0], 'between'],
    [below, [0, 4, 1, 0], 'between'],
    [below, [0, 0, 4, 0], 'over'],
    [below, [0, 0, 0, 0], 'over'],
    [above, [0, 0, 0, 4], 'met'],
    [above, [0, 0, 0, 3], 'between'],
    [above, [0, 0, 3, 6], 'between'],
    [above, [0, 0, 3, 3], 'over'],
    [above, [0, 0, 0, 0], 'over'],
    // On the bound itself: an index of 45, 90 and 85, eight presses of ten.
    [below, [11, 0, 0, 9], 'over'],
    [above, [1, 0, 0, 9], 'between'],
    [above, [3, 0, 0, 17], 'over'],
    [many, [0, 0, 0, 8], 'between'],
    [many, [0, 0, 0, 10], 'met'],
    [many, [0, 0, 0, 9], 'between'],
    [many, [0, 0, 0, 7], 'over'],
  ])('%j with %j is %s', (condition, ratings, verdict) => {
    expect(judgePresses(condition, sight(ratings))).toBe(verdict);
  });

  it('meets a share exactly, whatever rounding does', () => {
    for (let n = 1; n <= 50; n += 1) {
      for (let bad = 0; bad <= n; bad += 1) {
        const condition = { ...negative, share: bad / n === 0 ? 1 : bad / n, minPresses: 1 };
        if (bad > 0) expect(judgePresses(condition, sight([bad, 0, n - bad, 0]))).toBe('met');
      }
    }
  });

  it.each<[string, Ratings, Partial<PressSight>, Verdict]>([
    ['too few while open and working', [0, 0, 0, 4], {}, 'met'],
    ['none at all', [0, 0, 0, 0], {}, 'met'],
    ['enough', [0, 0, 0, 6], {}, 'over'],
    ['just enough', [0, 0, 0, 5], {}, 'between'],
    ['closed now', [0, 0, 0, 0], { isOpen: false }, 'between'],
    ['opened a moment ago', [0, 0, 0, 0], { openMs: HOUR }, 'between'],
    ['the terminal was off', [0, 0, 0, 0], { workedShare: 0.5 }, 'between'],
    ['nothing is known of the terminal', [0, 0, 0, 0], { workedShare: 0 }, 'between'],
    ['many that came late', [0, 0, 0, 0], { all: 6 }, 'over'],
    ['open just long enough', [0, 0, 0, 0], { openMs: 4 * HOUR }, 'met'],
    ['working just enough', [0, 0, 0, 0], { workedShare: 0.9 }, 'met'],
  ])('on too few presses: %s', (_name, ratings, more, verdict) => {
    expect(judgePresses(few, sight(ratings, more))).toBe(verdict);
  });
});

describe('a rule on a streak', () => {
  it.each([
    [{ presses: 10, lastAt: 0 }, 0, 'met'],
    [{ presses: 9, lastAt: 0 }, 0, 'over'],
    [{ presses: 10, lastAt: 0 }, STREAK_LIFE_MS + 1, 'over'],
    [{ presses: 10, lastAt: 0 }, STREAK_LIFE_MS, 'met'],
    [{ presses: 10, lastAt: 5 * DAY }, 5 * DAY + MINUTE, 'met'],
  ])('with %j', (streak, now, verdict) => {
    expect(judgeStreak(10, streak, now)).toBe(verdict);
  });
});

describe('a rule on terminals', () => {
  const offline = { kind: 'terminal-state', states: ['offline'], forMs: 15 * MINUTE } as const satisfies AlertCondition;
  const condition = { ...offline, states: [...offline.states] };
  const NOW = 100 * HOUR;

  it.each([
    ['for long enough', { state: 'offline', since: NOW - 15 * MINUTE }, 0, 'met'],
    ['not for long enough', { state: 'offline', since: NOW - 14 * MINUTE }, 0, 'between'],
    ['working', { state: 'working', since: NOW - HOUR }, 0, 'over'],
    ['closed for the night', { state: 'offline-closed', since: NOW - HOUR }, 0, 'between'],
    ['since before the gateway listened', { state: 'offline', since: 0 }, NOW - 14 * MINUTE, 'between'],
    ['and still after it has listened', { state: 'offline', since: 0 }, NOW - 15 * MINUTE, 'met'],
    ['while the gateway hears nobody', { state: 'offline', since: 0 }, undefined, 'between'],
    ['working when last heard, while the gateway hears nobody', { state: 'working', since: 0 }, undefined, 'between'],
  ] as const)('%s', (_name, seen, listeningSince, verdict) => {
    expect(judgeTerminal(condition, seen, listeningSince, NOW)).toBe(verdict);
  });

  it('gives terminals time to be heard again after a start, even a rule that waits for nothing', () => {
    const at = (listeningSince: number, since: number) =>
      judgeTerminal({ ...condition, forMs: 0 }, { state: 'offline', since }, listeningSince, NOW);
    expect(at(NOW - MINUTE, 0)).toBe('between');
    expect(at(NOW - 3 * MINUTE, 0)).toBe('met');
    expect(at(NOW - MINUTE, NOW - 1)).toBe('met');
    expect(at(NOW - MINUTE, NOW - MINUTE)).toBe('between');
  });
});

describe('a rule from outside', () => {
  const [valid] = DEFAULT_ALERT_RULES;

  it('is taken as it stands in the defaults', () => {
    for (const rule of DEFAULT_ALERT_RULES) expect(alertRuleSchema.parse(rule)).toEqual(rule);
  });

  it.each([
    { condition: { ...negative, windowMs: MINUTE - 1 } },
    { condition: { ...negative, windowMs: 7 * DAY + 1 } },
    { condition: { ...negative, share: 0 } },
    { condition: { ...negative, minPresses: 0 } },
    { quietHours: { from: 60, to: 60 } },
    { recipients: [{ kind: 'email', address: 'a@example.org\nBcc: b@example.org', language: 'fi' }] },
    { recipients: [{ kind: 'email', address: 'a@example.org, b@example.org', language: 'fi' }] },
    { recipients: [{ kind: 'webhook', webhook: 'http://169.254.169.254/' }] },
    { name: 'Not an id' },
  ])('is refused with %j', (more) => {
    expect(alertRuleSchema.safeParse({ ...valid, ...more }).success).toBe(false);
  });
});

describe('a rule on presses that no panel can send', () => {
  it.each([
    ['as many as it asks for, by both reasons together', { ahead: 2, pace: 3, known: true }, 'met'],
    ['as many soon after a start', { ahead: 5, pace: 0, known: false }, 'met'],
    ['fewer', { ahead: 1, pace: 3, known: true }, 'between'],
    ['as many of one kind as of the other, too few', { ahead: 2, pace: 2, known: true }, 'between'],
    ['none in a whole window', { ahead: 0, pace: 0, known: true }, 'over'],
    ['none, but the gateway has not run for a window', { ahead: 0, pace: 0, known: false }, 'between'],
  ] as const)('with %s', (_name, sight, verdict) => {
    expect(judgeSuspects(5, sight)).toBe(verdict);
  });
});

describe('how long things take', () => {
  it('a streak lives for a day', () => {
    expect(STREAK_LIFE_MS).toBe(DAY);
  });

  it.each([
    [HOUR, HOUR],
    [8 * HOUR, 8 * HOUR],
    [DAY, 8 * HOUR],
    [7 * DAY, 16.8 * HOUR],
  ])('a window of %d ms says something of silence after %d ms of opening time', (windowMs, openMs) => {
    expect(neededOpenMs(windowMs)).toBe(openMs);
  });

  it.each<[AlertCondition, number, number]>([
    [{ kind: 'terminal-state', states: ['offline'], forMs: 0 }, 2 * MINUTE, HOUR],
    [{ kind: 'suspect-presses', presses: 5, windowMs: HOUR }, 0, DAY],
    [{ kind: 'very-happy-streak', presses: 10 }, 15 * MINUTE, DAY],
    [{ ...negative, windowMs: MINUTE }, 5 * MINUTE, HOUR],
    [{ ...negative, windowMs: 30 * MINUTE }, 10 * MINUTE, HOUR],
    [{ ...negative, windowMs: 5 * HOUR }, HOUR, 2.5 * HOUR],
    [{ ...negative, windowMs: 7 * DAY }, HOUR, DAY],
  ])('an alert of %j closes after %d ms and is forgotten after %d ms', (condition, recoveryMs, coolDownMs) => {
    expect(alertTimes(condition)).toEqual({ recoveryMs, coolDownMs });
  });
});
