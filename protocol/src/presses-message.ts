import * as z from 'zod';
import { pressEntrySchema } from './press-entry.js';

/** Most entries of one batch. */
export const MAX_BATCH = 500;
/** How far `oldestSeq` may lie beyond what the gateway expects; more is refused as impossible. */
export const MAX_GAP = 1_000_000;

/** An epoch: a UUID, lower case. */
export const EPOCH_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export const epochSchema = z
  .string()
  .regex(EPOCH_PATTERN, 'a lower-case UUID')
  .describe('UUID of one opening of a journal');
export const seqSchema = z.int().min(1).describe('number of a press within its epoch, from 1, without gaps');

/** Topic `presses`, terminal to gateway: consecutive presses of one epoch; entry i has seq firstSeq + i. */
export const pressesMessageSchema = z
  .object({
    epoch: epochSchema,
    firstSeq: seqSchema,
    oldestSeq: seqSchema.describe('the oldest press of this epoch that the terminal still holds'),
    presses: z.array(pressEntrySchema).min(1).max(MAX_BATCH),
  })
  .refine((message) => message.oldestSeq <= message.firstSeq, {
    path: ['oldestSeq'],
    message: 'must not be greater than firstSeq',
  });
export type PressesMessage = z.infer<typeof pressesMessageSchema>;

/** What is read of a batch that is otherwise refused, so that the refusal can name it. */
export const batchHeadSchema = z.object({
  epoch: epochSchema,
  firstSeq: seqSchema.optional().catch(undefined),
  presses: z.array(z.unknown()).optional().catch(undefined),
});
