/** A press in the order in which repeats are decided: (countedAt, epoch, seq). */
export interface PressKey {
  countedAt: number;
  epoch: string;
  seq: number;
}
export interface MarkedPress extends PressKey {
  repeat: boolean;
}

/** Repeat window in force at an instant, ms; 0: nothing is a repeat. */
export type WindowAt = (countedAt: number) => number;

/** Order of presses of one terminal for the repeat rule. */
export function comparePresses(a: PressKey, b: PressKey): number {
  if (a.countedAt !== b.countedAt) return a.countedAt - b.countedAt;
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  return a.seq - b.seq;
}

/** A press is a repeat when it comes less than its window after the last press that is not itself one. */
export function isRepeat(countedAt: number, lastCountedAt: number, windowMs: number): boolean {
  return countedAt - lastCountedAt < windowMs;
}

/** The definition, plainly: marks of all presses of a terminal, sorted by `comparePresses`. */
export function replayRepeats(presses: readonly PressKey[], windowAt: WindowAt, lastCounted = -Infinity): boolean[] {
  let last = lastCounted;
  return presses.map(({ countedAt }) => {
    const repeat = isRepeat(countedAt, last, windowAt(countedAt));
    if (!repeat) last = countedAt;
    return repeat;
  });
}

export interface RepeatRules<P extends MarkedPress> {
  /** Presses held so far with from <= countedAt < to, sorted, rightly marked without the inserted ones. */
  held: (from: number, to: number) => readonly P[];
  windowAt: WindowAt;
  /** No window of this terminal is longer. */
  maxWindowMs: number;
}

export interface Remarked<P> {
  /** Marks of the inserted presses, by index. */
  inserted: boolean[];
  /** Held presses whose mark is to be flipped. */
  flipped: P[];
}

/**
 * Marks late presses and their neighbours. `inserted` is sorted by `comparePresses`. The replay starts at the last press
 * before that is not a repeat and stops once old and new marks agree, so the cost depends on the neighbourhood, not on
 * the history; the result is that of `replayRepeats` over everything.
 */
export function markRepeats<P extends MarkedPress>(inserted: readonly PressKey[], rules: RepeatRules<P>): Remarked<P> {
  const result: Remarked<P> = { inserted: [], flipped: [] };
  while (result.inserted.length < inserted.length) markStretch(inserted, rules, result);
  return result;
}

/** One run of the replay: from the next inserted press to where the marks agree and nothing inserted is near. */
function markStretch<P extends MarkedPress>(
  inserted: readonly PressKey[],
  { held, windowAt, maxWindowMs }: RepeatRules<P>,
  result: Remarked<P>,
): void {
  const first = inserted[result.inserted.length];
  if (first === undefined) return;
  let fetchedTo = first.countedAt + maxWindowMs;
  const near = held(first.countedAt - maxWindowMs, fetchedTo);
  let next = near.findIndex((press) => comparePresses(press, first) > 0);
  if (next === -1) next = near.length;
  let queue = near;
  // Last press counted, by the marks that come to be and by those that were.
  let last = near.slice(0, next).findLast((press) => !press.repeat)?.countedAt ?? -Infinity;
  let lastBefore = last;
  for (;;) {
    const reach = Math.max(last, lastBefore) + maxWindowMs;
    if (next === queue.length && fetchedTo < reach) {
      queue = held(fetchedTo, reach);
      next = 0;
      fetchedTo = reach;
      continue;
    }
    const candidate = inserted[result.inserted.length];
    const neighbour = queue[next];
    if (candidate !== undefined && (neighbour === undefined || comparePresses(candidate, neighbour) < 0)) {
      if (neighbour === undefined && candidate.countedAt >= fetchedTo && candidate !== first) return;
      const repeat = isRepeat(candidate.countedAt, last, windowAt(candidate.countedAt));
      if (!repeat) last = candidate.countedAt;
      result.inserted.push(repeat);
      continue;
    }
    if (neighbour === undefined) return;
    const repeat = isRepeat(neighbour.countedAt, last, windowAt(neighbour.countedAt));
    if (repeat !== neighbour.repeat) result.flipped.push(neighbour);
    if (!repeat) last = neighbour.countedAt;
    if (!neighbour.repeat) lastBefore = neighbour.countedAt;
    next++;
    if (!repeat && !neighbour.repeat) return;
  }
}
