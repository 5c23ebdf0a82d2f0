import { intersectSpans, lengthOfSpans, mergeSpans, type Span, subtractSpans } from '../calendar/spans.js';
import { PRESENCE_JOIN_MS } from '../ingest/apply-presence.js';
import type { FaultSpan } from '../store/store.js';
import { SILENT_AFTER_MS } from './evidence.js';
import { isBlockingFault } from './fault-kinds.js';
import type { StandingTime } from './standing-time.js';

/** How a terminal was in a stretch of time. */
export const TIMELINE_KINDS = [
  /** Known to have taken presses, */
  'working',
  /** the same, with a fault that did not stop it. */
  'impaired',
  /** Said itself that it took none. */
  'faulty',
  /** Not known to have worked. */
  'offline',
  'closed',
  /** Stood nowhere. */
  'unplaced',
  /** Not heard of yet, or not yet told about. */
  'unknown',
  'retired',
] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

export interface TimelineSegment extends Span {
  kind: TimelineKind;
  /** Codes of the faults of the stretch, where it is faulty or impaired. */
  faults: readonly string[];
}

/** What is kept of a terminal, UTC ms. */
export interface TerminalHistory {
  presence: readonly Span[];
  faults: readonly Omit<FaultSpan, 'terminal'>[];
  firstSeenAt?: number | undefined;
  retiredAt?: number | undefined;
}

/**
 * The stretch of time from…to, UTC ms, cut into segments without gaps: what coverage (docs/definitions.md) is added up
 * from, and what a terminal's page shows.
 */
export function terminalTimeline(
  history: TerminalHistory,
  standing: StandingTime,
  from: number,
  to: number,
): TimelineSegment[] {
  if (from >= to) return [];
  const whole = [{ from, to }];
  const retired = intersectSpans(whole, [{ from: history.retiredAt ?? Infinity, to: Infinity }]);
  const inUse = subtractSpans(whole, retired);
  const placed = intersectSpans(inUse, mergeSpans(standing.placed));
  const open = intersectSpans(placed, mergeSpans(standing.open));
  const presence = mergeSpans(history.presence);
  const blocked = blockedSpans(history, presence);
  const worked = intersectSpans(open, presence);
  const anyFault = mergeSpans(history.faults);
  const rest = subtractSpans(open, presence);
  const heardFrom = Math.min(history.firstSeenAt ?? Infinity, presence[0]?.from ?? Infinity);
  const unheard = intersectSpans(rest, [{ from: -Infinity, to: heardFrom }]);
  const heard = subtractSpans(rest, unheard);
  const faulty = intersectSpans(heard, blocked);
  const silent = subtractSpans(heard, blocked);
  const untold = silent.filter((span) => span.to === to && span.to - span.from < SILENT_AFTER_MS);
  const parts: [TimelineKind, readonly Span[]][] = [
    ['working', subtractSpans(worked, anyFault)],
    ['impaired', intersectSpans(worked, anyFault)],
    ['faulty', faulty],
    ['offline', silent.filter((span) => !untold.includes(span))],
    ['closed', subtractSpans(placed, open)],
    ['unplaced', subtractSpans(inUse, placed)],
    ['unknown', [...unheard, ...untold]],
    ['retired', retired],
  ];
  return parts
    .flatMap(([kind, spans]) => spans.map((span) => ({ ...span, kind, faults: faultsIn(kind, span, history) })))
    .sort((a, b) => a.from - b.from);
}

/**
 * When the terminal said that it takes no presses. Between its word that all is well and its word of a fault, or the other
 * way round, lies up to a heartbeat that neither covers: it belongs to the fault.
 */
function blockedSpans({ faults }: TerminalHistory, presence: readonly Span[]): Span[] {
  const blocked = mergeSpans(faults.filter(({ code }) => isBlockingFault(code)));
  const widened = blocked.map((span) => {
    const before = presence.findLast(({ to }) => to <= span.from);
    const after = presence.find(({ from }) => from >= span.to);
    return {
      from: before !== undefined && span.from - before.to <= PRESENCE_JOIN_MS ? before.to : span.from,
      to: after !== undefined && after.from - span.to <= PRESENCE_JOIN_MS ? after.from : span.to,
    };
  });
  return mergeSpans(widened);
}

function faultsIn(kind: TimelineKind, span: Span, { faults }: TerminalHistory): string[] {
  if (kind !== 'faulty' && kind !== 'impaired') return [];
  const within = faults.filter((fault) => fault.from < span.to && fault.to > span.from);
  return [...new Set(within.map(({ code }) => code))].sort();
}

/** Opening time, and how much of it the terminal is known to have worked, ms. */
export interface TimelineCoverage {
  openMs: number;
  workedMs: number;
}

const OPEN_KINDS: readonly TimelineKind[] = ['working', 'impaired', 'faulty', 'offline', 'unknown'];
const WORKED_KINDS: readonly TimelineKind[] = ['working', 'impaired'];

/** Coverage of a timeline, as its two parts. */
export function timelineCoverage(segments: readonly TimelineSegment[]): TimelineCoverage {
  const length = (kinds: readonly TimelineKind[]) => lengthOfSpans(segments.filter(({ kind }) => kinds.includes(kind)));
  return { openMs: length(OPEN_KINDS), workedMs: length(WORKED_KINDS) };
}
