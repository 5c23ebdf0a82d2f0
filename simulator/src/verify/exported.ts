import * as z from 'zod';

/** What of the gateway's HTTP answers is compared; read by schemas of our own, so that a change there is noticed. */
export const exportedPressSchema = z.object({
  terminal: z.string(),
  epoch: z.string(),
  seq: z.int(),
  at: z.int(),
  rating: z.int(),
  clock: z.enum(['synced', 'corrected', 'estimated']),
  uncertaintyMs: z.int().nullish(),
  receivedAt: z.int(),
  repeat: z.boolean(),
  /** Absent: an export from before there were exclusions. */
  excluded: z.boolean().default(false),
});
export type ExportedPress = z.infer<typeof exportedPressSchema>;

export const aggregateRowSchema = z.object({
  start: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
  terminal: z.string().optional(),
  n: z.int(),
  ratings: z.array(z.int()).length(4),
  repeats: z.int(),
  estimated: z.int(),
});
/** Counts of one terminal in one 15-minute bucket; `start` in UTC ms. */
export type AggregateRow = z.infer<typeof aggregateRowSchema>;

export const terminalDetailSchema = z.object({
  assignments: z.array(
    z.object({
      servicePoint: z.string(),
      from: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
      to: z.iso
        .datetime({ offset: true })
        .transform((text) => Date.parse(text))
        .nullable(),
    }),
  ),
});
export const servicePointsSchema = z.object({
  servicePoints: z.array(z.object({ id: z.string(), repeatWindowMs: z.int() })),
});

/** Length of a bucket, ms. */
export const BUCKET_MS = 15 * 60_000;

/** Repeat window in force for a terminal at an instant (UTC ms), ms. */
export type WindowOf = (terminal: string, at: number) => number;

/** All that the gateway says of a run. */
export interface StoreView {
  /** In order of arrival. */
  presses: readonly ExportedPress[];
  /** By terminal and 15 minutes, over all of the presses. */
  aggregates: readonly AggregateRow[];
  windowOf: WindowOf;
}
