import * as z from 'zod';
import { CLOCK_QUALITIES } from './clock-quality.js';
import { idSchema } from './id-schema.js';

/** Presses of one message; more than that come in the next one, a second later. */
export const MAX_EVENT_PRESSES = 500;

const instant = z.int().describe('UTC milliseconds since 1970');
const place = {
  servicePoint: idSchema.nullable().describe('null: the terminal stands nowhere'),
  groups: z.array(idSchema).describe('groups of the service point, from the root down'),
};

/** A press that the gateway has committed. */
export const pressEventEntrySchema = z.object({
  terminal: idSchema,
  epoch: z.string().describe('with `terminal` and `seq` the identity of the press: who counts it once counts right'),
  seq: z.int().min(1),
  at: instant.describe('as the terminal sent it, UTC milliseconds since 1970'),
  countedAt: instant.describe('the time that it is counted under: `at`, or its receipt where `at` is impossible'),
  rating: z.int().min(0).max(3).describe('0 very unhappy, 1 unhappy, 2 happy, 3 very happy'),
  clock: z.enum(CLOCK_QUALITIES),
  repeat: z.boolean().describe('a repeat press as of now: not counted. One that arrives late may change that'),
  excluded: z.boolean().describe('left out of the numbers by somebody, as of now'),
  suspect: z
    .string()
    .nullable()
    .describe('why no panel can have sent it so (`ahead`, `pace`), though it is counted; null: one can'),
});

/** Presses of a service point that were committed in the last second or so. */
export const pressesEventSchema = z.object({
  ...place,
  presses: z.array(pressEventEntrySchema).max(MAX_EVENT_PRESSES),
  omitted: z.int().min(0).describe('presses since the last message that were too many to tell one by one'),
});
export type PressesEvent = z.infer<typeof pressesEventSchema>;

/** How a terminal is. Retained; an empty payload: what was told of it here holds no more. */
export const terminalEventSchema = z.object({
  terminal: idSchema,
  ...place,
  state: z.string().min(1).describe('kind of its state; treat one that you do not know as something to look at'),
  since: instant.nullable().describe('UTC milliseconds since 1970; null where the state has no beginning, or it works'),
  attention: z.string().describe('now: answers are being missed; soon: they may be; none: nothing to do'),
  faults: z.array(z.string()).describe('codes of what the terminal says is wrong'),
  lostPresses: z.int().min(0),
  missingPresses: z.int().min(0),
  at: instant.describe('when that was found, UTC milliseconds since 1970'),
});
export type TerminalEvent = z.infer<typeof terminalEventSchema>;

/** An alert was opened, changed or closed. */
export const alertEventSchema = z.object({
  alert: z.int().min(1),
  rule: z.string().describe('name of the rule that opened it'),
  condition: z.string().describe('kind of its condition'),
  terminal: idSchema.nullable().describe('null: it is about presses of a service point'),
  ...place,
  state: z.enum(['open', 'acknowledged', 'closed']),
  openedAt: instant,
  closedAt: instant.nullable(),
  reopened: z.int().min(0).describe('how often it came back'),
});
export type AlertEvent = z.infer<typeof alertEventSchema>;
