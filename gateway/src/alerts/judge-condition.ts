import { happyIndex, type RatingCounts, totalOf } from '../statistics/happy-index.js';
import type { AlertCondition, TerminalCondition } from './alert-rule.js';
import type { AlertTimes, Verdict } from './step-alert.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** An alert that opened at a share of 50 % is over below 40 %. */
const SHARE_HYSTERESIS = 0.1;
/** In points of the Happy Index. */
const INDEX_HYSTERESIS = 5;
const COUNT_HYSTERESIS = 0.2;
/** A streak that no one has added to for so long is over, ms. */
export const STREAK_LIFE_MS = DAY_MS;
/** Too few presses are only spoken of where the terminals are known to have worked for so much of the opening time. */
const NEEDED_WORKING_SHARE = 0.9;

/** What is known of a service point's presses within a window. */
export interface PressSight {
  /** Presses that came in time, by rating. */
  fresh: RatingCounts;
  /** Also those that came late. */
  all: number;
  isOpen: boolean;
  /** Opening time within the window, ms. */
  openMs: number;
  /** Share of it in which the terminals are known to have worked, 0…1; absent: not known. */
  workedShare?: number;
}
export interface Streak {
  presses: number;
  /** Of its last press, UTC ms. */
  lastAt: number;
}
export interface TerminalSight {
  state: string;
  /** UTC ms; null where the state has no beginning. */
  since: number | null;
}

/** Presses of a terminal within a window that no panel can have sent, by why. */
export interface SuspectSight {
  ahead: number;
  pace: number;
  /** Whether all of the window was seen. */
  known: boolean;
}

type PressCondition = Exclude<AlertCondition, TerminalCondition | { kind: 'very-happy-streak' }>;

/** Whether a rule on the presses of a window is met. */
export function judgePresses(condition: PressCondition, sight: PressSight): Verdict {
  const n = totalOf(sight.fresh);
  switch (condition.kind) {
    case 'negative-share': {
      const share = n === 0 ? 0 : (sight.fresh[0] + sight.fresh[1]) / n;
      // Rounding must not decide whether 3 of 5 is 60 %.
      if (share >= condition.share - 1e-9) return n >= condition.minPresses ? 'met' : 'between';
      return share < condition.share - SHARE_HYSTERESIS ? 'over' : 'between';
    }
    case 'index-below': {
      const index = happyIndex(sight.fresh);
      if (index === undefined) return 'over';
      if (index < condition.index) return n >= condition.minPresses ? 'met' : 'between';
      return index >= Math.min(condition.index + INDEX_HYSTERESIS, 100) ? 'over' : 'between';
    }
    case 'index-above': {
      const index = happyIndex(sight.fresh);
      if (index === undefined) return 'over';
      if (index > condition.index) return n >= condition.minPresses ? 'met' : 'between';
      return index <= Math.max(condition.index - INDEX_HYSTERESIS, 0) ? 'over' : 'between';
    }
    case 'presses-above':
      if (n >= condition.presses) return 'met';
      return n < condition.presses * (1 - COUNT_HYSTERESIS) ? 'over' : 'between';
    case 'presses-below':
      return judgeSilence(condition, sight);
  }
}

/** Presses that came late are presses all the same: they speak against silence. */
function judgeSilence(condition: Extract<AlertCondition, { kind: 'presses-below' }>, sight: PressSight): Verdict {
  if (sight.all >= condition.presses * (1 + COUNT_HYSTERESIS)) return 'over';
  if (sight.all >= condition.presses || !sight.isOpen) return 'between';
  if (sight.openMs < neededOpenMs(condition.windowMs)) return 'between';
  // A dead terminal and a quiet hour must never look alike.
  return (sight.workedShare ?? 0) >= NEEDED_WORKING_SHARE ? 'met' : 'between';
}

/** Opening time that a window must hold for silence to mean anything, ms: all of it, of long windows a working day. */
export function neededOpenMs(windowMs: number): number {
  const workingDayMs = 8 * HOUR_MS;
  return windowMs <= workingDayMs ? windowMs : Math.max(workingDayMs, windowMs / 10);
}

/** Whether there is a streak of very happy presses. `now`: UTC ms. */
export function judgeStreak(presses: number, streak: Streak, now: number): Verdict {
  if (now - streak.lastAt > STREAK_LIFE_MS) return 'over';
  return streak.presses >= presses ? 'met' : 'over';
}

/** These say neither that a terminal works nor that it does not. */
const UNDECIDED_STATES = new Set(['offline-closed']);

/** After so long every terminal that works has been heard again, ms. */
const HEARD_AGAIN_MS = 3 * MINUTE_MS;

/**
 * Whether a terminal has been in one of the states for long enough. `listeningSince` (UTC ms): time in which the
 * gateway could not hear terminals does not count against them; undefined: it cannot hear them now.
 */
export function judgeTerminal(
  condition: Extract<AlertCondition, { kind: 'terminal-state' }>,
  sight: TerminalSight,
  listeningSince: number | undefined,
  now: number,
): Verdict {
  if (listeningSince === undefined) return 'between';
  if (!condition.states.includes(sight.state)) return UNDECIDED_STATES.has(sight.state) ? 'between' : 'over';
  const since = sight.since ?? listeningSince;
  if (since > listeningSince) return now - since >= condition.forMs ? 'met' : 'between';
  return now - listeningSince >= Math.max(condition.forMs, HEARD_AGAIN_MS) ? 'met' : 'between';
}

/** Whether a terminal sends what no panel can send; over is a whole window without a single such press. */
export function judgeSuspects(presses: number, { ahead, pace, known }: SuspectSight): Verdict {
  if (ahead + pace >= presses) return 'met';
  return ahead + pace === 0 && known ? 'over' : 'between';
}

/** How long an alert of a condition takes to close by itself, and to be forgotten. */
export function alertTimes(condition: AlertCondition): AlertTimes {
  switch (condition.kind) {
    case 'terminal-state':
      return { recoveryMs: 2 * MINUTE_MS, coolDownMs: HOUR_MS };
    // Its window without such a press is the recovery.
    case 'suspect-presses':
      return { recoveryMs: 0, coolDownMs: DAY_MS };
    case 'very-happy-streak':
      return { recoveryMs: 15 * MINUTE_MS, coolDownMs: DAY_MS };
    default:
      return {
        recoveryMs: between(5 * MINUTE_MS, condition.windowMs / 3, HOUR_MS),
        coolDownMs: between(HOUR_MS, condition.windowMs / 2, DAY_MS),
      };
  }
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
