import type { AlertPhase, stepAlert } from '@hymio/gateway';
import type { Reached } from '../reached.js';

type Step = typeof stepAlert;

/** The same machine, with every step it takes counted. */
export function countAlertSteps(step: Step, reached: Reached): Step {
  return (phase, input, times, nextAlert) => {
    const after = step(phase, input, times, nextAlert);
    const did = after.effect === undefined ? '' : `, ${after.effect.kind}`;
    const heard = input.kind === 'verdict' ? input.verdict : input.kind;
    reached.note('alert', `${namePhase(phase)}, ${heard} → ${namePhase(after.phase)}${did}`);
    return after;
  };
}

function namePhase(phase: AlertPhase): string {
  const isOver = (phase.kind === 'active' || phase.kind === 'dismissed') && phase.overSince !== undefined;
  return isOver ? `${phase.kind} and over` : phase.kind;
}
