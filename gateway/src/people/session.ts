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

/** `now`: UTC ms. A clock that was set back ends nothing. */
export function isSessionOver(
  { beganAt, usedAt }: Session,
  { idleMs, absoluteMs }: SessionLimits,
  now: number,
): boolean {
  return now - usedAt >= idleMs || now - beganAt >= absoluteMs;
}
