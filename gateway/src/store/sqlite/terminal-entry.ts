import type { Availability, StatusMessage } from '@hymio/protocol';
import type { PresenceState } from '../../ingest/apply-presence.js';
import type { PressKey } from '../../ingest/mark-repeats.js';
import type { Placement } from '../../registry/registry-index.js';
import type { EpochEntry } from './epoch-entry.js';
import { newer } from './newer.js';
import { NumberRow, type NumberRows } from './number-rows.js';

const [FIRST_SEEN_AT, LAST_SEEN_AT, LAST_PRESS_AT, AVAILABILITY_AT] = [0, 1, 2, 3] as const;
const [FLOOR_AT, STATUS_AT, UPTIME_MS, ANCHOR_AT] = [4, 5, 6, 7] as const;
const [TAIL_AT, TAIL_COUNTED_AT, PLACED_FROM, PLACED_TO] = [8, 9, 10, 11] as const;
/** Numbers of a terminal that are instants or durations. */
export const TERMINAL_NUMBERS = 12;

/** A terminal as it lies in the store. */
export interface TerminalFields {
  key: number;
  id: string;
  firstSeenAt: number;
  lastSeenAt: number | null;
  lastPressAt: number | null;
  availability: Availability | null;
  availabilityAt: number | null;
  lostPresses: number;
  presence: PresenceState;
  newestStatus: Pick<StatusMessage, 'epoch' | 'uptimeMs'> | undefined;
  statusAt: number | undefined;
  /** The last press counted among those pruned, UTC ms. */
  anchorAt: number;
}

/** The newest press of a terminal in the order of the repeat rule, and the last one counted, UTC ms. */
export interface Tail extends PressKey {
  lastCountedAt: number;
}

const NONE: readonly EpochEntry[] = [];

/** A terminal as the writer holds it in memory between commits. What most of them lack takes no memory. */
export class TerminalEntry extends NumberRow implements TerminalFields {
  readonly key: number;
  readonly id: string;
  /** lastReceivedAt and lastPressAt of this epoch count for the terminal too: one row less to write per press. */
  currentEpoch: EpochEntry | undefined;
  private said: Availability | null;
  lostPresses: number;
  /** Epochs whose mark is below what was reported. */
  behind: readonly EpochEntry[] = NONE;
  /** Where a press from `placedFrom` to `placedTo` counts: see `Placement`. */
  servicePoint: string | undefined;
  servicePointKey = 0;
  windowMs = 0;
  excluded = false;
  private faulty = false;
  private statusEpoch: string | undefined;
  private tailEpoch: string | undefined;
  private tailSeq = 0;

  constructor(rows: NumberRows, fields: TerminalFields, currentEpoch: EpochEntry | undefined) {
    super(rows);
    this.key = fields.key;
    this.id = fields.id;
    this.currentEpoch = currentEpoch;
    this.said = null;
    this.availability = fields.availability;
    this.lostPresses = fields.lostPresses;
    this.servicePoint = undefined;
    this.statusEpoch = undefined;
    this.tailEpoch = undefined;
    this.put(FIRST_SEEN_AT, fields.firstSeenAt);
    this.lastSeenAt = fields.lastSeenAt;
    this.lastPressAt = fields.lastPressAt;
    this.availabilityAt = fields.availabilityAt;
    this.presence = fields.presence;
    this.newestStatus = fields.newestStatus;
    this.statusAt = fields.statusAt;
    this.put(ANCHOR_AT, fields.anchorAt);
    this.put(PLACED_FROM, Infinity);
    this.put(PLACED_TO, -Infinity);
  }

  get firstSeenAt(): number {
    return this.number(FIRST_SEEN_AT);
  }
  get anchorAt(): number {
    return this.number(ANCHOR_AT);
  }

  get lastSeenAt(): number | null {
    return this.known(LAST_SEEN_AT);
  }
  set lastSeenAt(at: number | null) {
    this.put(LAST_SEEN_AT, at);
  }

  get lastPressAt(): number | null {
    return this.known(LAST_PRESS_AT);
  }
  set lastPressAt(at: number | null) {
    this.put(LAST_PRESS_AT, at);
  }

  get availability(): Availability | null {
    return this.said;
  }
  /** Keeps a constant: what is set here is a string of its own from each message. */
  set availability(availability: Availability | null) {
    this.said = availability === null ? null : availability === 'online' ? 'online' : 'offline';
  }

  get availabilityAt(): number | null {
    return this.known(AVAILABILITY_AT);
  }
  set availabilityAt(at: number | null) {
    this.put(AVAILABILITY_AT, at);
  }

  get presence(): PresenceState {
    return { floorAt: this.number(FLOOR_AT), faulty: this.faulty };
  }
  set presence({ floorAt, faulty }: PresenceState) {
    this.put(FLOOR_AT, floorAt);
    this.faulty = faulty;
  }

  get newestStatus(): TerminalFields['newestStatus'] {
    return this.statusEpoch === undefined ? undefined : { epoch: this.statusEpoch, uptimeMs: this.number(UPTIME_MS) };
  }
  set newestStatus(status: TerminalFields['newestStatus']) {
    const current = this.currentEpoch?.id;
    // The string that is there already, not the one of the message.
    this.statusEpoch = status?.epoch === current ? current : status?.epoch;
    this.put(UPTIME_MS, status?.uptimeMs ?? null);
  }

  get statusAt(): number | undefined {
    return this.known(STATUS_AT) ?? undefined;
  }
  set statusAt(at: number | undefined) {
    this.put(STATUS_AT, at ?? null);
  }

  /** Newest countedAt, UTC ms. */
  get newestPressAt(): number | null {
    return newer(this.lastPressAt, this.currentEpoch?.lastPressAt ?? null);
  }

  /** Says whether an epoch is among those that are behind. */
  setBehind(epoch: EpochEntry, is: boolean): void {
    if (this.behind.includes(epoch) === is) return;
    if (is) this.behind = [...this.behind, epoch];
    else this.behind = this.behind.length === 1 ? NONE : this.behind.filter((other) => other !== epoch);
  }

  /** A copy; undefined: to be found out. */
  get tail(): Tail | undefined {
    if (this.tailEpoch === undefined) return undefined;
    const [countedAt, lastCountedAt] = [this.number(TAIL_AT), this.number(TAIL_COUNTED_AT)];
    return { countedAt, epoch: this.tailEpoch, seq: this.tailSeq, lastCountedAt };
  }
  set tail(tail: Tail | undefined) {
    this.tailEpoch = tail?.epoch;
    if (tail === undefined) return;
    this.tailSeq = tail.seq;
    this.put(TAIL_AT, tail.countedAt);
    this.put(TAIL_COUNTED_AT, tail.lastCountedAt);
  }

  isPlacedAt(countedAt: number): boolean {
    return this.number(PLACED_FROM) <= countedAt && countedAt < this.number(PLACED_TO);
  }

  place({ servicePoint, windowMs, excluded, from, to }: Placement, servicePointKey: number): void {
    this.servicePoint = servicePoint;
    this.servicePointKey = servicePointKey;
    this.windowMs = windowMs;
    this.excluded = excluded;
    this.put(PLACED_FROM, from);
    this.put(PLACED_TO, to);
  }
}
