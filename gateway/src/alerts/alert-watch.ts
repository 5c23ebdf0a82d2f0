import type { PresenceSpan } from '../store/store.js';
import type { AlertNumbers, AlertSubject } from './alert.js';
import { alertKey } from './alert.js';
import type { AlertBook } from './alert-book.js';
import { type AlertCondition, type AlertRule, isTerminalCondition } from './alert-rule.js';
import {
  judgePresses,
  judgeStreak,
  judgeSuspects,
  judgeTerminal,
  type PressSight,
  STREAK_LIFE_MS,
} from './judge-condition.js';
import type { PressMemory } from './press-memory.js';
import type { RuleBook } from './rule-book.js';
import type { Verdict } from './step-alert.js';
import type { SuspectMemory } from './suspect-memory.js';
import { workedShares } from './worked-shares.js';

/** How long what is known of working time may be old, ms. */
const WORKING_FRESH_MS = 5 * 60_000;

/** A terminal as the rules see it. */
export interface WatchedTerminal {
  id: string;
  servicePoint?: string;
  /** Kind of its state. */
  state: string;
  /** UTC ms; null where the state has no beginning. */
  since: number | null;
  /** Codes of its faults. */
  faults: readonly string[];
}

/** Looks at presses and terminals with the rules of a `RuleBook`, and tells the `AlertBook` what it sees. */
export class AlertWatch {
  readonly rules: RuleBook;
  readonly #memory: PressMemory;
  readonly #suspects: SuspectMemory;
  readonly #book: AlertBook;
  readonly #presence: (from: number, to: number) => Promise<readonly PresenceSpan[]>;
  readonly #zone: string;
  readonly #worked = new Map<number, { readAt: number; shares: Map<string, number> }>();

  constructor(parts: {
    rules: RuleBook;
    memory: PressMemory;
    suspects: SuspectMemory;
    book: AlertBook;
    presence: (from: number, to: number) => Promise<readonly PresenceSpan[]>;
    zone: string;
  }) {
    this.rules = parts.rules;
    this.#memory = parts.memory;
    this.#suspects = parts.suspects;
    this.#book = parts.book;
    this.#presence = parts.presence;
    this.#zone = parts.zone;
  }

