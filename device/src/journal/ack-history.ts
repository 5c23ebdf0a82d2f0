/** What was acknowledged at one moment: the mark of each epoch that held presses then. */
export interface AckMoment {
  /** Wall time, UTC ms. */
  at: number;
  marks: Readonly<Record<string, number>>;
}

/** Moments are this far apart: acknowledged presses are kept up to so much longer than they must be. */
export const MOMENT_EVERY_MS = 24 * 3_600_000;
/** Enough of them to reach back over the seven days that acknowledged presses are kept. */
const MOMENTS = 9;

/**
 * The history with a moment more, oldest first; undefined where there is nothing new to write down. Moments that lie
 * ahead are of a clock that was wrong.
 */
export function withMoment(
  history: readonly AckMoment[],
  at: number,
  marks: AckMoment['marks'],
): AckMoment[] | undefined {
  const past = history.filter((moment) => moment.at <= at);
  const last = past.at(-1);
  if (last !== undefined && (at - last.at < MOMENT_EVERY_MS || sameMarks(last.marks, marks))) return undefined;
  if (last === undefined && Object.keys(marks).length === 0) return undefined;
  return [...past, { at, marks }].slice(-MOMENTS);
}

/** Every press of the epoch up to it was acknowledged before `before` (UTC ms) already; 0: none is known to be. */
export function ackedBefore(history: readonly AckMoment[], epoch: string, before: number): number {
  return history.findLast((moment) => moment.at < before)?.marks[epoch] ?? 0;
}

/** The history after the gateway went back to `upTo`: what comes again is acknowledged anew. */
export function afterRewind(history: readonly AckMoment[], epoch: string, upTo: number): readonly AckMoment[] {
  if (!history.some(({ marks }) => (marks[epoch] ?? 0) > upTo)) return history;
  return history.map((moment) => ({
    ...moment,
    marks: { ...moment.marks, [epoch]: Math.min(moment.marks[epoch] ?? 0, upTo) },
  }));
}

/**
 * The history as far as the marks of a journal just opened bear it out: cards in the field may have been written by a
 * firmware that noted what was acknowledged before it wrote the mark down.
 */
export function clampedTo(history: readonly AckMoment[], marks: AckMoment['marks']): readonly AckMoment[] {
  return Object.entries(marks).reduce((left, [epoch, mark]) => afterRewind(left, epoch, mark), history);
}

function sameMarks(a: AckMoment['marks'], b: AckMoment['marks']): boolean {
  const epochs = Object.keys(b);
  return epochs.length === Object.keys(a).length && epochs.every((epoch) => a[epoch] === b[epoch]);
}
