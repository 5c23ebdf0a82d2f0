import * as z from 'zod';
import { STAFF_NOTE_KINDS } from '../../administration/staff-note.js';
import { alertConditionSchema } from '../../alerts/alert-rule.js';
import { EXCLUSION_REASONS } from '../../exclusions/exclusion.js';
import { SUSPICIONS } from '../../ingest/suspect-press.js';
import { LANGUAGES } from '../../registry/registry.js';
import { EMPTY_REASONS, type WeeklyReport } from '../../report/report-document.js';
import { incidentSchema } from '../../terminals/terminal-view.js';
import { alertViewSchema } from './alert-schema.js';

const nameSchema = z.partialRecord(z.enum(LANGUAGES), z.string());
const satisfactionShape = {
  n: z.int().describe('answers: presses that are neither repeats nor excluded'),
  happyIndex: z.number().nullable().describe('0…100; null at n = 0'),
  satisfied: z
    .object({ share: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe('0…1 with Wilson’s 95 % interval; null at n = 0. Not to be printed as a percentage below n = 10'),
};
const countsShape = {
  ...satisfactionShape,
  ratings: z.tuple([z.int(), z.int(), z.int(), z.int()]).describe('of n: very unhappy, unhappy, happy, very happy'),
  repeats: z.int().describe('repeat presses, not in n'),
  estimated: z.int().describe('of n: with an estimated time'),
  excluded: z.int().describe('presses left out by hand, in no other number'),
};
const counts = z.object(countsShape);
/** Answers by rating with what follows from them. */
export const tallySchema = z.object({ ...satisfactionShape, ratings: countsShape.ratings });
const change = z
  .object({ difference: z.number(), low: z.number(), high: z.number(), clear: z.boolean() })
  .nullable()
  .describe('satisfied share minus that of the week before, with Newcombe’s 95 % interval; clear: it excludes 0');
const coverageShape = {
  share: z.number().nullable().describe('workedMs / openMs; null without opening time'),
  openMs: z.number().describe('opening time of the week up to now, ms'),
  workedMs: z.number().describe('of it, how long the terminal is known to have worked, ms'),
};

const hourTest = z.object({
  statistic: z.number().nullable().describe('Pearson chi-square of satisfied by hour of day; null: nothing to compare'),
  degreesOfFreedom: z.int().nullable(),
  p: z.number().nullable(),
  hours: z.array(
    z.object({
      hour: z.int().describe('local hour of day'),
      n: z.int(),
      satisfied: z.int(),
      share: z.number(),
      z: z.number().nullable().describe('two-proportion z against all other hours'),
      standsOut: z.boolean().describe('|z| > 1.96 and p < 0.05'),
    }),
  ),
  outsideOpeningHours: z.int().describe('answers outside opening hours: not in the test'),
});

const alertShape = alertViewSchema.shape;
const alert = z.object({
  id: alertShape.id,
  rule: z.string().describe('name'),
  condition: alertConditionSchema.describe('of the rule, as it was when the alert was opened'),
  servicePoint: alertShape.servicePoint,
  name: nameSchema.nullable().describe('of the service point'),
  terminal: alertShape.terminal,
  terminalName: z.string().nullable(),
  numbers: alertShape.numbers,
  openedAt: alertShape.openedAt,
  reopened: alertShape.reopened,
  acknowledged: alertShape.acknowledged,
  closedAt: z.int().nullable().describe('null: it lasts'),
});

const targetSchema = z.object({ kind: z.enum(['terminal', 'service-point']), id: z.string() });

/** The weekly report document. */
export const weeklyReportSchema: z.ZodType<WeeklyReport> = z.object({
  week: z.string(),
  from: z.string().describe('ISO 8601, UTC'),
  to: z.string().describe('ISO 8601, UTC, exclusive'),
  zone: z.string(),
  generatedAt: z.string(),
  complete: z.boolean().describe('false while the week is not over'),
  scope: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('organisation') }),
    z.object({ kind: z.literal('service-point'), id: z.string(), name: nameSchema, group: z.string() }),
    z.object({ kind: z.literal('group'), id: z.string(), name: nameSchema, above: z.array(nameSchema) }),
  ]),
  questions: z
    .array(z.object({ id: z.string(), text: nameSchema, terminals: z.int() }))
    .describe('what was asked in the week, and by how many terminals of the scope'),
  counts,
  previousWeek: z.string(),
  previous: counts,
  change,
  yearAgo: z
    .object({ week: z.string(), ...satisfactionShape, change })
    .nullable()
    .describe('the week of the same number a year ago; null where there was none or nothing was counted in it'),
  trend: z
    .array(z.object({ week: z.string(), from: z.string(), ...satisfactionShape }))
    .describe('twelve weeks, oldest first, this one last'),
  corrections: z
    .array(
      z.object({
        week: z.string(),
        saidAt: z.string().describe('ISO 8601, UTC'),
        said: tallySchema,
        now: tallySchema,
        latePresses: z.int().describe('presses counted in that week now that came after it was said'),
      }),
    )
    .describe('of the four weeks before: those that were issued and have changed since they were last spoken of'),
  heatMap: z
    .array(
      z.object({
        weekday: z.int().describe('1 Monday … 7 Sunday'),
        hour: z.int().describe('local hour of day'),
        n: z.int(),
        satisfied: z.int(),
        share: z.number().nullable(),
      }),
    )
    .describe('answers within opening hours by weekday and hour'),
  hourTest,
  coverage: z.object({
    ...coverageShape,
    terminals: z.array(
      z.object({
        terminal: z.string(),
        name: z.string().nullable(),
        servicePoints: z.array(z.string()),
        servicePointNames: z.array(nameSchema),
        downDays: z
          .array(z.object({ date: z.string(), downMs: z.number() }))
          .describe('local days with 15 minutes or more of opening time in which it is not known to have worked'),
        ...coverageShape,
      }),
    ),
  }),
  lost: z.object({
    presses: z.int(),
    ranges: z.array(
      z.object({ terminal: z.string(), epoch: z.string(), from: z.int(), to: z.int(), recordedAt: z.int() }),
    ),
  }),
  incidents: z.array(incidentSchema),
  suspects: z
    .array(z.object({ terminal: z.string(), why: z.enum(SUSPICIONS), presses: z.int() }))
    .describe(
      'presses that no panel can have sent, counted as any other: of a clock far ahead, or more at once than it can make',
    ),
  exclusions: z
    .array(
      z.object({
        id: z.int(),
        target: targetSchema,
        name: nameSchema.nullable().describe('of a service point'),
        from: z.int(),
        to: z.int(),
        reason: z.enum(EXCLUSION_REASONS),
      }),
    )
    .describe('spans whose presses were left out of all numbers; `counts.excluded` says how many they were'),
  notes: z
    .array(
      z.object({
        id: z.int(),
        kind: z.enum(STAFF_NOTE_KINDS),
        servicePoint: z.string(),
        name: nameSchema,
        from: z.int(),
        to: z.int().nullable(),
        text: nameSchema,
      }),
    )
    .describe('what the staff wrote; `changed`: what was changed because of the answers'),
  alerts: z.array(alert).describe('opened in the week'),
  moves: z
    .array(
      z.object({
        servicePoint: z.string(),
        name: nameSchema,
        from: z.string(),
        to: z.string(),
        fromName: nameSchema.describe('of the group now; empty: it is gone'),
        toName: nameSchema,
        at: z.int(),
      }),
    )
    .describe('service points moved to another group within the week; numbers go wholly with the group of now'),
  servicePoints: z.array(
    z.object({
      id: z.string(),
      name: nameSchema,
      group: z.string(),
      ...countsShape,
      rank: z.int().nullable(),
      previousRank: z.int().nullable().describe('of the week before'),
      shrunkenShare: z.number().nullable().describe('(W·mean + n·own)/(W + n)'),
      previous: z.object(satisfactionShape),
      change,
    }),
  ),
  unassigned: z.array(z.object({ terminal: z.string(), name: z.string().nullable(), ...countsShape })),
  empty: z
    .object({
      reason: z.enum(EMPTY_REASONS),
      firstPressFrom: z.string().nullable().describe('the quarter hour of the first press ever'),
    })
    .nullable()
    .describe('why there is no press at all'),
});

/** The same as a JSON Schema (draft 2020-12) for other programs; docs/weekly-report.schema.json holds a copy. */
export const REPORT_JSON_SCHEMA = {
  title: 'Weekly report of Hymiö',
  ...z.toJSONSchema(weeklyReportSchema, { target: 'draft-2020-12' }),
};
