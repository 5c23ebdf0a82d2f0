import * as z from 'zod';
import type { HttpParts } from '../../../http/http-parts.js';
import { unknownReportRecipient } from '../../../reporting/report-recipient.js';
import { type PageView, pageView } from '../../page-view.js';
import { type ReportRecipientModel, reportRecipientPage } from './report-recipient-page.js';
import { type ReportRecipientsModel, reportRecipientsPage } from './report-recipients-page.js';

/** Mails that have not arrived, as many as are looked at. */
const SHOWN_TROUBLES = 50;
const none = z.object({});
/** What somebody types into is not changed under their hands. */
const still = { concerns: () => () => false };

export async function loadReportRecipients({ store, reporting }: HttpParts): Promise<ReportRecipientsModel> {
  const [registry, recipients, troubles] = await Promise.all([
    store.registry(),
    store.reports.recipients(),
    store.reports.mails({ limit: SHOWN_TROUBLES, troubled: true }),
  ]);
  const nextAt = reporting?.nextAt();
  const hasMail = reporting?.hasMail ?? false;
  return { registry, recipients, troubles, hasMail, ...(nextAt === undefined ? {} : { nextAt }) };
}

/** Error: HymioError `unknown-report-recipient`. */
export async function loadReportRecipient({ store }: HttpParts, id: number): Promise<Required<ReportRecipientModel>> {
  const [registry, recipients] = await Promise.all([store.registry(), store.reports.recipients()]);
  const recipient = recipients.find((one) => one.id === id);
  if (recipient === undefined) throw unknownReportRecipient(id);
  return { registry, recipient };
}

/** Recipients of reports: all, a new one, each. */
export const REPORT_RECIPIENT_VIEWS: readonly PageView[] = [
  pageView({
    path: '/admin/report-recipients',
    params: none,
    query: none,
    load: (_, parts) => loadReportRecipients(parts),
    render: (model, context) => reportRecipientsPage(model, context),
    ...still,
  }),
  pageView({
    path: '/admin/new-report-recipient',
    params: none,
    query: none,
    load: async (_, { store }) => ({ registry: await store.registry() }),
    render: (model, context) => reportRecipientPage(model, context),
    ...still,
  }),
  pageView({
    path: '/admin/report-recipients/:id',
    params: z.object({ id: z.coerce.number().int().min(1) }),
    query: none,
    load: ({ params: { id } }, parts) => loadReportRecipient(parts, id),
    render: (model, context) => reportRecipientPage(model, context),
    ...still,
  }),
];
