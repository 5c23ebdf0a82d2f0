import { RATING_NAMES, RATINGS, type Rating } from '@hymio/protocol';
import type { Signal } from '../driver/panel-driver.js';
import type { ButtonResult, PanelTestEvent, PanelTestFacts, PanelTestOutcome } from './step-panel-test.js';

/** What the light is asked to show. */
export type ShownSignal = Exclude<Signal, 'off'>;

export const LIGHT_INVITATION = 'now watch the light: it shows its four signals, one after the other';
export const EARLIER = '  the panel holds presses that were made before: they stay there, for the firmware';

const EXPLAINED: Readonly<Record<ShownSignal, string>> = {
  thanks: 'one calm light: thank you',
  'not-counted': 'six hasty flashes: not counted, please ask staff',
  starting: 'three short flashes: the panel works (again)',
  'no-contact': 'one blip: no contact with the gateway for a day',
};

export function askLine(rating: Rating, patienceMs: number): string {
  const within = `within ${patienceMs / 1000} s`;
  return `push the button "${RATING_NAMES[rating]}" (${rating + 1} of ${RATINGS.length}) ${within}`;
}

export function shownLine(signal: ShownSignal): string {
  return `  ${signal}: ${EXPLAINED[signal]}`;
}

/** The line that shows an event as it happens; undefined for what is none to see. */
export function eventLine(event: PanelTestEvent): string | undefined {
  switch (event.kind) {
    case 'ready':
      return `ready: ${event.description}`;
    case 'failed':
      return `fault ${event.code}: ${event.detail}`;
    case 'edge':
      return `  edge   ${RATING_NAMES[event.button]} ${event.down ? 'down' : 'up'}`;
    case 'press':
      return `  press  ${RATING_NAMES[event.button]}`;
    case 'earlier':
    case 'timeout':
    case 'stop':
      return undefined;
  }
}

/** One line for each button, then one for the whole panel. */
export function summary({ results, lost, fault, hasLight }: PanelTestFacts, outcome: PanelTestOutcome): string[] {
  const buttons = RATINGS.map((rating) => {
    const result = results.find((each) => each.rating === rating);
    const fails = result === undefined ? ['not tried'] : failings(result);
    return fails.length === 0 ? `pass  ${RATING_NAMES[rating]}` : `FAIL  ${RATING_NAMES[rating]}: ${fails.join('; ')}`;
  });
  const panel = [
    ...(fault === undefined ? [] : [`FAIL  it does not work: ${fault}`]),
    ...(lost === 0 ? [] : [`FAIL  it stopped working ${lost === 1 ? 'once' : `${lost} times`} during the test`]),
    ...(hasLight ? [] : ['no light is configured: customers will not see that they are thanked']),
  ];
  return [...buttons, ...panel, VERDICT[outcome]];
}

const VERDICT: Readonly<Record<PanelTestOutcome, string>> = {
  passed: 'the panel passed; whether the light was right only you have seen',
  failed: 'the panel FAILED',
  stopped: 'the test was stopped before its end',
  'in-use': 'another program has the panel',
};

function failings({ seen, instead, besides, rating }: ButtonResult): string[] {
  const twice = besides.includes(rating);
  const others = besides.filter((button) => button !== rating);
  return [
    ...(seen || instead.length > 0 ? [] : ['no press was seen']),
    ...(instead.length === 0 ? [] : [`${names(instead)} was seen instead`]),
    ...(twice ? ['one push was seen more than once'] : []),
    ...(others.length === 0 ? [] : [`${names(others)} was seen with it`]),
  ];
}

function names(buttons: readonly Rating[]): string {
  return [...new Set(buttons)].map((button) => RATING_NAMES[button]).join(', ');
}
