import { HymioError } from '@hymio/protocol';
import type { BoardTerminal, Snapshot } from '../../board/snapshot.js';
import { startOfLocalDay } from '../../calendar/instant.js';
import { localBuckets } from '../../calendar/local-buckets.js';
import type { CommandRun } from '../../commands/command-run.js';
import type { Exclusion } from '../../exclusions/exclusion.js';
import type { Assignment, Group, LocalizedText } from '../../registry/registry.js';
import type { FaultSpan, PresenceSpan, TerminalDetail } from '../../store/store.js';
import type { TerminalConfig } from '../../terminal-settings/terminal-config.js';
import { type Evidence, evidence } from '../../terminals/evidence.js';
import { standingTimes } from '../../terminals/standing-time.js';
import {
  type TimelineCoverage,
  type TimelineSegment,
  terminalTimeline,
  timelineCoverage,
} from '../../terminals/terminal-timeline.js';
import { groupsAbove } from '../place-tallies.js';
import { type PointNames, pointNames } from '../terminal-table.js';

const HOUR_MS = 3_600_000;
/** Days that the timeline covers, today included. */
export const TIMELINE_DAYS = 14;

/** One local day of the timeline; it may have 23 or 25 hours, and today is not over. */
export interface TimelineDay {
  from: number;
  /** End of the day, UTC ms; the segments end earlier today. */
  to: number;
  segments: readonly TimelineSegment[];
  coverage: TimelineCoverage;
}

/** Everything that the page of a terminal shows. */
export interface TerminalPageModel {
  terminal: BoardTerminal;
  detail: TerminalDetail;
  known: Evidence;
  /** Today first. */
  days: readonly TimelineDay[];
  coverage: TimelineCoverage;
  /** Newest first. */
  assignments: readonly Assignment[];
  questions: ReadonlyMap<string, LocalizedText>;
  points: PointNames;
  /** Groups above the place where it stands. */
  above: readonly Group[];
  /** Of this terminal or of its places while it stood there, in force, newest first. */
  exclusions: readonly Exclusion[];
  config: TerminalConfig;
  /** What it was asked lately, newest first. */
  runs: readonly CommandRun[];
}

/** Where the timeline begins, UTC ms. */
export function timelineStart(now: number, zone: string): number {
  const today = startOfLocalDay(now, zone);
  // Noon of the day: a change of the clocks moves it by an hour, never into another day.
  return startOfLocalDay(today - (TIMELINE_DAYS - 1) * 24 * HOUR_MS + 12 * HOUR_MS, zone);
}

/** What was read of a terminal. */
export interface TerminalPageInput {
  snapshot: Snapshot;
  detail: TerminalDetail | undefined;
  id: string;
  presence: readonly PresenceSpan[];
  faults: readonly FaultSpan[];
  exclusions: readonly Exclusion[];
  config: TerminalConfig | undefined;
  runs: readonly CommandRun[];
  zone: string;
  now: number;
}

/** Error: HymioError `unknown-terminal`. */
export function terminalPageModel(input: TerminalPageInput): TerminalPageModel {
  const { snapshot, detail, id, zone, now, config } = input;
  const terminal = snapshot.terminal(id);
  if (terminal === undefined || detail === undefined || config === undefined) {
    throw new HymioError('unknown-terminal', `There is no terminal ${JSON.stringify(id)}.`, 'Begin at the overview.');
  }
  const { registry } = snapshot;
  const from = timelineStart(now, zone);
  const { retiredAt } = detail;
  const heardFrom = Math.min(detail.firstSeenAt ?? now, ...input.presence.map((span) => span.from));
  // Of a registry with thousands of places a terminal knows few.
  const stoodAt = new Set([terminal.record.assignment, ...detail.assignments].map((one) => one?.servicePoint));
  const servicePoints = registry.servicePoints.filter((one) => stoodAt.has(one.id));
  const own = { groups: registry.groups, servicePoints, assignments: detail.assignments };
  const standing = standingTimes({ registry: own, from, to: now, zone })({ id, heardFrom, retiredAt });
  const history = { presence: input.presence, faults: input.faults, firstSeenAt: detail.firstSeenAt, retiredAt };
  const timeline = terminalTimeline(history, standing, from, now);
  const point = servicePoints.find((one) => one.id === detail.assignment?.servicePoint);
  return {
    terminal,
    detail,
    known: evidence(detail, now),
    days: cutIntoDays(timeline, from, now, zone).reverse(),
    coverage: timelineCoverage(timeline),
    assignments: [...detail.assignments].reverse(),
    questions: new Map(registry.questions.map((question) => [question.id, question.text])),
    points: pointNames(own),
    above: point === undefined ? [] : groupsAbove(registry, point.group).reverse(),
    config,
    runs: input.runs,
    exclusions: input.exclusions.filter((exclusion) => concerns(exclusion, detail)),
  };
}

/** Segments of each local day of from…now. */
function cutIntoDays(timeline: readonly TimelineSegment[], from: number, now: number, zone: string): TimelineDay[] {
  const starts = localBuckets(from, endOfDay(startOfLocalDay(now, zone), zone), 'day', zone);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? endOfDay(start, zone);
    const segments = timeline.flatMap((segment) => {
      const [cutFrom, cutTo] = [Math.max(segment.from, start), Math.min(segment.to, end)];
      return cutFrom < cutTo ? [{ ...segment, from: cutFrom, to: cutTo }] : [];
    });
    return { from: start, to: end, segments, coverage: timelineCoverage(segments) };
  });
}

function endOfDay(start: number, zone: string): number {
  return startOfLocalDay(start + 36 * HOUR_MS, zone);
}

function concerns({ target, from, to, revoked }: Exclusion, { id, assignments }: TerminalDetail): boolean {
  if (revoked !== undefined) return false;
  if (target.kind === 'terminal') return target.id === id;
  return assignments.some(
    (stood) => stood.servicePoint === target.id && stood.from < to && (stood.to ?? Infinity) > from,
  );
}
