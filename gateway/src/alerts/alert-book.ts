import type { Alert, AlertNumbers, AlertSubject } from './alert.js';
import type { AlertCondition, AlertRule, Recipient } from './alert-rule.js';
import type { AlertDetail, AlertStore } from './alert-store.js';
import { decideAlert } from './decide-alert.js';
import { HeldAlerts, type HeldPhase } from './held-alerts.js';
import { alertTimes } from './judge-condition.js';
import {
  type AlertEffect,
  type AlertInput,
  type AlertPhase,
  type AlertStep,
  stepAlert,
  type Verdict,
} from './step-alert.js';

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

/**
 * The alerts that are not closed for good. A step is carried out in the store before memory knows of it: what fails
 * there is as if it had not been, and is tried again with the next look. Calls must not overlap.
 */
export class AlertBook {
  readonly #parts: AlertBookParts;
  readonly #held = new HeldAlerts();
  #last = 0;

  constructor(parts: AlertBookParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    this.#last = await this.#parts.store.lastAlert();
    this.#held.clear();
    for (const alert of await this.#parts.store.unsettled()) this.#hold(alert, phaseOf(alert));
  }

  /** How many are open: nobody has them in hand. */
  get openCount(): number {
    return this.#held.openCount;
  }

  /** Number and `alertKey` of every alert about subjects of a kind that is not closed for good. */
  heldOf(kind: AlertSubject['kind']): { alert: number; key: string }[] {
    return this.#held.of(kind);
  }

  /** Where nothing is held and nothing is met, nothing has to be done: nearly always. */
  isIdle({ rule, subject }: AlertCase, verdict: Verdict): boolean {
    return verdict !== 'met' && this.#held.get(rule.name, subject) === undefined;
  }

  async judge(one: AlertCase, input: AlertInput & { kind: 'verdict' }, numbers: () => AlertNumbers): Promise<void> {
    const { name, condition } = one.rule;
    for (;;) {
      const phase = this.#held.get(name, one.subject);
      if (phase === undefined && input.verdict !== 'met') return;
      const step = this.#step(phase ?? QUIET, input, condition);
      if (step.effect === undefined) {
        if (phase !== undefined && step.phase.kind !== 'quiet') this.#held.put(name, one.subject, step.phase);
        return;
      }
      const alert = step.effect.kind === 'open' ? undefined : await this.#parts.store.alert(step.effect.alert);
      await this.#carryOut(one, step, alert, input.at, { numbers: numbers() });
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
    const phase = this.#held.phaseOf(id);
    if (phase === undefined) return false;
    // The first one who acknowledged it stays.
    if (input.kind === 'acknowledge' && phase.kind === 'active' && this.#held.isAcknowledged(id)) return true;
    const detail = await this.#parts.store.alert(id);
    if (detail === undefined) throw new Error(`alert ${id} is not in the store`);
    const step = this.#step(phase, input, detail.alert.rule.condition);
    if (step.effect === undefined) return false;
    await this.#carryOut(detail.alert, step, detail, at, words);
    return true;
  }

  #step(phase: AlertPhase, input: AlertInput, condition: AlertCondition): AlertStep {
    return (this.#parts.step ?? stepAlert)(phase, input, alertTimes(condition), this.#last + 1);
  }

  async #carryOut(
    { rule, subject }: AlertCase,
    { effect, phase }: AlertStep,
    detail: AlertDetail | undefined,
    at: number,
    more: { numbers?: AlertNumbers; by?: string; why?: string },
  ): Promise<void> {
    if (effect === undefined) return;
    const { store, notBefore, newDelivery, changed } = this.#parts;
    const decision = decideAlert(effect, {
      rule,
      subject,
      at,
      newDelivery,
      ...more,
      ...(detail === undefined ? {} : { alert: detail.alert }),
      recipients: this.#toldBy(effect, { rule, subject }, detail),
      notBefore: notBefore(rule, at),
    });
    await store.record(decision);
    this.#last = Math.max(this.#last, decision.alert.id);
    if (decision.alert.settled || phase.kind === 'quiet') this.#held.remove(rule.name, subject);
    else this.#hold(decision.alert, phase);
    changed(decision.alert.id, decision.notices.length > 0);
  }

  #hold(alert: Alert, phase: HeldPhase): void {
    this.#held.put(alert.rule.name, alert.subject, phase);
    if (alert.acknowledged !== undefined) this.#held.noteAcknowledged(alert.id);
  }

  #toldBy(effect: AlertEffect, { rule, subject }: AlertCase, detail: AlertDetail | undefined): Recipient[] {
    if (effect.kind === 'open') return this.#parts.recipients(rule, subject.servicePoint);
    if (effect.kind !== 'settle' || !effect.told || !rule.tellWhenOver) return [];
    return (detail?.notices ?? []).filter(({ event }) => event === 'opened').map(({ recipient }) => recipient);
  }
}

/** After a start; how long a condition has been over already is not remembered, so that it takes longer, never less. */
function phaseOf({ id, state }: Alert): HeldPhase {
  if (state.kind !== 'closed') return { kind: 'active', alert: id };
  if (state.how.kind === 'recovered') return { kind: 'recovered', alert: id, at: state.at };
  return { kind: 'dismissed', alert: id };
}
