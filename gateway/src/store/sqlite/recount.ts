import { isRepeat } from '../../ingest/mark-repeats.js';
import type { TimeRange } from '../../registry/registry-changes.js';
import type { RegistryIndex } from '../../registry/registry-index.js';
import type { HeldPress, PressMark } from './press-rows.js';
import { NO_SERVICE_POINT, type WriterContext } from './writer-context.js';

/** Presses are walked in stretches of so long, ms; a multiple of the rollups' bucket. */
export const STRETCH_MS = 24 * 60 * 60 * 1000;

/** How one terminal's presses are being marked again. */
interface Replay {
  id: string;
  range: TimeRange;
  /** Last press counted, by the new marks. */
  last: number;
}

/**
 * Marks and counts again what another registry, or other exclusions, change: per terminal, from the start of its range until its end and on
 * until old and new marks agree. Presses counted before `rawFrom` stay as they are. `context` holds the new ones.
 */
export function recount(context: WriterContext, before: RegistryIndex, changes: ReadonlyMap<string, TimeRange>): void {
  const replays = startReplays(context, changes);
  const present = context.rows.countedRange(context.rawFrom);
  if (replays.size === 0 || present === undefined) return;
  const windows = [...changes.keys()].flatMap((id) => [before.maxWindowMs(id), context.places.maxWindowMs(id)]);
  // So far back a press may still decide about the first one of a range.
  const lookBackMs = Math.max(0, ...windows);
  const first = Math.min(...[...replays.values()].map((replay) => replay.range.from));
  let from = Math.max(first - lookBackMs, present.first);
  while (from <= present.last && replays.size > 0) {
    const to = endOfStretch(from, replays, lookBackMs);
    for (const press of heldOf(context, replays, from, to)) {
      const replay = replays.get(press.terminal);
      if (replay !== undefined && replayPress(context, replay, press)) replays.delete(press.terminal);
    }
    from = to;
  }
}

/** No farther than where the last range ends and marks can agree again: a short span costs no whole day. */
function endOfStretch(from: number, replays: ReadonlyMap<number, Replay>, lookBackMs: number): number {
  const needed = Math.max(...[...replays.values()].map(({ range }) => range.to)) + lookBackMs + 1;
  return Math.min(from + STRETCH_MS, needed > from ? needed : Infinity);
}

/** One terminal's presses are found in the index alone; of many, all are read. */
function heldOf({ rows }: WriterContext, replays: ReadonlyMap<number, Replay>, from: number, to: number): HeldPress[] {
  const [only, ...others] = replays.keys();
  return only !== undefined && others.length === 0 ? rows.held(only, from, to) : rows.heldByAll(from, to);
}

function startReplays(context: WriterContext, changes: ReadonlyMap<string, TimeRange>): Map<number, Replay> {
  const find = context.db.prepare<[string], { key: number; anchorAt: number | null }>(
    'SELECT key, anchor_at AS anchorAt FROM terminals WHERE id = ?',
  );
  const replays = new Map<number, Replay>();
  for (const [id, range] of changes) {
    const terminal = find.get(id);
    if (terminal !== undefined) replays.set(terminal.key, { id, range, last: terminal.anchorAt ?? -Infinity });
  }
  return replays;
}

/** True once old and new marks agree and the range is behind. */
function replayPress(context: WriterContext, replay: Replay, press: HeldPress): boolean {
  const { countedAt } = press;
  if (countedAt < replay.range.from) {
    if (!press.repeat) replay.last = countedAt;
    return false;
  }
  const mark = judge(context, replay.id, replay.last, press);
  if (differs(mark, press)) {
    context.deltas.add(press.terminal, press.servicePoint, press, -1);
    context.deltas.add(press.terminal, mark.servicePoint, { ...press, ...mark }, 1);
    context.rows.mark(press.arrival, mark);
  }
  const { repeat } = mark;
  if (!repeat) replay.last = countedAt;
  return countedAt >= replay.range.to && !repeat && !press.repeat;
}

export function differs(a: PressMark, b: PressMark): boolean {
  return a.repeat !== b.repeat || a.servicePoint !== b.servicePoint || a.excluded !== b.excluded;
}

/** Mark and service point (key) of a press by the registry and the exclusions in force. */
export function judge(
  context: WriterContext,
  terminal: string,
  lastCountedAt: number,
  { countedAt }: HeldPress,
): PressMark {
  const placement = context.places.placementAt(terminal, countedAt);
  const key = placement.servicePoint === undefined ? undefined : context.servicePointKeys.get(placement.servicePoint);
  return {
    repeat: isRepeat(countedAt, lastCountedAt, placement.windowMs),
    servicePoint: key ?? NO_SERVICE_POINT,
    excluded: placement.excluded,
  };
}
