import { RATING_NAMES, RATINGS, type Rating } from '@hymio/protocol';
import type { Signal } from '../driver/panel-driver.js';
import type {
  ButtonResult,
  PanelOutputs,
  PanelTestEvent,
  PanelTestFacts,
  PanelTestOutcome,
} from './step-panel-test.js';

/** What the light is asked to show; blinking to be found is shown where it is asked for. */
export type ShownSignal = Exclude<Signal, 'off' | 'identify'>;

const INVITATION = { watch: 'now watch the light', listen: 'now listen to the beeper', both: 'now watch and listen' };
export const EARLIER = '  the panel holds presses that were made before: they stay there, for the firmware';

const SHOWN: readonly ShownSignal[] = ['thanks', 'not-counted', 'starting', 'no-contact'];
const IF_ANY = '(where there is a beeper)';
const EXPLAINED: Readonly<Record<ShownSignal, { shows: string; beeps?: string; means: string }>> = {
  thanks: { shows: 'one calm light', beeps: 'a short beep', means: 'thank you' },
  'not-counted': { shows: 'six hasty flashes', beeps: 'two long beeps', means: 'not counted, please ask staff' },
  starting: { shows: 'three short flashes', means: 'the panel works (again)' },
  'no-contact': { shows: 'one blip', means: 'no contact with the gateway for a day' },
};

export function askLine(rating: Rating, patienceMs: number): string {
  const within = `within ${patienceMs / 1000} s`;
  return `push the button "${RATING_NAMES[rating]}" (${rating + 1} of ${RATINGS.length}) ${within}`;
}

/** Before the signals are shown one after the other. */
export function invitation({ light, beeper }: PanelOutputs): string {
  const kind = !light ? 'listen' : beeper === 'no' ? 'watch' : 'both';
  return `${INVITATION[kind]}: the signals come one after the other`;
}

export function shownLine(signal: ShownSignal, { light, beeper }: PanelOutputs): string {
  const { shows, beeps, means } = EXPLAINED[signal];
  const heard = beeper === 'no' || beeps === undefined ? undefined : beeper === 'yes' ? beeps : `${beeps} ${IF_ANY}`;
  const signs = [light ? shows : undefined, heard].filter((sign) => sign !== undefined);
  return `  ${signal}: ${signs.join(', ')}: ${means}`;
}

/** Signals that there is something to see or to hear of. */
export function shownSignals({ light, beeper }: PanelOutputs): ShownSignal[] {
  if (light) return [...SHOWN];
  return beeper === 'yes' ? SHOWN.filter((signal) => EXPLAINED[signal].beeps !== undefined) : [];
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
export function summary({ results, lost, fault, outputs }: PanelTestFacts, outcome: PanelTestOutcome): string[] {
  const buttons = RATINGS.map((rating) => {
    const result = results.find((each) => each.rating === rating);
    const fails = result === undefined ? ['not tried'] : failings(result);
    return fails.length === 0 ? `pass  ${RATING_NAMES[rating]}` : `FAIL  ${RATING_NAMES[rating]}: ${fails.join('; ')}`;
  });
  const panel = [
    ...(fault === undefined ? [] : [`FAIL  it does not work: ${fault}`]),
    ...(lost === 0 ? [] : [`FAIL  it stopped working ${lost === 1 ? 'once' : `${lost} times`} during the test`]),
    ...(outputs.light ? [] : ['no light is configured: customers will not see that they are thanked']),
  ];
  return [...buttons, ...panel, VERDICT[outcome]];
}

const VERDICT: Readonly<Record<PanelTestOutcome, string>> = {
  passed: 'the panel passed; whether its signals were right only you have noticed',
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
