import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { REPORT_COLUMNS } from '../../report/report-csv.js';
import { REPORT_FORMATS, REPORT_TYPES } from '../../report/report-formats.js';
import type { ReportSubject } from '../../report/report-scope.js';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { requestLanguage, sendText } from '../pages.js';
import { languageParameter, problemResponse } from '../schemas/parameters.js';
import { REPORT_JSON_SCHEMA, weeklyReportSchema } from '../schemas/report-schema.js';
import { sendReport } from '../send-report.js';

const CSV_DESCRIPTION =
  'RFC 4180, UTF-8, one table; `section` says what a row is about, docs/weekly-report-csv.md what each column means. ' +
  `Columns: ${REPORT_COLUMNS.join(', ')}`;

/** What the address asks about, as the report reads it. */
export function subjectOf(query: { 'service-point'?: string | undefined; group?: string | undefined }): ReportSubject {
  const { 'service-point': servicePoint, group } = query;
  return { ...(servicePoint === undefined ? {} : { servicePoint }), ...(group === undefined ? {} : { group }) };
}

export function reportRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/reports/weekly.schema.json',
    {
      config: { access: { scopes: [], group: 'any' } },
      schema: {
        summary: 'JSON Schema of the weekly report',
        response: { 200: z.unknown().describe('JSON Schema, draft 2020-12') },
      },
    },
    async (_request, reply) => sendText(reply, 'application/schema+json', JSON.stringify(REPORT_JSON_SCHEMA)),
  );

  app.get(
    '/api/v1/reports/weekly/:week',
    {
      config: { access: { scopes: ['reports:read'], group: 'subject' } },
      schema: {
        summary: 'The report of an ISO week, of the whole organisation, a group or a service point',
        params: z.strictObject({ week: z.string().describe('ISO week: 2026-W47') }),
        querystring: z.strictObject({
          format: z.enum(REPORT_FORMATS).optional().describe('default json'),
          'service-point': idSchema.optional().describe('default: the whole organisation'),
          group: idSchema.optional().describe('with everything below it; not together with `service-point`'),
          lang: languageParameter,
        }),
        response: {
          200: {
            description: 'The report',
            content: {
              'application/json': { schema: weeklyReportSchema },
              'text/csv': { schema: z.string().describe(CSV_DESCRIPTION) },
              'text/html': { schema: z.string().describe('needs nothing beside it') },
              'application/pdf': { schema: z.string().describe('conforms to PDF/UA-1') },
              [REPORT_TYPES.xlsx]: { schema: z.string().describe('a workbook for people, one sheet a section') },
            },
          },
          default: problemResponse,
        },
      },
    },
    async (request, reply) => {
      const { format = 'json' } = request.query;
      const language = requestLanguage(request);
      const wanted = { week: request.params.week, ...subjectOf(request.query), format, language };
      return sendReport(reply, wanted, parts.for(request));
    },
  );
}
