import type { AlertEvent, EventPlace, PressesEvent, TerminalEvent } from '@hymio/protocol';
import type { Alert } from '../alerts/alert.js';
import type { BoardTerminal } from '../board/snapshot.js';
import type { StoredPress } from '../store/store.js';
import { attentionOf } from '../terminals/terminal-state.js';
import { placeOf } from './event-places.js';
import type { PressPortion } from './press-queue.js';

export function pressesEvent({ presses, omitted }: PressPortion, place: EventPlace | undefined): PressesEvent {
  return { ...placeOf(place), presses: presses.map(entryOf), omitted };
}

/** `at`: when the terminal was found so, UTC ms. */
export function terminalEvent(
  { record, state }: BoardTerminal,
  place: EventPlace | undefined,
  at: number,
): TerminalEvent {
  return {
    terminal: record.id,
    ...placeOf(place),
    state: state.kind,
    // Since when a terminal works moves with every heartbeat.
    since: state.kind === 'working' ? null : (state.since ?? null),
    attention: attentionOf(state),
    faults: (record.status?.faults ?? []).map(({ code }) => code),
    lostPresses: record.lostPresses,
    missingPresses: record.missingPresses,
    at,
  };
}

export function alertEvent(
  { id, rule, subject, state, openedAt, reopened }: Alert,
  place: EventPlace | undefined,
): AlertEvent {
  return {
    alert: id,
    rule: rule.name,
    condition: rule.condition.kind,
    terminal: subject.kind === 'terminal' ? subject.terminal : null,
    ...placeOf(place),
    state: state.kind,
    openedAt,
    closedAt: state.kind === 'closed' ? state.at : null,
    reopened,
  };
}

function entryOf({ terminal, epoch, seq, at, countedAt, rating, clock, repeat, excluded, suspect }: StoredPress) {
  return { terminal, epoch, seq, at, countedAt, rating, clock, repeat, excluded, suspect: suspect ?? null };
}
