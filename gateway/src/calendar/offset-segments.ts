import { IANAZone } from 'luxon';
import { KnownAnswers } from './known-answers.js';

/** A stretch of time with one UTC offset: from (inclusive) to (exclusive), UTC ms. */
export interface OffsetSegment {
  from: number;
  to: number;
  /** Local time minus UTC, ms, positive east. */
  offsetMs: number;
}

const MINUTE_MS = 60_000;
/** No zone changes its clocks back and forth within a week. */
const PROBE_MS = 7 * 24 * 60 * MINUTE_MS;

const known = new KnownAnswers<readonly OffsetSegment[]>(500);

/** Cuts [from, to) where the zone's UTC offset changes. Whole minutes in, whole minutes out. */
export function offsetSegments(from: number, to: number, zone: string): readonly OffsetSegment[] {
  return known.get(`${from} ${to} ${zone}`, () => cut(from, to, zone));
}

function cut(from: number, to: number, zone: string): OffsetSegment[] {
  const iana = IANAZone.create(zone);
  const offsetAt = (at: number) => iana.offset(at) * MINUTE_MS;
  const segments: OffsetSegment[] = [];
  let start = from;
  let offsetMs = offsetAt(from);
  for (let probe = from; probe < to; ) {
    const next = Math.min(probe + PROBE_MS, to);
    // The last instant that counts is next − 1: a change exactly at `to` is none of this range's business.
    if (offsetAt(next - 1) !== offsetMs) {
      const change = firstMinuteWithout(offsetMs, probe, next, offsetAt);
      segments.push({ from: start, to: change, offsetMs });
      start = change;
      offsetMs = offsetAt(change);
      probe = change;
    } else {
      probe = next;
    }
  }
  if (start < to) segments.push({ from: start, to, offsetMs });
  return segments;
}

/** First minute in (low, high) whose offset differs from `offsetMs`, by bisection. */
function firstMinuteWithout(offsetMs: number, low: number, high: number, offsetAt: (at: number) => number): number {
  let same = low;
  let other = high;
  while (other - same > MINUTE_MS) {
    const middle = same + Math.floor((other - same) / MINUTE_MS / 2) * MINUTE_MS;
    if (offsetAt(middle) === offsetMs) same = middle;
    else other = middle;
  }
  return other;
}

/** True for the name of a zone that this computer knows. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}
