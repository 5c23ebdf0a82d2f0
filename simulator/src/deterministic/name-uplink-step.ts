import type { stepUplink, UplinkEffect } from '@hymio/device';
import type { Reached } from './reached.js';

type Step = typeof stepUplink;
type UplinkEvent = Parameters<Step>[1];

/** What an effect is to somebody who looks on; timers go without saying. */
const SAID: Partial<Record<UplinkEffect['type'], string>> = {
  send: 'sends',
  acknowledge: 'acknowledges',
  'set-aside': 'sets aside',
  block: 'blocks',
};

/** The same machine, with every step it takes counted. */
export function countUplinkSteps(step: Step, reached: Reached): Step {
  return (state, event, view) => {
    const after = step(state, event, view);
    const did = new Set(after.effects.map(({ type }) => SAID[type]).filter((said) => said !== undefined));
    const halves = after.state.limit < state.limit ? ['halves'] : [];
    const to = [after.state.phase.kind, ...did, ...halves].join(', ');
    reached.note('uplink', `${state.phase.kind}, ${nameEvent(event)} → ${to}`);
    return after;
  };
}

function nameEvent(event: UplinkEvent): string {
  if (event.type !== 'ack') return event.type;
  if (event.ack.refused !== undefined) return 'refused';
  return event.ack.rewind ? 'rewind' : 'ack';
}
