import { type AlertEffect, type AlertInput, type AlertPhase, stepAlert, type Verdict } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const TIMES = { recoveryMs: 100, coolDownMs: 1_000 };
const verdict = (at: number, what: Verdict): AlertInput => ({ kind: 'verdict', verdict: what, at });

/** Feeds inputs as the book does: what is closed for good is judged again at once. */
function run(inputs: readonly AlertInput[]): { effects: (AlertEffect & { step: number })[]; phases: AlertPhase[] } {
  let phase: AlertPhase = { kind: 'quiet' };
  let next = 1;
  const effects: (AlertEffect & { step: number })[] = [];
  const phases: AlertPhase[] = [];
  for (const [index, input] of inputs.entries()) {
    for (;;) {
      const step = stepAlert(phase, input, TIMES, next);
      phase = step.phase;
      if (step.effect !== undefined) effects.push({ ...step.effect, step: index });
      if (step.effect?.kind === 'open') next += 1;
      if (step.effect?.kind !== 'settle' || input.kind !== 'verdict') break;
    }
    phases.push(phase);
  }
  return { effects, phases };
}
const story = (inputs: readonly AlertInput[]) => run(inputs).effects.map(({ kind, alert }) => `${kind} ${alert}`);

describe('the life of an alert', () => {
  it.each<[string, AlertInput[], string[]]>([
    ['nothing met, nothing opened', [verdict(0, 'over'), verdict(1, 'between')], []],
    ['opens once', [verdict(0, 'met'), verdict(1, 'met'), verdict(9, 'met')], ['open 1']],
    [
      'stays open between the bounds',
      [verdict(0, 'met'), verdict(1, 'between'), verdict(5_000, 'between')],
      ['open 1'],
    ],
    [
      'closes by itself after the recovery time',
      [verdict(0, 'met'), verdict(1, 'over'), verdict(101, 'over')],
      ['open 1', 'recover 1'],
    ],
    [
      'not where it came back meanwhile',
      [verdict(0, 'met'), verdict(1, 'over'), verdict(90, 'met'), verdict(150, 'over')],
      ['open 1'],
    ],
    [
      'comes back as the same alert',
      [verdict(0, 'met'), verdict(1, 'over'), verdict(101, 'over'), verdict(500, 'met')],
      ['open 1', 'recover 1', 'reopen 1'],
    ],
    [
      'is another one after the cool-down',
      [verdict(0, 'met'), verdict(1, 'over'), verdict(101, 'over'), verdict(1_101, 'met')],
      ['open 1', 'recover 1', 'settle 1', 'open 2'],
    ],
    [
      'is acknowledged and closes by itself',
      [verdict(0, 'met'), { kind: 'acknowledge' }, verdict(1, 'over'), verdict(101, 'over')],
      ['open 1', 'acknowledge 1', 'recover 1'],
    ],
    [
      'closed by hand, opens no other while it lasts',
      [verdict(0, 'met'), { kind: 'dismiss' }, verdict(5, 'met'), verdict(5_000, 'met')],
      ['open 1', 'dismiss 1'],
    ],
    [
      'closed by hand and over, then met again',
      [verdict(0, 'met'), { kind: 'dismiss' }, verdict(5, 'over'), verdict(105, 'over'), verdict(106, 'met')],
      ['open 1', 'dismiss 1', 'settle 1', 'open 2'],
    ],
    ['acknowledging nothing does nothing', [{ kind: 'acknowledge' }, { kind: 'dismiss' }, { kind: 'withdraw' }], []],
    ['is withdrawn with its rule', [verdict(0, 'met'), { kind: 'withdraw' }], ['open 1', 'withdraw 1']],
    [
      'a clock set back does not hold it open for ever',
      [verdict(9_000, 'met'), verdict(9_001, 'over'), verdict(10, 'over'), verdict(110, 'over')],
      ['open 1', 'recover 1'],
    ],
  ])('%s', (_name, inputs, expected) => {
    expect(story(inputs)).toEqual(expected);
  });
});

