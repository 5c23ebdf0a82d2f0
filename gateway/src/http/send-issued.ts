import { HymioError } from '@hymio/protocol';
import type { FastifyReply } from 'fastify';
import type { Language } from '../registry/registry.js';
import { renderReport } from '../report/render-weekly-report.js';
import type { ReportFormat } from '../report/report-formats.js';
import type { ReportSubject } from '../report/report-scope.js';
import { unpackReport } from '../reporting/pack-report.js';
import { keyOfSubject } from '../reporting/report-recipient.js';
import type { ServedParts } from './http-parts.js';
import { sendFile } from './pages.js';

/** Sends a report as it was issued, in any form and language. Errors: HymioError `report-not-issued`, the printer's. */
export async function sendIssued(
  reply: FastifyReply,
  { format, language, week, ...about }: { week: string; format: ReportFormat; language: Language } & ReportSubject,
  { store, printer }: Pick<ServedParts, 'store' | 'printer'>,
): Promise<FastifyReply> {
  const [issued] = await store.reports.issued({ week, subject: keyOfSubject(about), limit: 1 });
  const found = issued === undefined ? undefined : await store.reports.issuedReport(issued.id);
  if (found === undefined) {
    throw new HymioError(
      'report-not-issued',
      `No report of week ${week} was issued on this.`,
      'GET /api/v1/reports/issued lists those that were; the report as it is now is at /api/v1/reports/weekly/WEEK.',
    );
  }
  const report = await unpackReport(found.document);
  const around = { registry: await store.registry(), zone: report.zone, now: found.report.issuedAt };
  const { body, contentType, fileName } = await renderReport(report, around, { format, language, printer });
  // HTML and JSON are looked at; the rest are files to keep.
  if (format !== 'json' && format !== 'html') {
    reply.header('content-disposition', `attachment; filename="${fileName}"`);
  }
  return sendFile(reply.header('cache-control', 'no-store'), contentType, body);
}
