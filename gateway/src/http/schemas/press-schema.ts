import { CLOCK_QUALITIES, type ClockQuality, ratingSchema } from '@hymio/protocol';
import * as z from 'zod';
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
] as const;

export function viewPress(press: StoredPress): PressView {
  const { terminal, epoch, seq, at, rating, uncertaintyMs, receivedAt, repeat, excluded } = press;
  const clock: ClockQuality = press.clock;
  const uncertainty = uncertaintyMs === undefined ? {} : { uncertaintyMs };
  return { terminal, epoch, seq, at, rating, clock, ...uncertainty, receivedAt, repeat, excluded };
}
