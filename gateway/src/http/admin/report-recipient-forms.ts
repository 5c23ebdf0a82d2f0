import * as z from 'zod';
import type { AlertScope } from '../../alerts/alert-rule.js';
import { reportRecipientPage } from '../../pages/admin/reports/report-recipient-page.js';
import { loadReportRecipient, loadReportRecipients } from '../../pages/admin/reports/report-recipient-views.js';
import { reportRecipientsPage } from '../../pages/admin/reports/report-recipients-page.js';
import { LANGUAGES } from '../../registry/registry.js';
import { REPORT_FORMATS } from '../../report/report-formats.js';
import { type ReportRecipientText, subjectOfKey } from '../../reporting/report-recipient.js';
import type { FormBody } from '../form-body.js';
import type { FormWhere } from '../form-route.js';
import type { ServedParts } from '../http-parts.js';
import { editForm } from './edit-form.js';
import type { TypedItem } from './typed-item.js';

const byNumber = z.object({ id: z.coerce.number().int().min(1) });
const FIELDS = ['address', 'language', 'format', 'subjects'];
const LIST = '/admin/report-recipients';

/** Forms of those who get reports by mail. */
export function reportRecipientForms(where: FormWhere): void {
  editForm(where, {
    id: 'recipient',
    fields: FIELDS,
    path: '/admin/new-report-recipient',
    params: z.object({}),
    load: async (_, { store }) => ({ registry: await store.registry() }),
    read: (typed, { parts, body }) => {
      const text = readRecipient(typed, body);
      return async (by) => {
        await parts.store.reports.saveRecipient(text, by);
        return { to: LIST };
      };
    },
    page: reportRecipientPage,
  });
  const known = {
    params: byNumber,
    load: ({ id }: { id: number }, parts: ServedParts) => loadReportRecipient(parts, id),
    page: reportRecipientPage,
  };
  editForm(where, {
    ...known,
    id: 'recipient',
    fields: FIELDS,
    path: `${LIST}/:id`,
    read: (typed, { params: { id }, parts, body }) => {
      const text = readRecipient(typed, body);
      return async (by) => {
        await parts.store.reports.saveRecipient(text, by, id);
        return { to: LIST };
      };
    },
  });
  editForm(where, {
    ...known,
    id: 'remove',
    fields: [],
    path: `${LIST}/:id/remove`,
    read:
      (_, { params: { id }, parts, context }) =>
      async (by) => {
        await parts.store.reports.removeRecipient(id, by);
        return { to: LIST, notice: context.messages.admin.removed };
      },
  });
  mailForm(where);
}

/** A mail that was given up, once more. */
function mailForm(where: FormWhere): void {
  editForm(where, {
    id: 'mail',
    fields: [],
    path: '/admin/report-mails/:id',
    params: byNumber,
    load: async ({ id }, parts) => ({ ...(await loadReportRecipients(parts)), mail: id }),
    read:
      (_, { params: { id }, parts, context }) =>
      async (by) => {
        const { sentAnew, cannotSendAnew } = context.messages.reportIssues.recipients;
        const sent = (await parts.reporting?.sendAnew(id, by)) ?? false;
        return { to: LIST, notice: sent ? sentAnew : cannotSendAnew };
      },
    page: (model, context, sent) => reportRecipientsPage(model, context, { ...sent, id: `mail-${model.mail}` }),
  });
}

function readRecipient(typed: TypedItem, body: FormBody): ReportRecipientText {
  const chosen = <T extends string>(name: string, choices: readonly T[], other: T): T =>
    choices.find((one) => one === body.text(name)) ?? other;
  return {
    address: typed.text('address', 254),
    language: chosen('language', LANGUAGES, 'fi'),
    format: chosen('format', REPORT_FORMATS, 'html'),
    subjects: body.all('subjects').map(scopeOf),
    active: body.text('active') === 'yes',
  };
}

function scopeOf(key: string): AlertScope {
  const { servicePoint, group } = subjectOfKey(key);
  if (servicePoint !== undefined) return { kind: 'service-point', id: servicePoint };
  return group === undefined ? { kind: 'organisation' } : { kind: 'group', id: group };
}
