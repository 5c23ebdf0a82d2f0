import type { Registry } from '../registry/registry.js';
import type { Counts } from '../store/store.js';
import type { OpeningContext } from '../terminals/opening-context.js';
import type { TerminalBrief } from '../terminals/terminal-brief.js';
import type { TerminalState } from '../terminals/terminal-state.js';

/** The same object from one snapshot to the next while nothing about it changes. */
export interface BoardTerminal {
  record: TerminalBrief;
  state: TerminalState;
  /** Of today, wherever it stood. */
  today: Counts;
}

/** How all terminals are and what was said today, at one moment. Shared: not to be changed. */
export interface Snapshot {
  /** UTC ms. */
  at: number;
  registry: Registry;
  /** By id. */
  terminals: readonly BoardTerminal[];
  terminal(id: string): BoardTerminal | undefined;
  /** State of a terminal whose record may be newer than the snapshot; `now`: UTC ms. */
  stateOf(record: TerminalBrief, now: number): TerminalState;
  /** Today's counts of everything, and of a service point. */
  today: Counts;
  todayAt(servicePoint: string): Counts;
  /** When a service point is open around now; undefined: always. */
  openingOf(servicePoint: string | undefined): OpeningContext | undefined;
}
