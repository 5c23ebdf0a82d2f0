import {
  type ButtonEvent,
  type ButtonsState,
  buttonsDueMs,
  INITIAL_BUTTONS,
  isChattering,
  isSettled,
  DEFAULT_BUTTON_RULES as RULES,
  stepButtons,
} from '@hymio/device';
import type { Rating } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const READY: ButtonEvent = { kind: 'ready', bootMs: 0 };
const down = (bootMs: number, button: Rating = 2): ButtonEvent => ({ kind: 'edge', button, down: true, bootMs });
const up = (bootMs: number, button: Rating = 2): ButtonEvent => ({ kind: 'edge', button, down: false, bootMs });
const time = (bootMs: number): ButtonEvent => ({ kind: 'time', bootMs });
const contacts = (bootMs: number, ...closed: Rating[]): ButtonEvent => ({ kind: 'contacts', down: closed, bootMs });
const made = (bootMs: number, button: Rating = 2): ButtonEvent => ({ kind: 'made', button, bootMs });

function given(...events: ButtonEvent[]) {
  let state: ButtonsState = INITIAL_BUTTONS;
  const effects = [READY, ...events].flatMap((event) => {
    const step = stepButtons(state, event, RULES);
    state = step.state;
    return step.effects;
  });
  return { state, effects };
}
const fault = (code: string, detail: string | undefined) => ({ kind: 'fault', code, detail });
const pressOf = (bootMs: number, button: Rating = 2, chattering = false) => ({
  kind: 'press',
  button,
  bootMs,
  chattering,
});

describe('buttons', () => {
  it('have nothing due while nobody pushes, and the nearest of what is due', () => {
    expect(buttonsDueMs(INITIAL_BUTTONS, RULES)).toBeUndefined();
    expect(buttonsDueMs(given(down(0, 0), down(50, 3), up(100, 3)).state, RULES)).toBe(125);
    expect(buttonsDueMs(given(down(50, 3), down(100, 0)).state, RULES)).toBe(60_050);
  });

  it('are settled unless one of them may still bounce', () => {
    expect(isSettled(INITIAL_BUTTONS)).toBe(true);
    expect(isSettled(given(down(0), down(5, 1)).state)).toBe(true);
    expect(isSettled(given(down(0), up(100), down(100, 1)).state)).toBe(false);
    expect(isSettled(given(down(0), up(100), time(125)).state)).toBe(true);
    const doubtful: ButtonEvent = { kind: 'edge', button: 2, down: true, bootMs: 200, earliestMs: 110 };
    expect(isSettled(given(down(0), up(100), doubtful).state)).toBe(false);
  });

  it('say nothing of what is no press and no fault', () => {
    const quiet: ButtonEvent[] = [
      contacts(1, 0),
      time(2),
      contacts(3),
      time(40),
      made(50),
      { kind: 'lost', bootMs: 60 },
    ];
    expect(given(...quiet).effects).toEqual([]);
  });

  it('count a press that was doubtful once it has lasted, as what it is', () => {
    const doubtful: ButtonEvent = { kind: 'edge', button: 2, down: true, bootMs: 200, earliestMs: 110 };
    const before = given(down(0), up(100), doubtful);
    expect(before.effects).toEqual([pressOf(0)]);
    expect(buttonsDueMs(before.state, RULES)).toBe(225);
    expect(given(down(0), up(100), doubtful, time(210), up(220)).effects).toEqual([pressOf(0)]);
    expect(given(down(0), up(100), doubtful, time(225)).effects).toEqual([pressOf(0), pressOf(200)]);
    expect(given(down(0), up(100), doubtful, contacts(210, 2), time(225)).effects).toEqual([pressOf(0), pressOf(200)]);
  });

  it('take a contact that opens again and again for bounce until it has been open for the lockout', () => {
    expect(given(down(100), up(300), up(310), down(330), up(400)).effects).toEqual([pressOf(100)]);
  });

  it('are stuck a minute after a release that nobody had seen begin, where they close again in it', () => {
    expect(given(up(100), down(103), time(60_100)).effects).toEqual([fault('button-stuck', 'held down: happy')]);
  });
});

