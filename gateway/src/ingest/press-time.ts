/** No terminal of ours existed before: an earlier time is a clock that was never set. */
export const EARLIEST_PRESS_MS = Date.UTC(2020, 0, 1);
/** How far ahead of its receipt a press may claim to be. */
export const LATEST_AHEAD_MS = 24 * 60 * 60 * 1000;

/** False for a time before 2020 or more than a day after receipt. Both UTC ms. */
export function isPossibleTime(at: number, receivedAt: number): boolean {
  return at >= EARLIEST_PRESS_MS && at <= receivedAt + LATEST_AHEAD_MS;
}
