import type { Alert, AlertNumbers, AlertSubject } from './alert.js';
import { alertKey } from './alert.js';
import type { AlertRule, Recipient } from './alert-rule.js';
import type { AlertStore } from './alert-store.js';
import { decideAlert } from './decide-alert.js';
import { alertTimes } from './judge-condition.js';
import { type AlertEffect, type AlertInput, type AlertPhase, stepAlert, type Verdict } from './step-alert.js';

const QUIET: AlertPhase = { kind: 'quiet' };

/** One rule at one subject. */
export interface AlertCase {
  rule: AlertRule;
  subject: AlertSubject;
}

export interface AlertBookParts {
  store: Pick<AlertStore, 'record' | 'unsettled' | 'lastAlert' | 'alert'>;
  /** Whom an alert of a rule is told. */
  recipients: (rule: AlertRule, servicePoint: string | undefined) => Recipient[];
  /** When a notice of a rule may go, UTC ms. */
  notBefore: (rule: AlertRule, at: number) => number;
  newDelivery: () => string;
  /** An alert has changed and that is committed; `noticed`: there is something to deliver. */
  changed: (alert: number, noticed: boolean) => void;
  /** Decides; default: `stepAlert`. */
  step?: typeof stepAlert;
}

interface Held {
  alert: Alert;
  phase: AlertPhase;
}

/**
 * The alerts that are not closed for good. A step is carried out in the store before memory knows of it: what fails
 * there is as if it had not been, and is tried again with the next look. Calls must not overlap.
 */
export class AlertBook {
  readonly #parts: AlertBookParts;
  readonly #held = new Map<string, Held>();
  #last = 0;

  constructor(parts: AlertBookParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    this.#last = await this.#parts.store.lastAlert();
    this.#held.clear();
    for (const alert of await this.#parts.store.unsettled()) {
      this.#held.set(alertKey(alert.rule.name, alert.subject), { alert, phase: phaseOf(alert) });
    }
  }

  /** Every alert not closed for good. */
  alerts(): Alert[] {
    return [...this.#held.values()].map(({ alert }) => alert);
  }

  /** Where nothing is held and nothing is met, nothing has to be done: nearly always. */
  isIdle({ rule, subject }: AlertCase, verdict: Verdict): boolean {
    return verdict !== 'met' && !this.#held.has(alertKey(rule.name, subject));
  }

  async judge(one: AlertCase, input: AlertInput & { kind: 'verdict' }, numbers: () => AlertNumbers): Promise<void> {
    const key = alertKey(one.rule.name, one.subject);
    for (;;) {
      const held = this.#held.get(key);
      if (held === undefined && input.verdict !== 'met') return;
      const step = (this.#parts.step ?? stepAlert)(
        held?.phase ?? QUIET,
        input,
        alertTimes(one.rule.condition),
        this.#last + 1,
      );
      if (step.effect === undefined) {
        if (held !== undefined) held.phase = step.phase;
        return;
      }
      await this.#carryOut(key, one, step.phase, step.effect, input.at, { numbers: numbers() });
      // What is closed for good leaves room for a new alert at once.
      if (step.effect.kind !== 'settle') return;
    }
  }

  /** Returns whether the alert could take it. */
  async byHand(
    id: number,
    input: { kind: 'acknowledge' } | { kind: 'dismiss' } | { kind: 'withdraw' },
    at: number,
    words: { by?: string; why?: string } = {},
  ): Promise<boolean> {
    for (const [key, { alert, phase }] of this.#held) {
      if (alert.id !== id) continue;
      // The first one who acknowledged it stays.
      if (input.kind === 'acknowledge' && alert.state.kind === 'acknowledged') return true;
      const step = (this.#parts.step ?? stepAlert)(phase, input, alertTimes(alert.rule.condition), this.#last + 1);
      if (step.effect === undefined) return false;
      await this.#carryOut(key, alert, step.phase, step.effect, at, words);
      return true;
    }
    return false;
  }

  async #carryOut(
    key: string,
    { rule, subject }: AlertCase,
    phase: AlertPhase,
    effect: AlertEffect,
    at: number,
    more: { numbers?: AlertNumbers; by?: string; why?: string },
  ): Promise<void> {
    const { store, notBefore, newDelivery, changed } = this.#parts;
    const alert = this.#held.get(key)?.alert;
    const decision = decideAlert(effect, {
      rule,
      subject,
      at,
      newDelivery,
      ...more,
      ...(alert === undefined ? {} : { alert }),
      recipients: await this.#toldBy(effect, rule, subject),
      notBefore: notBefore(rule, at),
    });
    await store.record(decision);
    this.#last = Math.max(this.#last, decision.alert.id);
    if (decision.alert.settled) this.#held.delete(key);
    else this.#held.set(key, { alert: decision.alert, phase });
    changed(decision.alert.id, decision.notices.length > 0);
  }

  async #toldBy(effect: AlertEffect, rule: AlertRule, subject: AlertSubject): Promise<Recipient[]> {
    if (effect.kind === 'open') return this.#parts.recipients(rule, subject.servicePoint);
    if (effect.kind !== 'settle' || !effect.told || !rule.tellWhenOver) return [];
    const detail = await this.#parts.store.alert(effect.alert);
    return (detail?.notices ?? []).filter(({ event }) => event === 'opened').map(({ recipient }) => recipient);
  }
}

/** After a start; how long a condition has been over already is not remembered, so that it takes longer, never less. */
function phaseOf({ id, state }: Alert): AlertPhase {
  if (state.kind !== 'closed') return { kind: 'active', alert: id };
  if (state.how.kind === 'recovered') return { kind: 'recovered', alert: id, at: state.at };
  return { kind: 'dismissed', alert: id };
}
