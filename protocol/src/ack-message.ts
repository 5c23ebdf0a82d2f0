import * as z from 'zod';
import { epochSchema, seqSchema } from './presses-message.js';

/** Why a batch was refused. A terminal treats a code it does not know like `malformed`. */
export const REFUSAL_CODES = ['malformed', 'epoch-of-another-terminal', 'gap-too-large'] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Topic `ack`, gateway to terminal: the cumulative mark of an epoch. */
export const ackMessageSchema = z.object({
  epoch: epochSchema,
  upTo: z.int().min(0).describe('every press up to this one is committed or recorded as lost; 0: none'),
  rewind: z.literal(true).optional().describe('send again from upTo + 1'),
  refused: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe(`the last batch was refused: ${REFUSAL_CODES.join(', ')}`),
  firstSeq: seqSchema.optional().describe('with `refused`, where it could be read: first seq of the refused batch'),
  count: z.int().min(1).optional().describe('with `refused`, where it could be read: entries of the refused batch'),
});
export type AckMessage = z.infer<typeof ackMessageSchema>;
