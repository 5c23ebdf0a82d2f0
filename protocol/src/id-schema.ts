import * as z from 'zod';
import { RESERVED_TERMINAL_ID, TERMINAL_ID_PATTERN } from './terminal-id.js';

/** Id of a terminal, a service point, a group or a question: one topic level, one path segment. */
export const idSchema = z
  .string()
  .regex(TERMINAL_ID_PATTERN, 'use 1 to 63 lower-case letters, digits and hyphens, not starting with a hyphen');

/** Id of a terminal: `events` is the level of the gateway's own topics. */
export const terminalIdSchema = idSchema.refine(
  (id) => id !== RESERVED_TERMINAL_ID,
  'no terminal can be called events',
);
