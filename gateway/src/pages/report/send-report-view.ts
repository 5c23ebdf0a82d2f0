import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { HttpParts } from '../../http/http-parts.js';
import { readReportInput } from '../../report/read-report-input.js';
import type { ReportSubject } from '../../report/report-scope.js';
import { weeklyReport } from '../../report/weekly-report.js';
import { pageView } from '../page-view.js';
import { type SendReportModel, sendReportPage } from './send-report-page.js';

const optionalId = idSchema.optional().catch(undefined);

/** Errors: those of `readReportInput`. */
export async function loadSendReport(
  wanted: { week: string } & ReportSubject,
  { store, zone, reporting }: HttpParts,
  now: number,
): Promise<SendReportModel> {
  const report = weeklyReport(await readReportInput(store, wanted, { zone, now }));
  return { report, hasMail: reporting?.hasMail ?? false };
}

/** Where a report is sent from by hand. */
export const sendReportView = pageView({
  path: '/reports/weekly/:week/send',
  params: z.object({ week: z.string() }),
  query: z.object({ 'service-point': optionalId, group: optionalId }),
  load: ({ params: { week }, query: { 'service-point': servicePoint, group }, now }, parts) => {
    const about = servicePoint === undefined ? (group === undefined ? {} : { group }) : { servicePoint };
    return loadSendReport({ week, ...about }, parts, now);
  },
  render: (model, context) => sendReportPage(model, context),
  concerns: () => () => false,
});
