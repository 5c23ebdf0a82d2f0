/** Most epochs that one status lists, oldest first. */
export const MAX_STATUS_EPOCHS = 50;

/** Interval of the regular status, ms: bounds of what a status may name. */
export const MIN_HEARTBEAT_INTERVAL_MS = 1_000;
export const MAX_HEARTBEAT_INTERVAL_MS = 3_600_000;
