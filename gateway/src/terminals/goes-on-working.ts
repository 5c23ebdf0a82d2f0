import { silentAfterMs } from './evidence.js';
import type { TerminalBrief } from './terminal-brief.js';
import type { TerminalState } from './terminal-state.js';

/**
 * True where a terminal of which nothing new is known, found working at `judgedAt`, is sure to be judged the same at `now`
 * (UTC ms): of ten thousand that are judged several times a second hardly one changes by time alone. It must not be
 * improbably quiet at `now`. False says nothing.
 */
export function goesOnWorking(terminal: TerminalBrief, before: TerminalState, judgedAt: number, now: number): boolean {
  const { status, statusAt, lastSeenAt, retiredAt, replacedAt } = terminal;
  if (before.kind !== 'working' || status === undefined || statusAt === undefined || lastSeenAt === undefined) {
    return false;
  }
  if (retiredAt !== undefined || replacedAt !== undefined) return false;
  // A press that is not delivered, or a clock that is not set, is given some time.
  if ((terminal.pendingPresses ?? status.pending) > 0 || status.clock !== 'synced') return false;
  // What lies in the future, by a clock that was set, moves with the time.
  if (now < judgedAt || before.since >= judgedAt || statusAt > judgedAt || lastSeenAt > judgedAt) return false;
  return now - lastSeenAt <= silentAfterMs(status);
}
