import type { PressPace } from '../../ingest/suspect-press.js';
import { NumberRow, type NumberRows } from './number-rows.js';

const [LAST_RECEIVED_AT, LAST_PRESS_AT, PACE_AT, PACE_UNTIL] = [0, 1, 2, 3] as const;
/** Numbers of an epoch that are instants. */
export const EPOCH_NUMBERS = 4;

/** An epoch as it lies in the store. */
export interface EpochFields {
  key: number;
  id: string;
  /** Id of the terminal that it came from. */
  owner: string;
  mark: number;
  highestReported: number;
  lastReported: number;
  lastReceivedAt: number | null;
  lastPressAt: number | null;
  /** How close the presses of its terminal came of late; null: there was none yet. */
  paceAt: number | null;
  paceUntil: number | null;
}

/** An epoch as the writer holds it in memory between commits. */
export class EpochEntry extends NumberRow implements EpochFields, PressPace {
  readonly key: number;
  readonly id: string;
  readonly owner: string;
  mark: number;
  highestReported: number;
  lastReported: number;
  /** The open incident about its missing presses. */
  incident: { id: number; missing: number } | undefined;

  constructor(rows: NumberRows, fields: EpochFields, incident?: { id: number; missing: number }) {
    super(rows);
    this.key = fields.key;
    this.id = fields.id;
    this.owner = fields.owner;
    this.mark = fields.mark;
    this.highestReported = fields.highestReported;
    this.lastReported = fields.lastReported;
    this.incident = incident;
    this.lastReceivedAt = fields.lastReceivedAt;
    this.lastPressAt = fields.lastPressAt;
    this.paceAt = fields.paceAt ?? -Infinity;
    this.paceUntil = fields.paceUntil ?? -Infinity;
  }

  get lastReceivedAt(): number | null {
    return this.known(LAST_RECEIVED_AT);
  }
  set lastReceivedAt(at: number | null) {
    this.put(LAST_RECEIVED_AT, at);
  }

  get lastPressAt(): number | null {
    return this.known(LAST_PRESS_AT);
  }
  set lastPressAt(at: number | null) {
    this.put(LAST_PRESS_AT, at);
  }

  get paceAt(): number {
    return this.number(PACE_AT);
  }
  set paceAt(at: number) {
    this.put(PACE_AT, at);
  }

  get paceUntil(): number {
    return this.number(PACE_UNTIL);
  }
  set paceUntil(at: number) {
    this.put(PACE_UNTIL, at);
  }
}