describe('buttons that are told to be closed', () => {
  const STUCK = fault('button-stuck', 'held down: unhappy, happy');

  it('are stuck a minute after they were first told, however often they are told again', () => {
    expect(given(contacts(0, 1, 2), contacts(30_000, 2, 1), time(60_000)).effects).toEqual([STUCK]);
    expect(given(contacts(0, 1, 2), time(60_000), contacts(70_000, 1, 2), time(200_000)).effects).toEqual([STUCK]);
  });

  it('are let go when they are not told any more, and may bounce until the lockout is over', () => {
    const released = given(contacts(0, 1, 2), contacts(30_000, 2)).state;
    expect(isSettled(released)).toBe(false);
    expect(given(contacts(0, 1, 2), contacts(30_000, 2), time(60_000)).effects).toEqual([
      fault('button-stuck', 'held down: happy'),
    ]);
    expect(given(contacts(0, 1), contacts(30_000), down(30_010, 1), up(30_020, 1)).effects).toEqual([]);
  });
});

describe('a contact that chatters', () => {
  /** So many changes in each second, one a millisecond. */
  const busy = (seconds: number, edges: number, fromMs = 0): ButtonEvent[] =>
    Array.from({ length: seconds * edges }, (_, n) => {
      const atMs = fromMs + Math.floor(n / edges) * 1_000 + (n % edges);
      return n % 2 === 0 ? down(atMs) : up(atMs);
    });
  const isBad = (...events: ButtonEvent[]) => isChattering(given(...events).state, 2);

  it('is bad at the 21st change of the fifth busy second', () => {
    expect(isBad(...busy(5, 21).slice(0, -1))).toBe(false);
    expect(isBad(...busy(5, 21))).toBe(true);
    expect(isBad(...busy(20, 20))).toBe(false);
    expect(isChattering(given(...busy(5, 21)).state, 1)).toBe(false);
  });

  it('is good where busy seconds do not follow each other', () => {
    expect(isBad(...busy(3, 21), ...busy(4, 21, 8_000))).toBe(false);
    expect(isBad(...busy(4, 21), ...busy(1, 5, 4_000), ...busy(4, 21, 5_000))).toBe(false);
    expect(isBad(...busy(4, 21), ...busy(1, 21, 5_000))).toBe(false);
  });

  it('is good again after ten quiet minutes, and bad again when it begins anew', () => {
    const quiet = time(4_020 + 10 * 60_000);
    expect(isBad(...busy(5, 21), time(4_019 + 10 * 60_000))).toBe(true);
    expect(isBad(...busy(5, 21), quiet)).toBe(false);
    expect(isBad(...busy(5, 21), quiet, ...busy(5, 21, 700_000))).toBe(true);
  });

  it('is noticed also by presses that a panel makes itself, which are two changes each', () => {
    const presses = (seconds: number, count: number) =>
      Array.from({ length: seconds * count }, (_, n) => made(Math.floor(n / count) * 1_000 + (n % count)));
    expect(isBad(...presses(5, 10))).toBe(false);
    const { state, effects } = given(...presses(5, 11), made(4_500), made(4_501));
    expect(isChattering(state, 2)).toBe(true);
    expect(effects).toEqual(
      [0, 1, 2].map((marked) =>
        fault('button-chatter', `the contact opens and closes by itself: happy, ${marked} presses marked`),
      ),
    );
  });

  it('has a press counted as marked also where it was doubtful', () => {
    const doubtful: ButtonEvent = { kind: 'edge', button: 2, down: true, bootMs: 5_100, earliestMs: 5_010 };
    const { effects } = given(...busy(5, 21), up(5_000), doubtful, time(5_125));
    expect(effects.slice(-2)).toEqual([
      pressOf(5_100, 2, true),
      fault('button-chatter', 'the contact opens and closes by itself: happy, 1 presses marked'),
    ]);
  });

  it('is named beside others that do', () => {
    const both = busy(5, 21).flatMap((event) => [event, { ...event, button: 0 } as ButtonEvent]);
    expect(given(...both).effects.at(-1)).toMatchObject({
      detail: expect.stringMatching(/: very-unhappy, \d presses marked; happy, \d presses marked$/),
    });
  });
});
