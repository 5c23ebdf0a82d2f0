import * as z from 'zod';
import { ratingSchema } from './rating-schema.js';

const at = z.int().describe('UTC milliseconds since 1970');

/** Largest uncertainty that can be stated, 100 years: the time is not known at all. */
export const UNKNOWN_UNCERTAINTY_MS = 3_155_760_000_000;

const pressSchema = z.discriminatedUnion('clock', [
  z.object({ at, rating: ratingSchema, clock: z.literal('synced') }),
  z.object({ at, rating: ratingSchema, clock: z.literal('corrected') }),
  z.object({
    at,
    rating: ratingSchema,
    clock: z.literal('estimated'),
    uncertaintyMs: z
      .int()
      .min(0)
      .max(UNKNOWN_UNCERTAINTY_MS)
      .describe('the true time lies within this many milliseconds of `at`'),
  }),
]);
export type WirePress = z.infer<typeof pressSchema>;

/** One entry of a batch: a press, or null for a press that the terminal can no longer read. */
export const pressEntrySchema = pressSchema.nullable();
export type PressEntry = z.infer<typeof pressEntrySchema>;
