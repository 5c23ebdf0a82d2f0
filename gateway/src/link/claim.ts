/**
 * Retained by the gateway that listens on a broker: its instance id. Two gateways on one broker would each acknowledge
 * presses into a store of their own; so the one that came last listens, and the other one says so and does not.
 */
export const CLAIM_TOPIC = 'hymio/v1/claim';

/** unsettled: our claim has not come back from the broker yet; the order in which claims come back decides. */
export type Claim = { kind: 'unsettled' } | { kind: 'ours' } | { kind: 'taken'; by: string };

export interface ClaimStep {
  claim: Claim;
  /** Nobody claims the broker (any more): say again that we do. */
  claimAgain: boolean;
}

/** What a message on the claim topic means for the gateway `instance`. The broker's order is the same for everyone. */
export function stepClaim(claim: Claim, instance: string, payload: string): ClaimStep {
  if (payload === instance) return { claim: { kind: 'ours' }, claimAgain: false };
  if (payload === '') return { claim: { kind: 'unsettled' }, claimAgain: claim.kind !== 'unsettled' };
  // Heard before our own comes back: it was said before ours.
  if (claim.kind === 'unsettled') return { claim, claimAgain: false };
  return { claim: { kind: 'taken', by: payload }, claimAgain: false };
}
