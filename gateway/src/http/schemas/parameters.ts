import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { parseInstant } from '../../calendar/instant.js';
import { LANGUAGES } from '../../registry/registry.js';
import { problemSchema } from '../problem.js';

/** An instant in the address, ISO 8601 with Z or an offset, read into UTC ms. */
export const instantParameter = z
  .string()
  .transform((text, context) => {
    const at = parseInstant(text);
    if (at !== undefined) return at;
    context.addIssue({
      code: 'custom',
      message: 'write an instant as 2026-11-16T00:00:00+02:00 or 2026-11-15T22:00:00Z',
    });
    return z.NEVER;
  })
  .describe('ISO 8601 date and time with Z or an offset');

export const languageParameter = z.enum(LANGUAGES).optional().describe('default: by Accept-Language, else fi');

export const idParameters = z.strictObject({ id: idSchema });

/** Every answer that is not a success. */
export const problemResponse = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: problemSchema } },
} as const;
