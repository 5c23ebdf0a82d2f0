import { settingsSchema } from '@hymio/protocol';
import * as z from 'zod';

/** What a program wants to be desired at a scope: takes the place of all that was. */
export const settingsRequestSchema = settingsSchema
  .extend({
    version: z
      .string()
      .max(100)
      .optional()
      .describe('of what the program read: refused where that has been changed meanwhile; absent: whatever is there'),
  })
  .strict();

/** What is desired at a scope itself, and of what is farther away. */
export const scopeSettingsSchema = z.object({
  version: z.string().describe('of `settings`: give it back with a change, so that nobody is overwritten'),
  settings: settingsSchema.describe('what is desired here; what is absent is as in `inherited`'),
  inherited: settingsSchema.describe('what holds from farther away where nothing is desired here'),
});
