/** Whether the condition of a rule holds; between the two bounds of its hysteresis nothing changes. */
export type Verdict = 'met' | 'between' | 'over';

/** Where a rule stands with a subject. Instants UTC ms. */
export type AlertPhase =
  | { kind: 'quiet' }
  /** Open or acknowledged; `overSince`: the condition has been over without a break since then. */
  | { kind: 'active'; alert: number; overSince?: number }
  /** Closed by itself. Comes back as the same alert until the cool-down has passed. */
  | { kind: 'recovered'; alert: number; at: number }
  /** Closed by hand while the condition may hold still: nothing new until it has been over. */
  | { kind: 'dismissed'; alert: number; overSince?: number };

export type AlertInput =
  | { kind: 'verdict'; verdict: Verdict; at: number }
  | { kind: 'acknowledge' }
  | { kind: 'dismiss' }
  /** The rule or the subject is gone, or the rule is off. */
  | { kind: 'withdraw' };

/** What has to be done, in one transaction, for the new phase to hold. */
export type AlertEffect =
  | { kind: 'open'; alert: number }
  | { kind: 'reopen'; alert: number }
  | { kind: 'recover'; alert: number }
  | { kind: 'acknowledge'; alert: number }
  | { kind: 'dismiss'; alert: number }
  | { kind: 'withdraw'; alert: number }
  /** Closed for good. `told`: it was over by itself, which may be told now that it did not come back. */
  | { kind: 'settle'; alert: number; told: boolean };

export interface AlertTimes {
  /** How long the condition must be over before the alert closes by itself, ms. */
  recoveryMs: number;
  /** How long afterwards it comes back as the same alert, ms. */
  coolDownMs: number;
}

export interface AlertStep {
  phase: AlertPhase;
  effect?: AlertEffect;
}

/**
 * The life of alerts of one rule and subject: open, acknowledged, closed. Pure; `nextAlert` is the number of an alert
 * that it opens. An instant before one that it remembers (the clock was set back) counts as that one.
 */
export function stepAlert(phase: AlertPhase, input: AlertInput, times: AlertTimes, nextAlert: number): AlertStep {
  switch (input.kind) {
    case 'verdict':
      return judge(phase, input.verdict, input.at, times, nextAlert);
    case 'acknowledge':
      return phase.kind === 'active' ? { phase, effect: { kind: 'acknowledge', alert: phase.alert } } : { phase };
    case 'dismiss':
      if (phase.kind !== 'active') return { phase };
      return {
        phase: { kind: 'dismissed', alert: phase.alert },
        effect: { kind: 'dismiss', alert: phase.alert },
      };
    case 'withdraw':
      return withdraw(phase);
  }
}

function judge(phase: AlertPhase, verdict: Verdict, at: number, times: AlertTimes, nextAlert: number): AlertStep {
  switch (phase.kind) {
    case 'quiet':
      if (verdict !== 'met') return { phase };
      return { phase: { kind: 'active', alert: nextAlert }, effect: { kind: 'open', alert: nextAlert } };
    case 'active': {
      const { alert } = phase;
      const overSince = overFrom(phase.overSince, verdict, at);
      if (overSince === undefined) return { phase: { kind: 'active', alert } };
      if (at - overSince < times.recoveryMs) return { phase: { kind: 'active', alert, overSince } };
      return { phase: { kind: 'recovered', alert, at }, effect: { kind: 'recover', alert } };
    }
    case 'recovered': {
      const { alert } = phase;
      const closedAt = Math.min(phase.at, at);
      if (at - closedAt >= times.coolDownMs) {
        return { phase: { kind: 'quiet' }, effect: { kind: 'settle', alert, told: true } };
      }
      if (verdict === 'met') return { phase: { kind: 'active', alert }, effect: { kind: 'reopen', alert } };
      return { phase: { kind: 'recovered', alert, at: closedAt } };
    }
    case 'dismissed': {
      const { alert } = phase;
      const overSince = overFrom(phase.overSince, verdict, at);
      if (overSince === undefined) return { phase: { kind: 'dismissed', alert } };
      if (at - overSince < times.recoveryMs) return { phase: { kind: 'dismissed', alert, overSince } };
      return { phase: { kind: 'quiet' }, effect: { kind: 'settle', alert, told: false } };
    }
  }
}

function overFrom(overSince: number | undefined, verdict: Verdict, at: number): number | undefined {
  if (verdict !== 'over') return undefined;
  return Math.min(overSince ?? at, at);
}

function withdraw(phase: AlertPhase): AlertStep {
  const quiet: AlertPhase = { kind: 'quiet' };
  switch (phase.kind) {
    case 'quiet':
      return { phase };
    case 'active':
      return { phase: quiet, effect: { kind: 'withdraw', alert: phase.alert } };
    case 'recovered':
    case 'dismissed':
      return { phase: quiet, effect: { kind: 'settle', alert: phase.alert, told: false } };
  }
}
