import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import { type AlertScope, alertScopeSchema, emailSchema } from '../alerts/alert-rule.js';
import { scopeKey } from '../alerts/scope-key.js';
import { LANGUAGES, type Registry } from '../registry/registry.js';
import { REPORT_FORMATS } from '../report/report-formats.js';
import type { ReportSubject } from '../report/report-scope.js';

/** Most reports that one recipient gets of a week. */
export const MOST_SUBJECTS = 50;

/** Who gets which weekly reports by mail, as it is typed in. */
export const reportRecipientSchema = z.object({
  address: emailSchema,
  language: z.enum(LANGUAGES),
  /** What is attached to the mail. */
  format: z.enum(REPORT_FORMATS),
  /** What the reports are about, one report each. */
  subjects: z.array(alertScopeSchema).max(MOST_SUBJECTS),
  /** False: gets nothing for now. */
  active: z.boolean(),
});
export type ReportRecipientText = z.infer<typeof reportRecipientSchema>;

export interface ReportRecipient extends ReportRecipientText {
  id: number;
  /** Gets what falls due from then on, UTC ms: when it was added, or switched on again. */
  since: number;
}

/** What a report is about, by the key that its scope has: `organisation`, `group/health`, `service-point/kallio`. */
export function subjectOfKey(key: string): ReportSubject {
  const [kind = '', id = ''] = key.split(/\/(.*)/s, 2);
  if (kind === 'organisation') return {};
  return kind === 'group' ? { group: id } : { servicePoint: id };
}

export function keyOfSubject({ servicePoint, group }: ReportSubject): string {
  if (servicePoint !== undefined) return scopeKey({ kind: 'service-point', id: servicePoint });
  return scopeKey(group === undefined ? { kind: 'organisation' } : { kind: 'group', id: group });
}

/** Is there such a thing to report on? */
export function isKnownSubject(scope: AlertScope, { groups, servicePoints }: Registry): boolean {
  if (scope.kind === 'organisation') return true;
  return (scope.kind === 'group' ? groups : servicePoints).some(({ id }) => id === scope.id);
}

/**
 * The recipient as it is kept. `before`: as it was; `others`: all that are kept. Errors: HymioError
 * `unknown-report-recipient`, `report-recipient-malformed`, `report-recipient-without-reports`,
 * `report-recipient-unknown-subject`, `report-recipient-twice` (the same address in the same language).
 */
export function checkedRecipient(
  text: ReportRecipientText,
  {
    id,
    at,
    kept,
    registry,
  }: { id: number | undefined; at: number; kept: readonly ReportRecipient[]; registry: Registry },
): Omit<ReportRecipient, 'id'> {
  const before = kept.find((one) => one.id === id);
  if (id !== undefined && before === undefined) throw unknownReportRecipient(id);
  const read = reportRecipientSchema.safeParse(text);
  if (!read.success) {
    const next = 'Write an address as name@example.org, and choose what is offered.';
    throw new HymioError('report-recipient-malformed', 'The recipient cannot be understood.', next);
  }
  if (text.subjects.length === 0) {
    const next = 'Choose at least one group or service point.';
    throw new HymioError('report-recipient-without-reports', 'The recipient gets no report.', next);
  }
  const unknown = text.subjects.find((scope) => !isKnownSubject(scope, registry));
  if (unknown !== undefined) {
    const next = 'Choose what exists, and load the page again.';
    throw new HymioError('report-recipient-unknown-subject', `There is no ${scopeKey(unknown)}.`, next);
  }
  const same = (one: ReportRecipientText) => `${one.address.toLowerCase()} ${one.language}`;
  if (kept.some((one) => one.id !== id && same(one) === same(text))) {
    const why = `${text.address} gets reports in this language already.`;
    throw new HymioError('report-recipient-twice', why, 'Change that recipient instead.');
  }
  const distinct = new Map(read.data.subjects.map((scope) => [scopeKey(scope), scope]));
  return { ...read.data, subjects: [...distinct.values()], since: before?.active === true ? before.since : at };
}

export function unknownReportRecipient(id: number): HymioError {
  return new HymioError(
    'unknown-report-recipient',
    `There is no recipient ${id} of reports.`,
    'Look at the list anew.',
  );
}
