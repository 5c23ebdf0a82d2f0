import * as z from 'zod';
import { epochSchema, seqSchema } from './presses-message.js';
import { MAX_HEARTBEAT_INTERVAL_MS, MAX_STATUS_EPOCHS, MIN_HEARTBEAT_INTERVAL_MS } from './status-bounds.js';

/** unsynced: this boot has never been synchronised. trusted: no daemon to ask, wall time is plausible. */
export const clockStateSchema = z.enum(['synced', 'unsynced']);
export type ClockState = z.infer<typeof clockStateSchema>;

export const epochSpanSchema = z.object({
  epoch: epochSchema,
  oldestSeq: seqSchema.describe('oldest press still held'),
  lastSeq: seqSchema.describe('newest press'),
  ackedSeq: z.int().min(0).describe('highest press that the terminal knows acknowledged'),
});
/** The presses of one epoch that a terminal holds. */
export type EpochSpan = z.infer<typeof epochSpanSchema>;

export const faultSchema = z.object({
  code: z.string().min(1).max(64),
  since: z.int().describe("UTC ms since 1970 by the terminal's clock"),
  detail: z.string().max(500).optional(),
});
/** Something wrong that staff should know of, from when it is noticed to when it is mended. */
export type Fault = z.infer<typeof faultSchema>;

export const hardwareSchema = z.object({
  model: z.string().optional(),
  cpuTemperatureCelsius: z.number().optional(),
  throttled: z.boolean().optional(),
  freeDiskBytes: z.int().min(0).optional(),
  freeMemoryBytes: z.int().min(0).optional(),
});
export type Hardware = z.infer<typeof hardwareSchema>;

/** Topic `status`, retained: the heartbeat, each `heartbeatIntervalMs` and whenever faults, clock state or config change. */
export const statusMessageSchema = z.object({
  sentAt: z.int().describe("UTC ms since 1970 by the terminal's clock"),
  firmware: z.string().max(100).describe('firmware version'),
  epoch: epochSchema.describe('the epoch that takes new presses'),
  epochs: z.array(epochSpanSchema).max(MAX_STATUS_EPOCHS).describe('epochs that hold presses, oldest first'),
  pending: z.int().min(0).describe('presses not yet acknowledged'),
  oldestPendingAt: z.int().optional().describe('UTC ms of the oldest of them'),
  lastPressAt: z.int().optional().describe('UTC ms of the newest press'),
  clock: clockStateSchema,
  uptimeMs: z.int().min(0).describe('how long this firmware process has been taking presses'),
  heartbeatIntervalMs: z
    .int()
    .min(MIN_HEARTBEAT_INTERVAL_MS)
    .max(MAX_HEARTBEAT_INTERVAL_MS)
    .optional()
    .describe('longest time between two statuses; a minute where it is missing'),
  faults: z.array(faultSchema).max(100),
  configVersion: z.string().max(100).optional().describe('version of the applied `config`'),
  knownSettings: z
    .array(z.string().max(64))
    .max(50)
    .optional()
    .describe('names of the settings of `config` that this firmware knows'),
  configRefused: z
    .object({ version: z.string().max(100).optional(), reason: z.string().max(500) })
    .optional()
    .describe('the newest `config` where it was refused; the one before stays in force'),
  hardware: hardwareSchema,
});
export type StatusMessage = z.infer<typeof statusMessageSchema>;
