import type { Availability, StatusMessage } from '@hymio/protocol';
import type { PresenceState } from '../../ingest/apply-presence.js';
import type { PressKey } from '../../ingest/mark-repeats.js';
import type { PressPace } from '../../ingest/suspect-press.js';
import type { Placement } from '../../registry/registry-index.js';

/** An epoch as the writer holds it in memory between commits. */
export interface EpochEntry {
  readonly key: number;
  readonly id: string;
  /** Id of the terminal that it came from. */
  readonly owner: string;
  mark: number;
  highestReported: number;
  lastReported: number;
  lastReceivedAt: number | null;
  lastPressAt: number | null;
  /** How close the presses of its terminal came of late. */
  readonly pace: PressPace;
  /** The open incident about its missing presses. */
  incident?: { id: number; missing: number };
}

/** The newest press of a terminal in the order of the repeat rule, and the last one counted. */
export interface Tail {
  newest: PressKey;
  lastCountedAt: number;
}

/** A terminal as the writer holds it in memory between commits. */
export interface TerminalEntry {
  readonly key: number;
  readonly id: string;
  firstSeenAt: number;
  lastSeenAt: number | null;
  lastPressAt: number | null;
  /** lastReceivedAt and lastPressAt of this epoch count for the terminal too: one row less to write per press. */
  currentEpoch: EpochEntry | undefined;
  availability: Availability | null;
  availabilityAt: number | null;
  lostPresses: number;
  presence: PresenceState;
  newestStatus: Pick<StatusMessage, 'epoch' | 'uptimeMs'> | undefined;
  statusAt: number | undefined;
  /** The last press counted among those pruned, UTC ms. */
  readonly anchorAt: number;
  /** Epochs whose mark is below what was reported. */
  readonly behind: Set<EpochEntry>;
  tail: Tail | undefined;
  placement: (Placement & { servicePointKey: number }) | undefined;
}

/** The newer of two instants that may be unknown. */
export function newer(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** Newest countedAt of a terminal, UTC ms. */
export function lastPressOf(terminal: TerminalEntry): number | null {
  return newer(terminal.lastPressAt, terminal.currentEpoch?.lastPressAt ?? null);
}
