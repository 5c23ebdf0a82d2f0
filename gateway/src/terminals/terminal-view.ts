import { faultSchema, settingsSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { Assignment } from '../registry/registry.js';
import type { TerminalDetail } from '../store/store.js';
import type { TerminalConfig } from '../terminal-settings/terminal-config.js';
import type { TerminalBrief } from './terminal-brief.js';
import { attentionOf, TERMINAL_STATE_KINDS, type TerminalState } from './terminal-state.js';

const instantMs = (what: string) => z.int().nullable().describe(`${what}: UTC milliseconds since 1970; null: never`);

const stateSchema = z.object({
  kind: z.enum(TERMINAL_STATE_KINDS).describe('the first that applies, in this order'),
  since: z.int().nullable().describe('UTC milliseconds since 1970'),
  attention: z
    .enum(['now', 'soon', 'none'])
    .describe('now: answers are being missed; soon: they may be, or numbers are doubtful; none: nothing to do'),
  faults: z.array(faultSchema).describe('what the terminal says is wrong'),
});

export const assignmentSchema = z.object({
  servicePoint: z.string(),
  question: z.string().nullable(),
  from: z.string().describe('ISO 8601, UTC, inclusive'),
  to: z.string().nullable().describe('ISO 8601, UTC, exclusive; null: until further notice'),
});

/** A terminal as the HTTP interface shows it. */
export const terminalViewSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  registered: z.boolean().describe('announced by the operator; others have appeared by themselves'),
  state: stateSchema,
  servicePoint: z.string().nullable().describe('where it stands now; null: unassigned'),
  assignment: assignmentSchema.nullable(),
  firstSeenAt: instantMs('first message'),
  lastSeenAt: instantMs('newest message'),
  lastPressAt: instantMs('newest press'),
  availability: z.enum(['online', 'offline']).nullable().describe('what the terminal or its will said last'),
  pending: z.int().nullable().describe('presses that it has not delivered yet, of those that its last status listed'),
  oldestPendingAt: instantMs('oldest of them'),
  clock: z.enum(['synced', 'unsynced']).nullable(),
  firmware: z.string().nullable(),
  uptimeMs: z.int().nullable(),
  configVersion: z.string().nullable(),
  statusAt: instantMs('last status'),
  lostPresses: z.int().describe('recorded as lost since the beginning'),
  missingPresses: z.int().describe('reported by the terminal once, not delivered and gone; see `incidents`'),
});
export type TerminalView = z.infer<typeof terminalViewSchema>;

/** What is desired of a terminal beside what it reports as `configVersion`. */
export const terminalConfigSchema = z.object({
  version: z.string().describe('of what is desired'),
  settings: settingsSchema.describe('what is desired; what is absent is as the terminal itself is configured'),
  state: z
    .enum(['default', 'pending', 'applied', 'unknown', 'refused'])
    .describe('default: nothing is desired; unknown: applied by a firmware that does not say that it knows all of it'),
  reason: z.string().nullable().describe('with `refused`: why, as the terminal says it'),
});

export const incidentSchema = z.object({
  id: z.int(),
  kind: z.enum(['presses-missing', 'store-restored']),
  terminal: z.string().exactOptional().describe('absent: concerns the whole store'),
  epoch: z.string().exactOptional(),
  missing: z.int().exactOptional().describe('presses still missing'),
  since: z.int().describe('UTC milliseconds since 1970'),
  withdrawnAt: z.int().exactOptional().describe('UTC milliseconds; set when the presses arrived after all'),
  detail: z.string().exactOptional(),
});

/** One terminal with its history. */
export const terminalDetailSchema = terminalViewSchema.extend({
  epochs: z.array(
    z.object({
      epoch: z.string(),
      mark: z.int().describe('every press up to it is stored or recorded as lost'),
      highestReported: z.int().describe('highest press number that the terminal ever reported'),
      firstSeenAt: z.int().describe('UTC milliseconds since 1970'),
    }),
  ),
  lost: z.array(
    z.object({
      epoch: z.string(),
      from: z.int().describe('first press number, inclusive'),
      to: z.int().describe('last press number, inclusive'),
      recordedAt: z.int().describe('UTC milliseconds since 1970'),
    }),
  ),
  incidents: z.array(incidentSchema),
  assignments: z.array(assignmentSchema),
  config: terminalConfigSchema,
});
export type TerminalDetailView = z.infer<typeof terminalDetailSchema>;

function viewAssignment({ servicePoint, question, from, to }: Assignment): z.infer<typeof assignmentSchema> {
  return {
    servicePoint,
    question: question ?? null,
    from: new Date(from).toISOString(),
    to: to === undefined ? null : new Date(to).toISOString(),
  };
}

/** A terminal and the state that it is in. */
export function viewTerminal(terminal: TerminalBrief, state: TerminalState): TerminalView {
  const { status, assignment } = terminal;
  return {
    id: terminal.id,
    name: terminal.name ?? null,
    registered: terminal.registered,
    state: {
      kind: state.kind,
      since: state.since ?? null,
      attention: attentionOf(state),
      faults: status?.faults ?? [],
    },
    servicePoint: assignment?.servicePoint ?? null,
    assignment: assignment === undefined ? null : viewAssignment(assignment),
    firstSeenAt: terminal.firstSeenAt ?? null,
    lastSeenAt: terminal.lastSeenAt ?? null,
    lastPressAt: terminal.lastPressAt ?? null,
    availability: terminal.availability ?? null,
    pending: terminal.pendingPresses ?? status?.pending ?? null,
    oldestPendingAt: status?.oldestPendingAt ?? null,
    clock: status?.clock ?? null,
    firmware: status?.firmware ?? null,
    uptimeMs: status?.uptimeMs ?? null,
    configVersion: status?.configVersion ?? null,
    statusAt: terminal.statusAt ?? null,
    lostPresses: terminal.lostPresses,
    missingPresses: terminal.missingPresses,
  };
}

/** The same with its history. */
export function viewTerminalDetail(
  terminal: TerminalDetail,
  state: TerminalState,
  { version, settings, state: config }: TerminalConfig,
): TerminalDetailView {
  return {
    ...viewTerminal(terminal, state),
    epochs: terminal.epochs,
    lost: terminal.lost.map(({ epoch, from, to, recordedAt }) => ({ epoch, from, to, recordedAt })),
    incidents: terminal.incidents,
    assignments: terminal.assignments.map(viewAssignment),
    config: { version, settings, state: config.kind, reason: config.kind === 'refused' ? config.reason : null },
  };
}
