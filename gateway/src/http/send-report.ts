import type { FastifyReply } from 'fastify';
import type { Language } from '../registry/registry.js';
import { renderWeeklyReport } from '../report/render-weekly-report.js';
import type { ReportFormat } from '../report/report-formats.js';
import type { ReportSubject } from '../report/report-scope.js';
import type { ServedParts } from './http-parts.js';
import { sendFile } from './pages.js';

/** Sends the report of a week as a file, the same that the command writes. Errors: those of `renderWeeklyReport`. */
export async function sendReport(
  reply: FastifyReply,
  wanted: { week: string; format: ReportFormat; language: Language } & ReportSubject,
  { store, clock, zone, printer }: Pick<ServedParts, 'store' | 'clock' | 'zone' | 'printer'>,
): Promise<FastifyReply> {
  const { body, contentType, fileName } = await renderWeeklyReport(store, wanted, { zone, now: clock.now(), printer });
  // What programs read is shown where somebody looks at it; the rest are files to keep.
  if (wanted.format !== 'json') reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return sendFile(reply.header('cache-control', 'no-store'), contentType, body);
}
