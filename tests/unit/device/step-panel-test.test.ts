import {
  ALONE_MS,
  BUTTON_PATIENCE_MS,
  beginPanelTest,
  type PanelOutputs,
  type PanelTestEvent,
  type PanelTestStep,
  READY_PATIENCE_MS,
  REMIND_EVERY_MS,
  stepPanelTest,
} from '@hymio/device';
import { RATING_NAMES } from '@hymio/protocol';
import { describe, expect, it } from 'vitest';

const READY: PanelTestEvent = { kind: 'ready', description: 'a board' };
const TIME: PanelTestEvent = { kind: 'timeout' };
const STOP: PanelTestEvent = { kind: 'stop' };
const failed = (code: string): PanelTestEvent => ({ kind: 'failed', code, detail: 'why' });
/** No press of the button that is asked for within its time. */
const PATIENCE: PanelTestEvent[] = Array.from({ length: BUTTON_PATIENCE_MS / REMIND_EVERY_MS }, () => TIME);
const LIT: PanelOutputs = { light: true, beeper: 'no' };
/** The four signals of the light. */
const LIGHT: PanelTestEvent[] = [TIME, TIME, TIME, TIME];

type Button = 0 | 1 | 2 | 3;
const press = (button: Button): PanelTestEvent => ({ kind: 'press', button });
/** A press and the time in which nothing else should come. */
const good = (...buttons: Button[]): PanelTestEvent[] => buttons.flatMap((button) => [press(button), TIME]);

interface Walked extends PanelTestStep {
  lines: string[];
}

function walk(events: readonly PanelTestEvent[], outputs = LIT): Walked {
  let step = beginPanelTest(outputs);
  const effects = [...step.effects];
  for (const event of events) {
    step = stepPanelTest(step.test, event);
    effects.push(...step.effects);
  }
  return { ...step, effects, lines: effects.flatMap((effect) => (effect.kind === 'say' ? [effect.line] : [])) };
}

/** Lines of the summary. */
const verdicts = ({ lines }: Walked): string[] => lines.filter((line) => /^(pass|FAIL) /.test(line));
const [FIRST, SECOND, THIRD, FOURTH] = RATING_NAMES;
const PASSES = RATING_NAMES.map((name) => `pass  ${name}`);

