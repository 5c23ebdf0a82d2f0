import * as z from 'zod';
import { settingsSchema } from './config-message.js';
import { clockStateSchema, epochSpanSchema, faultSchema, hardwareSchema } from './status-message.js';

/** What a gateway can ask of one terminal, once. */
export const COMMANDS = ['identify', 'restart', 'send-diagnostics'] as const;
export type CommandName = (typeof COMMANDS)[number];
/** How long the light blinks for `identify`, ms. */
export const IDENTIFY_MS = 20_000;
/** Most lines of the log, and characters of each, in an answer to `send-diagnostics`. */
export const MAX_DIAGNOSTIC_LINES = 60;
export const MAX_DIAGNOSTIC_LINE = 400;

const instant = (what: string) => z.int().describe(`${what}, UTC ms since 1970`);

/** Topic `command`, gateway to terminal, never retained. */
export const commandMessageSchema = z.object({
  id: z.uuid().describe('a fresh one for each command: one that comes twice is carried out once'),
  command: z
    .string()
    .min(1)
    .max(64)
    .describe(`${COMMANDS.join(', ')}; a terminal answers one that it does not know with \`unknown-command\``),
  issuedAt: instant("by the gateway's clock"),
  expiresAt: instant('not carried out from then on'),
});
export type CommandMessage = z.infer<typeof commandMessageSchema>;

/** Why a terminal did not do it. A gateway shows a code that it does not know as it is. */
export const COMMAND_REFUSALS = ['unknown-command', 'no-light', 'no-panel', 'not-supervised', 'failed'] as const;
export type CommandRefusal = (typeof COMMAND_REFUSALS)[number];

/** How a terminal is, for whoever looks for what is wrong with it. No secrets, and no presses beyond their numbers. */
export const diagnosticsSchema = z.object({
  firmware: z.string().max(100),
  node: z.string().max(100).describe('version of Node.js'),
  system: z.string().max(200).describe('operating system and processor'),
  uptimeMs: z.int().min(0),
  clock: clockStateSchema,
  configVersion: z.string().max(100).optional(),
  settings: settingsSchema,
  hardware: hardwareSchema,
  pending: z.int().min(0).describe('presses not yet acknowledged'),
  held: z.int().min(0).describe('presses in the journal'),
  epochs: z.array(epochSpanSchema).max(50),
  faults: z.array(faultSchema).max(100),
  log: z.array(z.string().max(MAX_DIAGNOSTIC_LINE)).max(MAX_DIAGNOSTIC_LINES).describe('newest lines, oldest first'),
});
export type Diagnostics = z.infer<typeof diagnosticsSchema>;

/** Topic `answer`, terminal to gateway: what became of a command. */
export const answerMessageSchema = z.object({
  id: z.uuid().describe('of the command'),
  at: instant("by the terminal's clock"),
  outcome: z.enum(['done', 'refused']).describe('done: carried out, or begun where it takes time'),
  code: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe(`with \`refused\`: ${COMMAND_REFUSALS.join(', ')}`),
  detail: z.string().max(500).optional(),
  diagnostics: diagnosticsSchema.optional().describe('of `send-diagnostics`'),
});
export type AnswerMessage = z.infer<typeof answerMessageSchema>;
