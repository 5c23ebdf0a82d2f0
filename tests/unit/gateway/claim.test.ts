import { type Claim, stepClaim } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

/** Claims as the broker hands them to everyone, in one order; what each gateway makes of it. */
function outcome(instance: string, heard: readonly string[]): Claim['kind'] {
  let claim: Claim = { kind: 'unsettled' };
  for (const payload of heard) claim = stepClaim(claim, instance, payload).claim;
  return claim.kind;
}

describe('the claim of a broker', () => {
  it.each([
    ['alone', ['a'], 'ours', 'unsettled'],
    ['the later one has it', ['a', 'b'], 'taken', 'ours'],
    ['whatever was retained before', ['old', 'b', 'a'], 'ours', 'taken'],
    ['until the other goes', ['a', 'b', ''], 'unsettled', 'unsettled'],
    ['after a clearing both claim, the later has it', ['a', 'b', '', 'b', 'a'], 'ours', 'taken'],
  ] as const)('%s', (_, heard, forA, forB) => {
    expect([outcome('a', heard), outcome('b', heard)]).toEqual([forA, forB]);
  });

  it('is said again when it was cleared', () => {
    expect(stepClaim({ kind: 'ours' }, 'a', '').claimAgain).toBe(true);
    expect(stepClaim({ kind: 'taken', by: 'b' }, 'a', '').claimAgain).toBe(true);
    expect(stepClaim({ kind: 'unsettled' }, 'a', '').claimAgain).toBe(false);
  });
});
