import { type AlertSubject, alertKey } from './alert.js';
import type { AlertPhase } from './step-alert.js';

/** Of an alert that is not closed for good. */
export type HeldPhase = Exclude<AlertPhase, { kind: 'quiet' }>;
/** By the rule's name and the subject's id. */
type Phases = Map<string, Map<string, HeldPhase>>;

/**
 * How the alerts stand that are not closed for good. There may be one at each of ten thousand places: of each only its
 * phase is held, all else is in the store.
 */
export class HeldAlerts {
  readonly #phases: Readonly<Record<AlertSubject['kind'], Phases>> = {
    terminal: new Map(),
    'service-point': new Map(),
  };
  /** Those that somebody has acknowledged, at whatever time. */
  readonly #acknowledged = new Set<number>();

  clear(): void {
    for (const phases of Object.values(this.#phases)) phases.clear();
    this.#acknowledged.clear();
  }

  get(name: string, subject: AlertSubject): HeldPhase | undefined {
    return this.#phases[subject.kind].get(name)?.get(idOf(subject));
  }

  put(name: string, subject: AlertSubject, phase: HeldPhase): void {
    const phases = this.#phases[subject.kind];
    const bySubject = phases.get(name) ?? new Map<string, HeldPhase>();
    phases.set(name, bySubject);
    bySubject.set(idOf(subject), phase);
  }

  remove(name: string, subject: AlertSubject): void {
    const phase = this.get(name, subject);
    if (phase === undefined) return;
    this.#phases[subject.kind].get(name)?.delete(idOf(subject));
    this.#acknowledged.delete(phase.alert);
  }

  noteAcknowledged(alert: number): void {
    this.#acknowledged.add(alert);
  }

  isAcknowledged(alert: number): boolean {
    return this.#acknowledged.has(alert);
  }

  /** Undefined: it is closed for good. */
  phaseOf(alert: number): HeldPhase | undefined {
    for (const phase of this.#all()) if (phase.alert === alert) return phase;
    return undefined;
  }

  /** How many are open: nobody has them in hand. */
  get openCount(): number {
    let count = 0;
    for (const { kind, alert } of this.#all()) if (kind === 'active' && !this.#acknowledged.has(alert)) count += 1;
    return count;
  }

  /** Number and `alertKey` of each about subjects of a kind. */
  of(kind: AlertSubject['kind']): { alert: number; key: string }[] {
    return [...this.#phases[kind]].flatMap(([name, bySubject]) =>
      [...bySubject].map(([id, { alert }]) => ({ alert, key: alertKey(name, subjectOf(kind, id)) })),
    );
  }

  *#all(): Generator<HeldPhase> {
    for (const phases of Object.values(this.#phases)) {
      for (const bySubject of phases.values()) yield* bySubject.values();
    }
  }
}

function idOf(subject: AlertSubject): string {
  return subject.kind === 'terminal' ? subject.terminal : subject.servicePoint;
}

function subjectOf(kind: AlertSubject['kind'], id: string): AlertSubject {
  return kind === 'terminal' ? { kind, terminal: id } : { kind, servicePoint: id };
}
