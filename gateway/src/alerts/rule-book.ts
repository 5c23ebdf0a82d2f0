import { type OpeningTimes, openingSpans } from '../calendar/opening-spans.js';
import { lengthOfSpans } from '../calendar/spans.js';
import { openingTimesOf } from '../registry/opening-times.js';
import type { Registry } from '../registry/registry.js';
import { type AlertRule, type AlertSettings, isTerminalCondition, type Recipient } from './alert-rule.js';
import { effectiveRules, recipientsOf } from './effective-rules.js';

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
  readonly #rules = new Map<string | undefined, PlaceRules>();
  readonly #opening: ReadonlyMap<string, OpeningTimes>;

  constructor(registry: Registry, settings: AlertSettings, zone: string) {
    this.registry = registry;
    this.settings = settings;
    this.#zone = zone;
    for (const place of [undefined, ...registry.servicePoints.map(({ id }) => id)]) {
      const rules = effectiveRules(registry, settings.rules, place).filter(({ enabled }) => enabled);
      this.#rules.set(place, {
        press: rules.filter(({ condition }) => !isTerminalCondition(condition)),
        terminal: rules.filter(({ condition }) => isTerminalCondition(condition)),
      });
    }
    this.#opening = new Map(registry.servicePoints.map((point) => [point.id, openingTimesOf(registry, point)]));
    const all = [...this.#rules.values()];
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
    const times = this.#opening.get(servicePoint) ?? {};
    return {
      isOpen: openingSpans(times, now, now + 1, this.#zone).length > 0,
      openMs: lengthOfSpans(openingSpans(times, now - windowMs, now, this.#zone)),
    };
  }

  #of(servicePoint: string | undefined): PlaceRules {
    return this.#rules.get(servicePoint) ?? this.#rules.get(undefined) ?? { press: [], terminal: [] };
  }
}

function windowsOf(rules: readonly AlertRule[]): ReadonlySet<number> {
  return new Set(rules.flatMap(({ condition }) => ('windowMs' in condition ? [condition.windowMs] : [])));
}