  /** Judges the presses of some service points, or of all. `now`: UTC ms. */
  async lookAtPresses(servicePoints: Iterable<string> | undefined, now: number): Promise<void> {
    for (const servicePoint of servicePoints ?? this.rules.registry.servicePoints.map(({ id }) => id)) {
      const subject: AlertSubject = { kind: 'service-point', servicePoint };
      for (const rule of this.rules.pressRules(servicePoint)) {
        const judged = this.#judgePresses(rule, servicePoint, now);
        // A thousand places are looked at in one go: only what must wait waits.
        const verdict = typeof judged === 'string' ? judged : await judged;
        if (this.#book.isIdle({ rule, subject }, verdict)) continue;
        const numbers = () => this.numbersOf(rule, servicePoint, now);
        await this.#book.judge({ rule, subject }, { kind: 'verdict', verdict, at: now }, numbers);
      }
    }
  }

  /** `listeningSince`: since when the gateway hears terminals, UTC ms; undefined: it does not. */
  async lookAtTerminals(
    terminals: Iterable<WatchedTerminal>,
    listeningSince: number | undefined,
    now: number,
  ): Promise<void> {
    const watched = new Set<string>();
    for (const seen of terminals) {
      const { id, servicePoint } = seen;
      const place = servicePoint === undefined ? {} : { servicePoint };
      const subject: AlertSubject = { kind: 'terminal', terminal: id, ...place };
      for (const rule of this.rules.terminalRules(servicePoint)) {
        const verdict = this.#judgeTerminal(rule, seen, listeningSince, now);
        if (this.#book.isIdle({ rule, subject }, verdict)) continue;
        watched.add(alertKey(rule.name, subject));
        const numbers = () =>
          rule.condition.kind === 'suspect-presses'
            ? this.suspectsOf(id, rule.condition.windowMs, now)
            : numbersOfTerminal(seen);
        await this.#book.judge({ rule, subject }, { kind: 'verdict', verdict, at: now }, numbers);
      }
    }
    await this.#withdraw('terminal', watched, now);
  }

  /** Closes what no rule in force looks at any more; for terminals `lookAtTerminals` does it. */
  async withdrawPlaces(now: number): Promise<void> {
    const watched = this.rules.registry.servicePoints.flatMap(({ id }) =>
      this.rules.pressRules(id).map(({ name }) => alertKey(name, { kind: 'service-point', servicePoint: id })),
    );
    await this.#withdraw('service-point', new Set(watched), now);
  }

  /** What a rule on suspect presses counts now of a terminal within its window (ms). `now`: UTC ms. */
  suspectsOf(terminal: string, windowMs: number, now: number): AlertNumbers {
    const { ahead, pace, spanMs } = this.#suspects.sight(terminal, windowMs);
    return { kind: 'suspect', ahead, pace, from: Math.round(now - spanMs), to: now };
  }

  /** What a press rule counts now at a service point. */
  numbersOf({ condition }: AlertRule, servicePoint: string, now: number): AlertNumbers {
    if (!('windowMs' in condition)) {
      const { presses = 0, lastAt = now } = this.#memory.streak(servicePoint) ?? {};
      return { kind: 'streak', presses: now - lastAt > STREAK_LIFE_MS ? 0 : presses, lastAt };
    }
    const { fresh, from } = this.#counts(servicePoint, condition.windowMs, now);
    return { kind: 'presses', ratings: fresh, from, to: now };
  }

  #judgeTerminal(
    { condition }: AlertRule,
    { id, state, since }: WatchedTerminal,
    listeningSince: number | undefined,
    now: number,
  ): Verdict {
    if (condition.kind === 'suspect-presses') {
      return judgeSuspects(condition.presses, this.#suspects.sight(id, condition.windowMs));
    }
    return condition.kind === 'terminal-state'
      ? judgeTerminal(condition, { state, since }, listeningSince, now)
      : 'between';
  }

  #judgePresses({ condition }: AlertRule, servicePoint: string, now: number): Verdict | Promise<Verdict> {
    if (isTerminalCondition(condition)) return 'over';
    if (condition.kind === 'very-happy-streak') {
      return judgeStreak(condition.presses, this.#memory.streak(servicePoint) ?? { presses: 0, lastAt: now }, now);
    }
    const { fresh, all } = this.#counts(servicePoint, condition.windowMs, now);
    const sight: PressSight = { fresh, all, isOpen: false, openMs: 0 };
    if (condition.kind !== 'presses-below' || all >= condition.presses) return judgePresses(condition, sight);
    return this.#judgeSilence(condition, sight, servicePoint, now);
  }

  async #judgeSilence(
    condition: Extract<AlertCondition, { kind: 'presses-below' }>,
    sight: PressSight,
    servicePoint: string,
    now: number,
  ): Promise<Verdict> {
    const workedShare = await this.#workedShare(servicePoint, condition.windowMs, now);
    const opening = this.rules.opening(servicePoint, condition.windowMs, now);
    return judgePresses(condition, { ...sight, ...opening, ...(workedShare === undefined ? {} : { workedShare }) });
  }

  #counts(servicePoint: string, windowMs: number, now: number): ReturnType<typeof emptyCounts> {
    return this.#memory.counts(servicePoint, windowMs, now) ?? emptyCounts(now - windowMs);
  }

  async #workedShare(servicePoint: string, windowMs: number, now: number): Promise<number | undefined> {
    let known = this.#worked.get(windowMs);
    if (known === undefined || now - known.readAt > WORKING_FRESH_MS || now < known.readAt) {
      const from = now - windowMs;
      const shares = workedShares(this.rules.registry, await this.#presence(from, now), from, now, this.#zone);
      known = { readAt: now, shares };
      this.#worked.set(windowMs, known);
    }
    return known.shares.get(servicePoint);
  }

  async #withdraw(kind: AlertSubject['kind'], watched: ReadonlySet<string>, now: number): Promise<void> {
    for (const { alert, key } of this.#book.heldOf(kind)) {
      if (!watched.has(key)) await this.#book.byHand(alert, { kind: 'withdraw' }, now);
    }
  }
}

/** How a terminal is, as an alert holds it. */
export function numbersOfTerminal({ state, since, faults }: WatchedTerminal): AlertNumbers {
  return { kind: 'terminal', state, since, faults };
}

function emptyCounts(from: number): { fresh: readonly [number, number, number, number]; all: number; from: number } {
  return { fresh: [0, 0, 0, 0], all: 0, from };
}
