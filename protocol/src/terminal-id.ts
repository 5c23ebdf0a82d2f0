import * as z from 'zod';

export const TERMINAL_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** Id of a terminal, a service point, a group or a question: one topic level, one path segment. */
export const idSchema = z
  .string()
  .regex(TERMINAL_ID_PATTERN, 'use 1 to 63 lower-case letters, digits and hyphens, not starting with a hyphen');

export function isTerminalId(value: string): boolean {
  return TERMINAL_ID_PATTERN.test(value);
}
