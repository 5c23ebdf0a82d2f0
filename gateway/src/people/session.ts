/** A login that holds. Of its secret only the hash is kept; times are UTC ms. */
export interface Session {
  hash: string;
  /** Id of the user. */
  user: number;
  beganAt: number;
  /** At most a minute old. */
  usedAt: number;
}

/** How long a login lasts, ms. */
export interface SessionLimits {
  /** Since it was used last. */
  idleMs: number;
  /** Since it began, however much it is used. */
  absoluteMs: number;
}

/** How far a session may seem to have begun in the future, ms: clocks are put right by a little all the time. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * `now`: UTC ms. One that began while the clock was far ahead is over once it is set right: it would last until the time that
 * the clock had then. One that began before lives on.
 */
export function isSessionOver(
  { beganAt, usedAt }: Session,
  { idleMs, absoluteMs }: SessionLimits,
  now: number,
): boolean {
  return now - usedAt >= idleMs || now - beganAt >= absoluteMs || beganAt - now > TOLERANCE_MS;
}
