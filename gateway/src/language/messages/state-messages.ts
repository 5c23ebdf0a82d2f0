import type { Contradiction } from '../../terminals/evidence.js';
import type { KnownFault } from '../../terminals/known-faults.js';
import type { TerminalStateKind } from '../../terminals/terminal-state.js';

/** A fault in plain words, and what staff can do about it. */
export interface FaultText {
  what: string;
  todo: string;
}

export interface StateMessages {
  names: Record<TerminalStateKind, string>;
  /** What staff can do; empty: nothing. */
  advice: Record<TerminalStateKind, string>;
  since(moment: string): string;
  /** Of a terminal that is offline. */
  lastHeard(moment: string): string;
  opensAt(moment: string): string;
  lowDisk(size: string): string;
  clockAhead(duration: string): string;
  clockBehind(duration: string): string;
  /** Its clock has not been set since it started. */
  clockUnset: string;
  stillSends: string;
  quietSinceLastPress(expected: string): string;
  quietToday(seen: string, expected: string): string;
  faults: Record<KnownFault, FaultText>;
  /** A fault that this gateway does not know. */
  unknownFault(code: string): FaultText;
  contradictions: Record<Contradiction, string>;
}
