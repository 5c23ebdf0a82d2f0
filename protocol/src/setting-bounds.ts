/** Bounds of the desired heartbeat interval, ms: seldom enough for many terminals, often enough to miss one soon. */
export const MIN_DESIRED_HEARTBEAT_MS = 10_000;
export const MAX_DESIRED_HEARTBEAT_MS = 600_000;
/** Bounds of the lockout of a button, ms: above the longest bounce (10 ms), below what a quick finger repeats. */
export const MIN_LOCKOUT_MS = 12;
export const MAX_LOCKOUT_MS = 200;
