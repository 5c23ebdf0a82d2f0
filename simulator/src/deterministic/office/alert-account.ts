import { type Alert, type AlertDecision, alertKey } from '@hymio/gateway';
import type { Verdict } from '../verdict.js';

interface Known {
  alert: Alert;
  key: string;
  /** Who was told of what, as `opened aino@example.org`. */
  told: Set<string>;
  /** True time at which it last closed by itself, UTC ms. */
  recoveredAt?: number;
}

/** The shortest cool-down of the rules in force here, ms: nothing rings anew within it. */
const COOL_DOWN_MS = 3_600_000;

/** The guard and the pager: every rule tells both. */
const WHO_IS_TOLD = 2;

/** The plain account of alerts: each opened once, closed once, told once. Looks at every decision that is written. */
export class AlertAccount {
  readonly #verdict: Verdict;
  readonly #now: () => number;
  /** For how long nobody has set the clock or changed a rule, which may end a cool-down early, ms. */
  readonly #undisturbedMs: () => number;
  readonly #known = new Map<number, Known>();

  /** `now`: true time, UTC ms. */
  constructor(verdict: Verdict, now: () => number, undisturbedMs: () => number) {
    this.#verdict = verdict;
    this.#now = now;
    this.#undisturbedMs = undisturbedMs;
  }

  get count(): number {
    return this.#known.size;
  }

  /** Those of a key that are open or acknowledged. */
  active(key: string): Alert[] {
    return [...this.#known.values()]
      .filter((known) => known.key === key && known.alert.state.kind !== 'closed')
      .map(({ alert }) => alert);
  }

  unsettled(): Alert[] {
    return [...this.#known.values()].map(({ alert }) => alert).filter(({ settled }) => !settled);
  }

  note(decision: AlertDecision): void {
    const { alert, notices } = decision;
    const before = this.#known.get(alert.id);
    const key = alertKey(alert.rule.name, alert.subject);
    if (before === undefined) this.#opens(decision, key);
    else this.#changes(before, decision);
    const known: Known = before ?? { alert, key, told: new Set() };
    for (const { event, recipient } of notices) {
      const whom = `${event} ${recipient.kind === 'email' ? recipient.address : recipient.webhook}`;
      this.#verdict.check(!known.told.has(whom), 'noticed-twice', () => `alert ${alert.id}: ${whom}`);
      known.told.add(whom);
    }
    if (alert.state.kind === 'closed' && alert.state.how.kind === 'recovered' && !alert.settled) {
      known.recoveredAt = this.#now();
    }
    known.alert = structuredClone(alert);
    this.#known.set(alert.id, known);
  }

  #opens(decision: AlertDecision, key: string): void {
    const { alert } = decision;
    const last = Math.max(0, ...this.#known.keys());
    this.#verdict.check(alert.id === last + 1, 'wrong-alert-number', () => `${alert.id} after ${last}`);
    const entry = alert.state.kind === 'open' && !alert.settled;
    this.#verdict.check(entry, 'opened-otherwise', () => `alert ${alert.id} begins as ${alert.state.kind}`);
    const others = [...this.#known.values()].filter((known) => known.key === key);
    const everybody = decision.notices.length === WHO_IS_TOLD;
    this.#verdict.check(everybody, 'not-everybody-told', () => `alert ${alert.id}: ${decision.notices.length}`);
    const held = others.find((known) => !known.alert.settled);
    this.#verdict.check(held === undefined, 'two-alerts-at-once', () => `${key}: ${held?.alert.id}, ${alert.id}`);
    const recoveredAt = Math.max(...others.map((known) => known.recoveredAt ?? Number.NEGATIVE_INFINITY));
    const soon = this.#now() - recoveredAt < COOL_DOWN_MS && this.#undisturbedMs() > COOL_DOWN_MS;
    this.#verdict.check(!soon, 'rings-again-too-soon', () => `${key}: alert ${alert.id}`);
  }

  #changes({ alert: before }: Known, { alert, entry }: AlertDecision): void {
    const name = `alert ${alert.id}`;
    this.#verdict.check(!before.settled, 'changed-though-settled', () => name);
    const [was, is] = [before.state.kind, alert.state.kind];
    const opens = entry?.kind === 'reopened';
    const closes = entry?.kind === 'closed';
    if (opens)
      this.#verdict.check(was === 'closed' && is !== 'closed', 'reopened-otherwise', () => `${name} was ${was}`);
    if (closes) this.#verdict.check(was !== 'closed' && is === 'closed', 'closed-twice', () => `${name} was ${was}`);
    if (entry?.kind === 'acknowledged') this.#verdict.check(was === 'open', 'acknowledged-twice', () => name);
    if (alert.settled) this.#verdict.check(is === 'closed', 'settled-while-open', () => name);
    if (entry === undefined) this.#verdict.check(alert.settled, 'changed-without-a-word', () => name);
  }
}
