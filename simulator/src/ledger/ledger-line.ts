import { epochSchema, idSchema, ratingSchema, seqSchema } from '@hymio/protocol';
import * as z from 'zod';

const instant = z.int().describe('UTC ms');

const runSchema = z.object({
  event: z.literal('run'),
  version: z.literal(1),
  seed: z.int(),
  /** True time at which the run began: what the store holds of these terminals from here on is of this run. */
  from: instant,
  terminals: z.array(idSchema),
});
const keptSchema = z.object({
  event: z.literal('kept'),
  terminal: idSchema,
  epoch: epochSchema,
  seq: seqSchema,
  rating: ratingSchema,
  /** When the button was pushed. */
  trueAt: instant,
  /** What the terminal's own clock said then. */
  wallAt: instant,
});
/** A push whose terminal died before it answered: it may or may not be kept. */
const unansweredSchema = z.object({
  event: z.literal('unanswered'),
  terminal: idSchema,
  rating: ratingSchema,
  trueAt: instant,
});

/** One line of a ledger. */
export const ledgerLineSchema = z.discriminatedUnion('event', [runSchema, keptSchema, unansweredSchema]);
export type LedgerLine = z.infer<typeof ledgerLineSchema>;
export type LedgerRun = z.infer<typeof runSchema>;
export type KeptPress = z.infer<typeof keptSchema>;
export type UnansweredPress = z.infer<typeof unansweredSchema>;
