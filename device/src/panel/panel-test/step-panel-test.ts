import { RATING_NAMES, RATINGS, type Rating } from '@hymio/protocol';
import {
  askLine,
  EARLIER,
  eventLine,
  invitation,
  type ShownSignal,
  shownLine,
  shownSignals,
  summary,
} from './panel-test-words.js';

/** Longest wait for one button, ms. */
export const BUTTON_PATIENCE_MS = 30_000;
/** So often it is said how long is left, ms. */
export const REMIND_EVERY_MS = 10_000;
/** Longest wait for the panel to work, ms. */
export const READY_PATIENCE_MS = 20_000;
/** After a press others are listened for: a good panel sends none, ms. */
export const ALONE_MS = 400;
/** How long each signal of the light is shown, ms. */
export const SIGNAL_MS = 2_500;

/**
 * What was found of one button. `instead`: buttons not yet tested that were reported while this one was asked for;
 * `besides`: what came with its press, itself included where it came twice.
 */
export interface ButtonResult {
  rating: Rating;
  seen: boolean;
  instead: readonly Rating[];
  besides: readonly Rating[];
}

/** What the panel has to give signals with. `perhaps`: it has a microcontroller of its own and does not say. */
export interface PanelOutputs {
  light: boolean;
  beeper: 'yes' | 'no' | 'perhaps';
}

/** What is known throughout. `fault`: the last thing that kept the panel from working, said once. */
export interface PanelTestFacts {
  outputs: PanelOutputs;
  results: readonly ButtonResult[];
  /** How often it stopped working after it had worked. */
  lost: number;
  fault: string | undefined;
  /** It holds presses that were made before the test. */
  earlier: boolean;
}

/** `in-use`: another program has the panel. `stopped`: by whoever started it. */
export type PanelTestOutcome = 'passed' | 'failed' | 'stopped' | 'in-use';

/** A walk through a panel: wait for it, each button in turn, each signal of the light in turn. */
export type PanelTest = PanelTestFacts &
  (
    | { stage: 'opening' }
    | { stage: 'button'; rating: Rating; leftMs: number; instead: readonly Rating[] }
    /** The right button was seen; nothing else should be. */
    | { stage: 'alone'; result: ButtonResult }
    | { stage: 'light'; signal: ShownSignal }
    | { stage: 'done'; outcome: PanelTestOutcome }
  );
type Stage<Name extends PanelTest['stage']> = Extract<PanelTest, { stage: Name }>;

export type PanelTestEvent =
  | { kind: 'ready'; description: string }
  | { kind: 'failed'; code: string; detail: string }
  | { kind: 'edge'; button: Rating; down: boolean }
  | { kind: 'press'; button: Rating }
  /** A press that was made before the test: it is the firmware's, and stays in the panel. */
  | { kind: 'earlier' }
  /** The time that was asked for is over. */
  | { kind: 'timeout' }
  | { kind: 'stop' };

export type PanelTestEffect =
  | { kind: 'say'; line: string }
  | { kind: 'show'; signal: ShownSignal }
  /** Ask for `timeout` after this time; replaces what was asked for before. */
  | { kind: 'wait'; ms: number };

export interface PanelTestStep {
  test: PanelTest;
  effects: PanelTestEffect[];
}

export function beginPanelTest(outputs: PanelOutputs): PanelTestStep {
  const facts = { outputs, results: [], lost: 0, fault: undefined, earlier: false };
  return { test: { ...facts, stage: 'opening' }, effects: [{ kind: 'wait', ms: READY_PATIENCE_MS }] };
}

/** What follows from an event; after `done` nothing does. */
export function stepPanelTest(test: PanelTest, event: PanelTestEvent): PanelTestStep {
  if (test.stage === 'done') return { test, effects: [] };
  const line = event.kind === 'failed' && test.fault === faultOf(event) ? undefined : eventLine(event);
  const next = advance(test, event);
  return { test: next.test, effects: [...(line === undefined ? [] : [say(line)]), ...next.effects] };
}

function advance(test: PanelTest, event: PanelTestEvent): PanelTestStep {
  switch (event.kind) {
    case 'stop':
      return finish(test, 'stopped');
    case 'ready':
      return onReady({ ...test, fault: undefined });
    case 'failed':
      return onFailed(test, event);
    case 'press':
      return onPress(test, event.button);
    case 'timeout':
      return onTimeout(test);
    case 'earlier':
      return { test: { ...test, earlier: true }, effects: test.earlier ? [] : [say(EARLIER)] };
    case 'edge':
      return { test, effects: [] };
  }
}

