import { CLOCK_QUALITIES, type ClockQuality, ratingSchema } from '@hymio/protocol';
import * as z from 'zod';
import { SUSPICIONS } from '../../ingest/suspect-press.js';
import type { StoredPress } from '../../store/store.js';

/** One line of the press export; times are UTC milliseconds, as on the wire. */
export const pressSchema = z.object({
  terminal: z.string(),
  epoch: z.string().describe('UUID of one opening of the terminal’s journal'),
  seq: z.int().describe('number of the press within its epoch'),
  at: z.int().describe('when it was pressed, as the terminal sent it: UTC milliseconds since 1970'),
  rating: ratingSchema,
  clock: z.enum(CLOCK_QUALITIES).describe('how `at` is known'),
  uncertaintyMs: z.int().exactOptional().describe('estimated: the true time lies within so many milliseconds of `at`'),
  receivedAt: z.int().describe('when the gateway received it: UTC milliseconds since 1970'),
  repeat: z.boolean().describe('a repeat press: stored, not counted'),
  excluded: z.boolean().describe('left out of all numbers by hand: stored, not counted'),
  suspect: z
    .enum(SUSPICIONS)
    .exactOptional()
    .describe(
      'counted as any other, though no panel can have sent it so: its clock, said to be right, stood more than a day ahead; or more came at once than contacts can make',
    ),
});
export type PressView = z.infer<typeof pressSchema>;

/** Order of the columns of the CSV export. */
export const PRESS_COLUMNS = [
  'terminal',
  'epoch',
  'seq',
  'at',
  'rating',
  'clock',
  'receivedAt',
  'repeat',
  'excluded',
  'suspect',
] as const;

export function viewPress(press: StoredPress): PressView {
  const { terminal, epoch, seq, at, rating, uncertaintyMs, receivedAt, repeat, excluded, suspect } = press;
  const clock: ClockQuality = press.clock;
  const uncertainty = uncertaintyMs === undefined ? {} : { uncertaintyMs };
  return {
    terminal,
    epoch,
    seq,
    at,
    rating,
    clock,
    ...uncertainty,
    receivedAt,
    repeat,
    excluded,
    ...(suspect && { suspect }),
  };
}
