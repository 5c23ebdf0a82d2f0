import { silentAfterMs } from './evidence.js';
import type { TerminalBrief } from './terminal-brief.js';
import type { TerminalState } from './terminal-state.js';

/**
 * Up to when (inclusive, UTC ms) a terminal that was found in `state` at `judgedAt` is sure to be judged the same, while
 * nothing new is known of it, time goes on and it is not improbably quiet: of ten thousand that are judged several times a
 * second hardly one changes by time alone. -Infinity: nothing is sure.
 */
export function sureUntil(terminal: TerminalBrief, state: TerminalState, judgedAt: number): number {
  const { status, statusAt, lastSeenAt, retiredAt, replacedAt } = terminal;
  if (retiredAt !== undefined || replacedAt !== undefined) return -Infinity;
  if (state.kind === 'never-seen') return Infinity;
  if (state.kind !== 'working') return -Infinity;
  if (status === undefined || statusAt === undefined || lastSeenAt === undefined) return -Infinity;
  // A press that is not delivered, or a clock that is not set, is given some time.
  if ((terminal.pendingPresses ?? status.pending) > 0 || status.clock !== 'synced') return -Infinity;
  // What lies in the future, by a clock that was set, moves with the time.
  if (state.since >= judgedAt || statusAt > judgedAt || lastSeenAt > judgedAt) return -Infinity;
  return lastSeenAt + silentAfterMs(status);
}
