import * as z from 'zod';
import { GROUPINGS } from '../../aggregates/aggregate-query.js';
import { BUCKET_SIZES } from '../../calendar/local-buckets.js';
import { instantParameter } from './parameters.js';

export const aggregateParameters = z.strictObject({
  from: instantParameter
    .optional()
    .describe('ISO 8601 instant, inclusive; widened to 15 minutes. Default: 7 days before `to`'),
  to: instantParameter.optional().describe('ISO 8601 instant, exclusive; widened to 15 minutes. Default: now'),
  bucket: z
    .enum(BUCKET_SIZES)
    .optional()
    .describe('length of a bucket in the gateway’s time zone; clipped to the range. Default: day'),
  group: z.enum(GROUPINGS).optional().describe('what a row is about. Default: total'),
});

const countsShape = {
  n: z.int().describe('presses that are neither repeats nor excluded'),
  ratings: z.array(z.int()).length(4).describe('of n: very unhappy, unhappy, happy, very happy'),
  repeats: z.int().describe('repeat presses, not in n'),
  estimated: z.int().describe('of n: with an estimated time'),
  excluded: z.int().describe('presses left out by hand (cleaner, test, vandalism …), not in any other number'),
  happyIndex: z.number().nullable().describe('0…100; null at n = 0'),
  satisfied: z
    .object({ share: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('share of happy and very happy, 0…1, with Wilson’s 95 % interval; null at n = 0'),
};

export const aggregateAnswer = z.object({
  rows: z
    .array(
      z.object({
        start: z.string().describe('start of the bucket within the range: ISO 8601, UTC'),
        terminal: z.string().optional(),
        servicePoint: z.string().optional(),
        group: z.string().optional().describe('a group’s numbers include those of the groups below it'),
        ...countsShape,
      }),
    )
    .describe(
      'in order of start, then id. The total has a row for every bucket; the other groupings only where something was ' +
        'pressed. Presses of unassigned terminals are in `terminal` and `total`',
    ),
});
