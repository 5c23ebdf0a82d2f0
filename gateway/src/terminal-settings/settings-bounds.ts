import { MAX_DESIRED_HEARTBEAT_MS, MAX_LOCKOUT_MS, MIN_DESIRED_HEARTBEAT_MS, MIN_LOCKOUT_MS } from '@hymio/protocol';

/** The bounds of what may be desired, least and most, in the units that people write: those of the wire format. */
export const SETTINGS_BOUNDS = {
  heartbeatSeconds: [MIN_DESIRED_HEARTBEAT_MS / 1_000, MAX_DESIRED_HEARTBEAT_MS / 1_000],
  lockoutMs: [MIN_LOCKOUT_MS, MAX_LOCKOUT_MS],
} as const;
