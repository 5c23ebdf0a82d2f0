/** Why presses are left out of every number. */
export const EXCLUSION_REASONS = ['cleaner', 'installation-test', 'vandalism', 'other'] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Whose presses: those of a terminal wherever it stood, or those of every terminal while it stood at a service point. */
export type ExclusionTarget = { kind: 'terminal'; id: string } | { kind: 'service-point'; id: string };

/** Presses counted at from <= t < to (UTC ms) are to be left out of all numbers. */
export interface ExclusionRequest {
  target: ExclusionTarget;
  from: number;
  to: number;
  reason: ExclusionReason;
  note?: string;
}

/** An exclusion as the store holds it; it holds unless revoked, also for presses that arrive later. */
export interface Exclusion extends ExclusionRequest {
  id: number;
  /** Who made it, and when (UTC ms). */
  by: string;
  at: number;
  revoked?: { by: string; at: number; why?: string };
  /** It reaches beyond what who asks may see: not theirs to bring back. */
  isPart?: true;
}

/** Who does something, and when: UTC ms. */
export interface Actor {
  who: string;
  at: number;
}

export function isInForce(exclusion: Exclusion): boolean {
  return exclusion.revoked === undefined;
}
