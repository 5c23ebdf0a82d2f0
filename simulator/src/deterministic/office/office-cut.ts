import { HymioError } from '@hymio/protocol';
import type { Cut } from '../cut.js';
import type { OfficePlan } from './office-plan.js';

/** A plan of the office with less in it. Error: `option-invalid` where the cut names what the office has not. */
export function applyOfficeCut(plan: OfficePlan, { faults, endMs, ...others }: Cut): OfficePlan {
  const [other] = Object.keys(others);
  if (other !== undefined) {
    const next = 'Give it as the failure printed it, such as faults=3,7.';
    throw new HymioError('option-invalid', `--cut has ${other}, which the office has not.`, next);
  }
  return {
    ...plan,
    activeMs: Math.min(plan.activeMs, endMs ?? plan.activeMs),
    ...(faults === undefined ? {} : { keptFaults: new Set(faults) }),
  };
}
