import { type AlertRule, DEFAULT_ALERT_RULES, effectiveRules, recipientsOf, scopesAbove } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const PLACES = {
  groups: [
    { id: 'city', name: { fi: 'Kaupunki' } },
    { id: 'health', parent: 'city', name: { fi: 'Terveys' } },
  ],
  servicePoints: [
    { id: 'kallio', group: 'health', name: { fi: 'Kallio' }, repeatWindowMs: 5_000 },
    { id: 'library', group: 'city', name: { fi: 'Kirjasto' }, repeatWindowMs: 5_000 },
  ],
};
const rule = (scope: AlertRule['scope'], more: Partial<AlertRule> = {}): AlertRule => ({
  scope,
  name: 'unhappy-now',
  condition: { kind: 'negative-share', share: 0.5, minPresses: 4, windowMs: 900_000 },
  enabled: true,
  tellWhenOver: false,
  ...more,
});
const ORGANISATION = { kind: 'organisation' } as const;
const CITY = { kind: 'group', id: 'city' } as const;
const HEALTH = { kind: 'group', id: 'health' } as const;
const KALLIO = { kind: 'service-point', id: 'kallio' } as const;

function scopeOfRule(rules: AlertRule[], servicePoint: string | undefined): AlertRule['scope'] | undefined {
  return effectiveRules(PLACES, rules, servicePoint).find(({ name }) => name === 'unhappy-now')?.scope;
}

describe('the rules that hold for a service point', () => {
  it('are the defaults where nothing is set, also for a terminal that stands nowhere', () => {
    const names = DEFAULT_ALERT_RULES.map(({ name }) => name).sort();
    expect(effectiveRules(PLACES, [], 'kallio').map(({ name }) => name)).toEqual(names);
    expect(effectiveRules(PLACES, [], undefined).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [[ORGANISATION, CITY, HEALTH, KALLIO], KALLIO, CITY],
    [[KALLIO, HEALTH, CITY], KALLIO, CITY],
    [[HEALTH, ORGANISATION], HEALTH, ORGANISATION],
    [[ORGANISATION], ORGANISATION, ORGANISATION],
  ])('are the nearest of each name: %j', (scopes, atKallio, atLibrary) => {
    const rules = scopes.map((scope) => rule(scope));
    expect(scopeOfRule(rules, 'kallio')).toEqual(atKallio);
    expect(scopeOfRule(rules, 'library')).toEqual(atLibrary);
  });

  it('may be switched off nearer by, and on again still nearer', () => {
    const rules = [rule(CITY, { enabled: false }), rule(KALLIO)];
    const enabled = (point: string) => effectiveRules(PLACES, rules, point).find((one) => one.name === 'unhappy-now');
    expect(enabled('library')?.enabled).toBe(false);
    expect(enabled('kallio')?.enabled).toBe(true);
  });

  it('stand beside those of other names', () => {
    const rules = effectiveRules(PLACES, [rule(HEALTH, { name: 'own-rule' })], 'kallio');
    expect(rules.map(({ name }) => name)).toContain('own-rule');
    expect(rules).toHaveLength(DEFAULT_ALERT_RULES.length + 1);
    expect(effectiveRules(PLACES, [rule(HEALTH, { name: 'own-rule' })], 'library')).toHaveLength(
      DEFAULT_ALERT_RULES.length,
    );
  });
});

describe('the scopes above', () => {
  it.each([
    [KALLIO, [KALLIO, HEALTH, CITY, ORGANISATION]],
    [HEALTH, [HEALTH, CITY, ORGANISATION]],
    [CITY, [CITY, ORGANISATION]],
    [ORGANISATION, [ORGANISATION]],
  ])('%j are itself and those above it, nearest first', (scope, above) => {
    expect(scopesAbove(PLACES, scope)).toEqual(above);
  });
});

describe('whom an alert is told', () => {
  it('is every webhook that is named', () => {
    const hooks = ['chat', 'pager'].map((webhook) => ({ kind: 'webhook', webhook }) as const);
    const recipients = [{ scope: ORGANISATION, recipients: hooks }];
    expect(recipientsOf(PLACES, { rules: [], recipients }, rule(ORGANISATION), 'kallio')).toEqual(hooks);
  });

  const mail = (address: string, language: 'fi' | 'sv' | 'en' = 'fi') =>
    ({ kind: 'email', address, language }) as const;
  const settings = {
    rules: [],
    recipients: [
      { scope: ORGANISATION, recipients: [mail('it@example.org'), mail('Boss@example.org')] },
      { scope: HEALTH, recipients: [mail('boss@example.org', 'sv'), { kind: 'webhook', webhook: 'chat' } as const] },
    ],
  };

  it('is everyone from the service point up to the organisation, each once, in the language said nearest', () => {
    expect(recipientsOf(PLACES, settings, rule(ORGANISATION), 'kallio')).toEqual([
      mail('boss@example.org', 'sv'),
      { kind: 'webhook', webhook: 'chat' },
      mail('it@example.org'),
    ]);
    expect(recipientsOf(PLACES, settings, rule(ORGANISATION), undefined)).toEqual(settings.recipients[0]?.recipients);
  });

  it('is whom the rule names instead, or nobody', () => {
    const own = rule(ORGANISATION, { recipients: [mail('x@example.org')] });
    expect(recipientsOf(PLACES, settings, own, 'kallio')).toEqual([mail('x@example.org')]);
    expect(recipientsOf(PLACES, settings, rule(ORGANISATION, { recipients: [] }), 'kallio')).toEqual([]);
  });
});
