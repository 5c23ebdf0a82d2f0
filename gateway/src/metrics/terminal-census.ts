import type { BoardTerminal } from '../board/snapshot.js';
import { TERMINAL_STATE_KINDS, type TerminalStateKind } from '../terminals/terminal-state.js';

/** All terminals in a few numbers. */
export interface TerminalCensus {
  /** How many are in each state; every state is there. */
  states: ReadonlyMap<TerminalStateKind, number>;
  /** Announced by the operator. */
  registered: number;
  /** Standing at no service point now. */
  unassigned: number;
  /** Presses that terminals hold and have not delivered, as far as their statuses said. */
  pendingPresses: number;
  lostPresses: number;
  missingPresses: number;
}

/** Counts terminals. */
export function terminalCensus(terminals: readonly Pick<BoardTerminal, 'record' | 'state'>[]): TerminalCensus {
  const states = new Map<TerminalStateKind, number>(TERMINAL_STATE_KINDS.map((kind) => [kind, 0]));
  const census = { registered: 0, unassigned: 0, pendingPresses: 0, lostPresses: 0, missingPresses: 0 };
  for (const { record: terminal, state } of terminals) {
    states.set(state.kind, (states.get(state.kind) ?? 0) + 1);
    if (terminal.registered) census.registered += 1;
    if (terminal.assignment === undefined) census.unassigned += 1;
    census.pendingPresses += terminal.pendingPresses ?? 0;
    census.lostPresses += terminal.lostPresses;
    census.missingPresses += terminal.missingPresses;
  }
  return { states, ...census };
}
