import { openingSpans } from '../calendar/opening-spans.js';
import { lengthOfSpans } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Registry } from '../registry/registry.js';
import { servicePointsById } from '../registry/service-points-by-id.js';
import {
  type AlertRule,
  type AlertScope,
  type AlertSettings,
  isTerminalCondition,
  type Recipient,
} from './alert-rule.js';
import { nearestRules, recipientsOf, scopesOfPoint } from './effective-rules.js';
import { scopeKey } from './scope-key.js';

interface PlaceRules {
  press: readonly AlertRule[];
  terminal: readonly AlertRule[];
}

/** The rules in force, worked out once for each change of the registry or the settings. */
export class RuleBook {
  readonly registry: Registry;
  readonly settings: AlertSettings;
  /** Every window that a rule in force looks at, ms. */
  readonly windows: ReadonlySet<number>;
  /** The same of rules on presses that no panel can have sent. */
  readonly suspectWindows: ReadonlySet<number>;
  readonly #zone: string;
  readonly #everywhere: PlaceRules;
  /** Of the places where others hold than everywhere. */
  readonly #elsewhere: ReadonlyMap<string, PlaceRules>;

  constructor(registry: Registry, settings: AlertSettings, zone: string) {
    this.registry = registry;
    this.settings = settings;
    this.#zone = zone;
    const rulesAt = sharedRules(settings.rules);
    this.#everywhere = rulesAt([{ kind: 'organisation' }]);
    const groups = new Map(registry.groups.map((group) => [group.id, group]));
    const elsewhere = new Map<string, PlaceRules>();
    for (const point of registry.servicePoints) {
      const rules = rulesAt(scopesOfPoint(groups, point));
      if (rules !== this.#everywhere) elsewhere.set(point.id, rules);
    }
    this.#elsewhere = elsewhere;
    const all = [...new Set([this.#everywhere, ...elsewhere.values()])];
    this.windows = windowsOf(all.flatMap(({ press }) => press));
    this.suspectWindows = windowsOf(all.flatMap(({ terminal }) => terminal));
  }

  /** Rules on presses that are in force at a service point. */
  pressRules(servicePoint: string): readonly AlertRule[] {
    return this.#of(servicePoint).press;
  }

  /** Rules on terminals that are in force where one stands; undefined: nowhere. */
  terminalRules(servicePoint: string | undefined): readonly AlertRule[] {
    return this.#of(servicePoint).terminal;
  }

  recipients(rule: AlertRule, servicePoint: string | undefined): Recipient[] {
    return recipientsOf(this.registry, this.settings, rule, servicePoint);
  }

  /** Whether a place is open at `now`, and for how long it was in the window before, ms. */
  opening(servicePoint: string, windowMs: number, now: number): { isOpen: boolean; openMs: number } {
    const point = servicePointsById(this.registry).get(servicePoint);
    const times = point === undefined ? {} : openingTimesOf(this.registry, point);
    return {
      isOpen: openingSpans(times, now, now + 1, this.#zone).length > 0,
      openMs: lengthOfSpans(openingSpans(times, now - windowMs, now, this.#zone)),
    };
  }

  #of(servicePoint: string | undefined): PlaceRules {
    return (servicePoint === undefined ? undefined : this.#elsewhere.get(servicePoint)) ?? this.#everywhere;
  }
}

/** The rules in force below scopes, nearest first; the same object where the same scopes have rules of their own. */
function sharedRules(all: readonly AlertRule[]): (scopes: readonly AlertScope[]) => PlaceRules {
  const setAt = new Set(all.map(({ scope }) => scopeKey(scope)));
  const known = new Map<string, PlaceRules>();
  return (scopes) => {
    const own = scopes.filter((scope) => setAt.has(scopeKey(scope)));
    const key = own.map(scopeKey).join(' ');
    const rules = known.get(key) ?? placeRules(nearestRules(own, all));
    known.set(key, rules);
    return rules;
  };
}

function placeRules(rules: readonly AlertRule[]): PlaceRules {
  const enabled = rules.filter(({ enabled }) => enabled);
  return {
    press: enabled.filter(({ condition }) => !isTerminalCondition(condition)),
    terminal: enabled.filter(({ condition }) => isTerminalCondition(condition)),
  };
}

function windowsOf(rules: readonly AlertRule[]): ReadonlySet<number> {
  return new Set(rules.flatMap(({ condition }) => ('windowMs' in condition ? [condition.windowMs] : [])));
}
