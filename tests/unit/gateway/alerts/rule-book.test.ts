import { type AlertRule, effectiveRules, isTerminalCondition, type Registry, RuleBook } from '@hymio/gateway';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Friday 2026-11-20, 14:00 in Helsinki. */
const T = Date.UTC(2026, 10, 20, 12);
const ZONE = 'Europe/Helsinki';
const REGISTRY: Registry = {
  groups: [
    { id: 'city', name: { fi: 'Kaupunki' } },
    { id: 'health', parent: 'city', name: { fi: 'Terveys' }, exceptions: [{ date: '2026-11-20', spans: [] }] },
    { id: 'dental', parent: 'health', name: { fi: 'Hammashoito' } },
  ],
  servicePoints: [
    { id: 'kallio', group: 'dental', name: { fi: 'Kallio' }, repeatWindowMs: 5_000 },
    { id: 'malmi', group: 'dental', name: { fi: 'Malmi' }, repeatWindowMs: 5_000 },
    {
      id: 'library',
      group: 'city',
      name: { fi: 'Kirjasto' },
      repeatWindowMs: 5_000,
      openingHours: { fri: [{ from: 13 * 60, to: 16 * 60 }] },
    },
  ],
  questions: [],
  terminals: [],
  assignments: [],
};
const scope = fc.constantFrom<AlertRule['scope'][]>(
  { kind: 'organisation' },
  ...REGISTRY.groups.map(({ id }) => ({ kind: 'group', id }) as const),
  ...REGISTRY.servicePoints.map(({ id }) => ({ kind: 'service-point', id }) as const),
);
const condition = fc.oneof(
  fc.record({
    kind: fc.constant('presses-above' as const),
    presses: fc.nat(9),
    windowMs: fc.constantFrom(5 * MINUTE, HOUR),
  }),
  fc.record({
    kind: fc.constant('suspect-presses' as const),
    presses: fc.nat(9),
    windowMs: fc.constantFrom(HOUR, 2 * HOUR),
  }),
);
const rule: fc.Arbitrary<AlertRule> = fc.record({
  scope,
  name: fc.constantFrom('unhappy-now', 'suspect-presses', 'busy'),
  condition,
  enabled: fc.boolean(),
  tellWhenOver: fc.constant(false),
});

describe('the rules in force', () => {
  it('are at each place those that hold there and are on, and the windows are theirs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(rule, { selector: ({ scope, name }) => JSON.stringify([scope, name]) }), (rules) => {
        const book = new RuleBook(REGISTRY, { rules, recipients: [] }, ZONE);
        const windows = { press: new Set<number>(), terminal: new Set<number>() };
        for (const place of [undefined, 'kallio', 'malmi', 'library', 'unknown']) {
          const on = effectiveRules(REGISTRY, rules, place).filter(({ enabled }) => enabled);
          const press = on.filter((one) => !isTerminalCondition(one.condition));
          const terminal = on.filter((one) => isTerminalCondition(one.condition));
          expect(book.terminalRules(place)).toEqual(terminal);
          if (place !== undefined) expect(book.pressRules(place)).toEqual(press);
          for (const { condition } of press) if ('windowMs' in condition) windows.press.add(condition.windowMs);
          for (const { condition } of terminal) if ('windowMs' in condition) windows.terminal.add(condition.windowMs);
        }
        expect(book.windows).toEqual(windows.press);
        expect(book.suspectWindows).toEqual(windows.terminal);
      }),
    );
  });

  it('know when a place is open, by its own hours and the days of its groups', () => {
    const book = new RuleBook(REGISTRY, { rules: [], recipients: [] }, ZONE);
    expect(book.opening('library', 2 * HOUR, T)).toEqual({ isOpen: true, openMs: HOUR });
    expect(book.opening('library', 2 * HOUR, T + 2 * HOUR)).toEqual({ isOpen: false, openMs: 2 * HOUR });
    expect(book.opening('kallio', 2 * HOUR, T)).toEqual({ isOpen: false, openMs: 0 });
    expect(book.opening('unknown', 2 * HOUR, T)).toEqual({ isOpen: true, openMs: 2 * HOUR });
  });
});
