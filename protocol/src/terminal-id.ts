import * as z from 'zod';

export const TERMINAL_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The level of the gateway's own topics, where other topics have the id of a terminal. */
const RESERVED_ID = 'events';

/** Id of a terminal, a service point, a group or a question: one topic level, one path segment. */
export const idSchema = z
  .string()
  .regex(TERMINAL_ID_PATTERN, 'use 1 to 63 lower-case letters, digits and hyphens, not starting with a hyphen');

/** Id of a terminal: `events` is the level of the gateway's own topics. */
export const terminalIdSchema = idSchema.refine((id) => id !== RESERVED_ID, 'no terminal can be called events');

export function isTerminalId(value: string): boolean {
  return TERMINAL_ID_PATTERN.test(value) && value !== RESERVED_ID;
}