describe('a test of a panel', () => {
  it('waits for the panel, asks for each button, shows each signal, and passes', () => {
    const walked = walk([READY, ...good(0, 1, 2, 3), ...LIGHT]);
    expect(walked.test).toMatchObject({ stage: 'done', outcome: 'passed' });
    expect(verdicts(walked)).toEqual(PASSES);
    expect(walked.lines.filter((line) => line.startsWith('push')).map((line) => line.split('"')[1])).toEqual([
      ...RATING_NAMES,
    ]);
    const shown = walked.effects.flatMap((effect) => (effect.kind === 'show' ? [effect.signal] : []));
    expect(shown).toEqual(['thanks', 'not-counted', 'starting', 'no-contact']);
  });

  it('says how much time is left, and waits no longer', () => {
    const { effects, lines } = walk([READY, ...PATIENCE]);
    const waits = effects.flatMap((effect) => (effect.kind === 'wait' ? [effect.ms] : []));
    expect(waits).toEqual([READY_PATIENCE_MS, ...PATIENCE.map(() => REMIND_EVERY_MS), REMIND_EVERY_MS]);
    expect(lines.slice(1, 5)).toEqual([
      'push the button "very-unhappy" (1 of 4) within 30 s',
      '  20 s left',
      '  10 s left',
      'push the button "unhappy" (2 of 4) within 30 s',
    ]);
  });

  it('shows contacts as they change', () => {
    const { lines } = walk([READY, { kind: 'edge', button: 2, down: true }, { kind: 'edge', button: 2, down: false }]);
    expect(lines.slice(-2)).toEqual(['  edge   happy down', '  edge   happy up']);
  });

  it.each<{ name: string; events: PanelTestEvent[]; verdicts: string[]; outcome?: string; light?: false }>([
    {
      name: 'that never works',
      events: [failed('panel-not-found'), failed('panel-not-found'), TIME],
      verdicts: [
        ...RATING_NAMES.map((name) => `FAIL  ${name}: not tried`),
        'FAIL  it does not work: panel-not-found: why',
      ],
    },
    {
      name: 'that never says anything',
      events: [TIME],
      verdicts: RATING_NAMES.map((name) => `FAIL  ${name}: not tried`),
    },
    {
      name: 'with a button that is never seen',
      events: [READY, ...good(0), ...PATIENCE, ...good(2, 3), ...LIGHT],
      verdicts: [`pass  ${FIRST}`, `FAIL  ${SECOND}: no press was seen`, `pass  ${THIRD}`, `pass  ${FOURTH}`],
    },
    {
      name: 'with two buttons crossed',
      events: [READY, press(1), ...good(0), press(0), ...good(1, 2, 3), ...LIGHT],
      verdicts: [
        `FAIL  ${FIRST}: ${SECOND} was seen instead`,
        `FAIL  ${SECOND}: ${FIRST} was seen instead`,
        `pass  ${THIRD}`,
        `pass  ${FOURTH}`,
      ],
    },
    {
      name: 'with two buttons crossed that are pushed once each',
      events: [READY, press(1), ...PATIENCE, press(0), ...PATIENCE, ...good(2, 3), ...LIGHT],
      verdicts: [
        `FAIL  ${FIRST}: ${SECOND} was seen instead`,
        `FAIL  ${SECOND}: ${FIRST} was seen instead`,
        `pass  ${THIRD}`,
        `pass  ${FOURTH}`,
      ],
    },
    {
      name: 'whose buttons touch each other',
      events: [READY, press(0), press(1), TIME, ...good(1, 2, 3), ...LIGHT],
      verdicts: [`FAIL  ${FIRST}: ${SECOND} was seen with it`, ...PASSES.slice(1)],
    },
    {
      name: 'with a contact that counts twice',
      events: [READY, press(0), press(0), TIME, ...good(1, 2, 3), ...LIGHT],
      verdicts: [`FAIL  ${FIRST}: one push was seen more than once`, ...PASSES.slice(1)],
    },
    {
      name: 'that loses its cable once',
      events: [
        READY,
        ...good(0),
        failed('panel-unplugged'),
        failed('panel-not-found'),
        READY,
        ...good(1, 2, 3),
        ...LIGHT,
      ],
      verdicts: [...PASSES, 'FAIL  it stopped working once during the test'],
    },
    {
      name: 'that is stopped',
      events: [READY, ...good(0), STOP],
      verdicts: [`pass  ${FIRST}`, ...[SECOND, THIRD, FOURTH].map((name) => `FAIL  ${name}: not tried`)],
      outcome: 'stopped',
    },
    { name: 'that another program has', events: [failed('panel-line-busy')], verdicts: [], outcome: 'in-use' },
    {
      name: 'where a button is pushed again that has passed',
      events: [READY, ...good(0), press(0), ...good(1, 2, 3), ...LIGHT],
      verdicts: PASSES,
      outcome: 'passed',
    },
    {
      name: 'without a light',
      events: [READY, ...good(0, 1, 2, 3)],
      verdicts: PASSES,
      outcome: 'passed',
      light: false,
    },
  ])('of a panel $name', ({ events, outcome = 'failed', light = true, ...expected }) => {
    const walked = walk(events, { ...LIT, light });
    expect(walked.test).toMatchObject({ stage: 'done', outcome });
    expect(verdicts(walked)).toEqual(expected.verdicts);
  });

  describe('shows its signals', () => {
    const lines = (outputs: PanelOutputs): string[] => {
      const walked = walk([READY, ...good(0, 1, 2, 3), ...LIGHT], outputs);
      expect(walked.test).toMatchObject({ outcome: 'passed' });
      const from = walked.lines.findIndex((line) => line.startsWith('now '));
      return from === -1 ? [] : walked.lines.slice(from).filter((line) => /^(now| {2})/.test(line));
    };

    it('on the light', () => {
      expect(lines(LIT)).toEqual([
        'now watch the light: the signals come one after the other',
        '  thanks: one calm light: thank you',
        '  not-counted: six hasty flashes: not counted, please ask staff',
        '  starting: three short flashes: the panel works (again)',
        '  no-contact: one blip: no contact with the gateway for a day',
      ]);
    });

    it('on light and beeper', () => {
      expect(lines({ light: true, beeper: 'yes' }).slice(0, 3)).toEqual([
        'now watch and listen: the signals come one after the other',
        '  thanks: one calm light, a short beep: thank you',
        '  not-counted: six hasty flashes, two long beeps: not counted, please ask staff',
      ]);
      expect(lines({ light: true, beeper: 'perhaps' })[1]).toBe(
        '  thanks: one calm light, a short beep (where there is a beeper): thank you',
      );
    });

    it('on the beeper alone, those that it has', () => {
      expect(lines({ light: false, beeper: 'yes' })).toEqual([
        'now listen to the beeper: the signals come one after the other',
        '  thanks: a short beep: thank you',
        '  not-counted: two long beeps: not counted, please ask staff',
      ]);
      expect(lines({ light: false, beeper: 'no' })).toEqual([]);
    });
  });

  it('names a fault once, until it changes', () => {
    const { lines } = walk([failed('panel-silent'), failed('panel-silent'), failed('panel-not-found'), READY]);
    expect(lines.filter((line) => line.startsWith('fault'))).toEqual([
      'fault panel-silent: why',
      'fault panel-not-found: why',
    ]);
  });

  it('asks again for the button at which the panel was lost', () => {
    const { lines, test } = walk([READY, ...good(0), failed('panel-reset'), READY]);
    expect(lines.at(-1)).toBe('push the button "unhappy" (2 of 4) within 30 s');
    expect(test).toMatchObject({ stage: 'button', rating: 1, lost: 1 });
  });

  it('counts no press that was made before it, and says once that there are some', () => {
    const { lines, test } = walk([READY, { kind: 'earlier' }, { kind: 'earlier' }]);
    expect(lines.filter((line) => line.includes('made before'))).toHaveLength(1);
    expect(test).toMatchObject({ stage: 'button', rating: 0, results: [] });
  });

  it('is over once it is over', () => {
    const { test } = walk([STOP]);
    for (const event of [READY, press(0), TIME, STOP])
      expect(stepPanelTest(test, event)).toEqual({ test, effects: [] });
    expect(ALONE_MS).toBeLessThan(REMIND_EVERY_MS);
  });
});
