import { idSchema, terminalIdSchema } from '@hymio/protocol';
import * as z from 'zod';
import { DEFAULT_REPEAT_WINDOW_MS, LANGUAGES, WEEKDAYS } from './registry.js';

const textSchema = z
  .partialRecord(z.enum(LANGUAGES), z.string().trim().min(1).max(500))
  .refine((text) => Object.keys(text).length > 0, 'give the text in at least one of fi, sv, en');

const spanSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write it as 08:00-16:00');
const instantSchema = z.iso.datetime({ offset: true, error: 'write it as 2026-11-22T08:00:00+02:00' });
const exceptionsSchema = z.array(
  z.strictObject({
    date: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'write it as 2026-12-06'),
    open: z.array(spanSchema).default([]),
    name: textSchema.optional(),
  }),
);

/**
 * A registry file (YAML). What it does not name stays; assignments it lists for a terminal replace all of that
 * terminal's. Exceptions, retiredAt and replacedAt that it leaves out stay as well: they are mostly entered elsewhere.
 */
export const registryFileSchema = z.strictObject({
  groups: z
    .array(
      z.strictObject({
        id: idSchema,
        parent: idSchema.optional(),
        name: textSchema,
        exceptions: exceptionsSchema.optional(),
      }),
    )
    .default([]),
  servicePoints: z
    .array(
      z.strictObject({
        id: idSchema,
        group: idSchema,
        name: textSchema,
        repeatWindowMs: z.int().min(0).max(3_600_000).default(DEFAULT_REPEAT_WINDOW_MS),
        openingHours: z.partialRecord(z.enum(WEEKDAYS), z.array(spanSchema)).optional(),
        exceptions: exceptionsSchema.optional(),
      }),
    )
    .default([]),
  questions: z.array(z.strictObject({ id: idSchema, text: textSchema })).default([]),
  terminals: z
    .array(
      z.strictObject({
        id: terminalIdSchema,
        name: z.string().trim().min(1).max(200).optional(),
        retiredAt: instantSchema.optional(),
        replacedAt: instantSchema.optional(),
      }),
    )
    .default([]),
  assignments: z
    .array(
      z.strictObject({
        terminal: terminalIdSchema,
        servicePoint: idSchema,
        question: idSchema.optional(),
        from: instantSchema,
        to: instantSchema.optional(),
      }),
    )
    .default([]),
});
export type RegistryFile = z.infer<typeof registryFileSchema>;

/** How many entries of each kind the import added, changed or found as they were. */
export interface ImportSummary {
  added: number;
  changed: number;
  unchanged: number;
  /** Terminals whose repeats and rollups were counted again. */
  recounted: string[];
}