function onReady(test: PanelTest): PanelTestStep {
  if (test.stage === 'opening') return askFor(test, 0);
  return test.stage === 'button' ? askFor(test, test.rating, test.instead) : { test, effects: [] };
}

function onFailed(test: PanelTest, event: PanelTestEvent & { kind: 'failed' }): PanelTestStep {
  const fault = faultOf(event);
  if (event.code === 'panel-line-busy') return finish({ ...test, fault }, 'in-use');
  const lost = test.lost + (test.stage !== 'opening' && test.fault === undefined ? 1 : 0);
  return { test: { ...test, fault, lost }, effects: [] };
}

function onPress(test: PanelTest, button: Rating): PanelTestStep {
  if (test.stage === 'alone') {
    const { result } = test;
    return { test: { ...test, result: { ...result, besides: [...result.besides, button] } }, effects: [] };
  }
  if (test.stage !== 'button') return { test, effects: [] };
  const { rating, instead } = test;
  if (button === rating) {
    const result = { rating, seen: true, instead, besides: [] };
    return { test: { ...base(test), stage: 'alone', result }, effects: [{ kind: 'wait', ms: ALONE_MS }] };
  }
  const line = say(`  that was "${RATING_NAMES[button]}", not "${RATING_NAMES[rating]}"`);
  // Somebody may push a button again that has passed already.
  if (test.results.some((result) => result.rating === button && isPassed(result))) return { test, effects: [line] };
  return { test: { ...test, instead: [...instead, button] }, effects: [line] };
}

function onTimeout(test: PanelTest): PanelTestStep {
  switch (test.stage) {
    case 'opening':
      return finish(test, 'failed');
    case 'button': {
      const leftMs = test.leftMs - REMIND_EVERY_MS;
      if (leftMs > 0) {
        const effects: PanelTestEffect[] = [say(`  ${leftMs / 1000} s left`), { kind: 'wait', ms: REMIND_EVERY_MS }];
        return { test: { ...test, leftMs }, effects };
      }
      return after(test, { rating: test.rating, seen: false, instead: test.instead, besides: [] });
    }
    case 'alone':
      return after(test, test.result);
    case 'light':
      return showAfter(test, test.signal);
    case 'done':
      return { test, effects: [] };
  }
}

function after(test: Stage<'button' | 'alone'>, result: ButtonResult): PanelTestStep {
  return askFor({ ...test, results: [...test.results, result] }, result.rating + 1);
}

function askFor(test: PanelTest, number: number, instead: readonly Rating[] = []): PanelTestStep {
  const rating = RATINGS[number];
  if (rating === undefined) {
    const [first] = shownSignals(test.outputs);
    if (first === undefined) return finish(test);
    const shown = show(test, first);
    return { ...shown, effects: [say(invitation(test.outputs)), ...shown.effects] };
  }
  return {
    test: { ...base(test), stage: 'button', rating, leftMs: BUTTON_PATIENCE_MS, instead },
    effects: [say(askLine(rating, BUTTON_PATIENCE_MS)), { kind: 'wait', ms: REMIND_EVERY_MS }],
  };
}

function showAfter(test: PanelTest, signal: ShownSignal): PanelTestStep {
  const signals = shownSignals(test.outputs);
  const next = signals[signals.indexOf(signal) + 1];
  return next === undefined ? finish(test) : show(test, next);
}

function show(test: PanelTest, signal: ShownSignal): PanelTestStep {
  return {
    test: { ...base(test), stage: 'light', signal },
    effects: [say(shownLine(signal, test.outputs)), { kind: 'show', signal }, { kind: 'wait', ms: SIGNAL_MS }],
  };
}

function finish(test: PanelTest, given?: PanelTestOutcome): PanelTestStep {
  const { results, lost, fault } = test;
  const good = results.length === RATINGS.length && results.every(isPassed) && lost === 0 && fault === undefined;
  const outcome = given ?? (good ? 'passed' : 'failed');
  const lines = outcome === 'in-use' ? [] : summary(test, outcome);
  return { test: { ...base(test), stage: 'done', outcome }, effects: lines.map(say) };
}

/** It was seen when asked for, and nothing else was. */
export function isPassed({ seen, instead, besides }: ButtonResult): boolean {
  return seen && instead.length === 0 && besides.length === 0;
}

function base({ outputs, results, lost, fault, earlier }: PanelTest): PanelTestFacts {
  return { outputs, results, lost, fault, earlier };
}

function faultOf({ code, detail }: { code: string; detail: string }): string {
  return `${code}: ${detail}`;
}

function say(line: string): PanelTestEffect {
  return { kind: 'say', line };
}
