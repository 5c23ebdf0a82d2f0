import type { FaultText } from '../language/messages.js';
import { isKnownFault } from '../terminals/known-faults.js';
import type { TerminalState } from '../terminals/terminal-state.js';
import type { PageContext } from './page-context.js';

/** What a fault means and what to do about it; one that is not known is shown as it is. */
export function faultText(code: string, { messages: { state } }: PageContext): FaultText {
  return isKnownFault(code) ? state.faults[code] : state.unknownFault(code);
}

/** What there is to say about a state beside its name: since when, and why. */
export function stateNotes(state: TerminalState, context: PageContext): string[] {
  const { formats, now } = context;
  const words = context.messages.state;
  const since = state.since === undefined ? [] : [words.since(formats.moment(state.since, now))];
  switch (state.kind) {
    case 'working':
      return [];
    case 'never-seen':
      return since;
    case 'retired':
      return [...since, ...(state.stillSends ? [words.stillSends] : [])];
    case 'offline':
      return [words.lastHeard(formats.moment(state.since, now))];
    case 'offline-closed':
      return [
        words.lastHeard(formats.moment(state.since, now)),
        ...(state.opensAt === undefined ? [] : [words.opensAt(formats.moment(state.opensAt, now))]),
      ];
    case 'storage-problem':
    case 'faulty': {
      const low = state.kind === 'storage-problem' ? state.freeDiskBytes : undefined;
      return [
        ...state.faults.map(({ code, since: at }) => {
          const { what } = faultText(code, context);
          return `${what} (${words.since(formats.moment(at, now))})`;
        }),
        ...(low === undefined ? [] : [words.lowDisk(formats.bytes(low))]),
      ];
    }
    case 'clock-uncertain':
      return clockNotes(state.aheadMs, context);
    case 'backlog-growing':
      return since;
    case 'unusually-quiet': {
      const { window, seen, expected } = state.quiet;
      const usual = formats.count(expected);
      return [
        window === 'today' ? words.quietToday(formats.count(seen), usual) : words.quietSinceLastPress(usual),
        ...since,
      ];
    }
  }
}

/** What staff can do about a state; nothing where nothing is to be done. */
export function advice(state: TerminalState, context: PageContext): string[] {
  const words = context.messages.state;
  const general = words.advice[state.kind];
  if (state.kind === 'faulty' || (state.kind === 'storage-problem' && state.faults.length > 0)) {
    return [...new Set(state.faults.map(({ code }) => faultText(code, context).todo))];
  }
  return general === '' ? [] : [general];
}

function clockNotes(aheadMs: number | undefined, { formats, messages: { state } }: PageContext): string[] {
  if (aheadMs === undefined) return [state.clockUnset];
  const duration = formats.duration(Math.abs(aheadMs));
  return [aheadMs > 0 ? state.clockAhead(duration) : state.clockBehind(duration)];
}
