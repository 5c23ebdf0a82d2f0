import { type Arrival, applyPresence, isOlderStatus, type PresenceState, type WorkedSpan } from '@hymio/gateway';
import type { StatusMessage } from '@hymio/protocol';
import type { Reached } from './reached.js';

interface Heard {
  state: PresenceState;
  span?: WorkedSpan;
  newest: StatusMessage;
}

/** Whether each terminal is known to work, followed only to name what happens. */
export class Working {
  readonly #heard = new Map<string, Heard>();

  hear({ terminal, retained, receivedAt, message }: Extract<Arrival, { kind: 'status' }>, reached?: Reached): void {
    const before = this.#heard.get(terminal);
    if (retained || isOlderStatus(before?.newest, message)) {
      reached?.note('presence', retained ? 'retained: says nothing' : 'older than one heard: says nothing');
      return;
    }
    const state = before?.state ?? { floorAt: 0, faulty: false };
    const change = applyPresence(state, before?.span === undefined ? [] : [before.span], message, receivedAt);
    const from = before === undefined ? 'unknown' : state.faulty ? 'faulty' : 'working';
    const to = change.state.faulty ? 'faulty' : 'working';
    const how = to === 'faulty' ? '' : change.replaced.length > 0 ? ', goes on' : ', begins';
    reached?.note('presence', `${from} → ${to}${how}`);
    const span = change.span ?? before?.span;
    this.#heard.set(terminal, { state: change.state, ...(span === undefined ? {} : { span }), newest: message });
  }
}
