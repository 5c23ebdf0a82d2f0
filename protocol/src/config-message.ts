import * as z from 'zod';
import {
  MAX_DESIRED_HEARTBEAT_MS,
  MAX_LOCKOUT_MS,
  MIN_DESIRED_HEARTBEAT_MS,
  MIN_LOCKOUT_MS,
} from './setting-bounds.js';

/** How a press is thanked for. There is no "not at all": whoever presses must see or hear that it counts. */
export const THANKS = ['light-and-beep', 'light', 'beep'] as const;
export type Thanks = (typeof THANKS)[number];

/** What may be desired of a terminal. What is absent is as the terminal's own configuration says. */
export const settingsSchema = z.object({
  heartbeatIntervalMs: z
    .int()
    .min(MIN_DESIRED_HEARTBEAT_MS)
    .max(MAX_DESIRED_HEARTBEAT_MS)
    .optional()
    .describe('longest time between two statuses, ms; a minute where nothing else is said'),
  lockoutMs: z
    .int()
    .min(MIN_LOCKOUT_MS)
    .max(MAX_LOCKOUT_MS)
    .optional()
    .describe('after a change of a contact further ones are taken for bounce this long, ms; 25 where nothing is said'),
  thanks: z.enum(THANKS).optional().describe('what thanks for a press; both where nothing else is said'),
});
export type Settings = z.infer<typeof settingsSchema>;
export const SETTING_NAMES = ['heartbeatIntervalMs', 'lockoutMs', 'thanks'] as const satisfies (keyof Settings)[];
export type SettingName = (typeof SETTING_NAMES)[number];

/** Topic `config`, gateway to terminal, retained: desired settings. Applied when `version` differs. */
export const configMessageSchema = settingsSchema.extend({ version: z.string().min(1).max(100) });
export type ConfigMessage = z.infer<typeof configMessageSchema>;