describe('an alert that is over', () => {
  it('stays closed while it cools down', () => {
    expect(story([verdict(0, 'met'), verdict(1, 'over'), verdict(101, 'over'), verdict(500, 'between')])).toEqual([
      'open 1',
      'recover 1',
    ]);
  });

  it('is told of once it was open, and not where somebody closed it or its rule is gone', () => {
    const told = (inputs: readonly AlertInput[]) => run(inputs).effects.at(-1);
    const recovered = [verdict(0, 'met'), verdict(1, 'over'), verdict(101, 'over')];
    const dismissed = [verdict(0, 'met'), { kind: 'dismiss' } as const];
    const withdrawn = { kind: 'withdraw' } as const;
    const settled = (told: boolean) => ({ kind: 'settle', alert: 1, told });
    expect(told([...recovered, verdict(1_101, 'over')])).toMatchObject(settled(true));
    expect(told([...dismissed, verdict(5, 'over'), verdict(105, 'over')])).toMatchObject(settled(false));
    expect(told([...recovered, withdrawn])).toMatchObject(settled(false));
    expect(told([...dismissed, withdrawn])).toMatchObject(settled(false));
  });

  it('that was closed by hand may be met again only once it has been over for the recovery time', () => {
    const early = [verdict(0, 'met'), { kind: 'dismiss' } as const, verdict(60, 'over'), verdict(90, 'over')];
    expect(story([...early, verdict(95, 'met')])).toEqual(['open 1', 'dismiss 1']);
    expect(story([...early, verdict(160, 'over')])).toEqual(['open 1', 'dismiss 1', 'settle 1']);
  });
});

const anyInput = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ wait: fc.nat(400), verdict: fc.constantFrom<Verdict>('met', 'between', 'over') }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<AlertInput>({ kind: 'acknowledge' }, { kind: 'dismiss' }, { kind: 'withdraw' }),
  },
);
/** Times only ever grow. */
function timed(inputs: readonly (AlertInput | { wait: number; verdict: Verdict })[]): AlertInput[] {
  let at = 0;
  return inputs.map((input) => {
    if ('kind' in input) return input;
    at += input.wait;
    return verdict(at, input.verdict);
  });
}

describe('whatever happens in whatever order', () => {
  it('at most one alert is alive, and one closed for good never changes', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { maxLength: 200 }), (inputs) => {
        let alive: number | undefined;
        const gone = new Set<number>();
        for (const { kind, alert } of run(timed(inputs)).effects) {
          expect(gone.has(alert)).toBe(false);
          if (kind === 'open') {
            expect(alive).toBeUndefined();
            alive = alert;
          } else expect(alert).toBe(alive);
          if (kind === 'settle' || kind === 'withdraw') {
            gone.add(alert);
            alive = undefined;
          }
        }
      }),
    );
  });

  it('nobody is told twice of a beginning or of an end', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { maxLength: 200 }), (inputs) => {
        const told = run(timed(inputs)).effects.flatMap((effect) =>
          effect.kind === 'open' || (effect.kind === 'settle' && effect.told) ? [`${effect.kind} ${effect.alert}`] : [],
        );
        expect(new Set(told).size).toBe(told.length);
      }),
    );
  });

  it('flapping is told at most once per recovery and cool-down time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ wait: fc.nat(400), verdict: fc.constantFrom<Verdict>('met', 'over') }), {
          maxLength: 300,
        }),
        (inputs) => {
          const steps = timed(inputs);
          const last = steps.at(-1);
          const elapsed = last?.kind === 'verdict' ? last.at : 0;
          const opened = run(steps).effects.filter(({ kind }) => kind === 'open').length;
          expect(opened).toBeLessThanOrEqual(1 + elapsed / (TIMES.recoveryMs + TIMES.coolDownMs));
        },
      ),
    );
  });

  it('an alert that was closed by hand comes back only as another one, after the condition was over', () => {
    fc.assert(
      fc.property(fc.array(anyInput, { maxLength: 200 }), (inputs) => {
        const dismissed = new Set<number>();
        for (const { kind, alert } of run(timed(inputs)).effects) {
          if (kind === 'dismiss') dismissed.add(alert);
          else if (dismissed.has(alert)) expect(kind).toBe('settle');
        }
      }),
    );
  });
});
