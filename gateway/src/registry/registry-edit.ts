import type { NamedPlace, PlaceUses } from './place-uses.js';
import type { Group, Question, ServicePoint } from './registry.js';

/**
 * One change of the registry. `version` is that of the item as it was when the change was thought of (see
 * `itemVersion`); with another one meanwhile it is refused. Left out for a put: the item must be new; else: not checked.
 * Instants are UTC ms.
 */
export type RegistryEdit = { version?: string } & (
  | { kind: 'put-group'; group: Group }
  | { kind: 'remove-group'; id: string }
  | { kind: 'put-service-point'; servicePoint: ServicePoint }
  | { kind: 'remove-service-point'; id: string }
  | { kind: 'put-question'; question: Question }
  | { kind: 'remove-question'; id: string }
  /** Announces a terminal, or names one. */
  | { kind: 'put-terminal'; terminal: string; name?: string }
  /**
   * From then on it stands there (servicePoint absent: nowhere) and asks that: the later part of the stay that the
   * instant falls in. What is recorded after that stay remains.
   */
  | { kind: 'move-terminal'; terminal: string; from: number; servicePoint?: string; question?: string }
  /** From then on, until it changes again, every terminal at the service point asks that (absent: nothing). */
  | { kind: 'ask-question'; servicePoint: string; from: number; question?: string }
  /** Another device stands in for a broken one under the same id. */
  | { kind: 'replace-device'; terminal: string; at: number; why: string }
  /** Out of use from then on: it stands nowhere any more, its history stays. */
  | { kind: 'retire-terminal'; terminal: string; at: number; why?: string }
  | { kind: 'restore-terminal'; terminal: string }
);
export type RegistryEditKind = RegistryEdit['kind'];

/** What must be known besides the registry. */
export interface RegistryFacts {
  /** UTC ms. */
  now: number;
  /** Whether anything ever came from that terminal. */
  isSeen(terminal: string): boolean;
  /** Whether presses, exclusions or notes name that service point. */
  hasHistory(servicePoint: string): boolean;
  /** What beside the registry names that group or service point. */
  uses(place: NamedPlace): PlaceUses;
}
