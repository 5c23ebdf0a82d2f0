import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { REPORT_FORMATS, REPORT_TYPES } from '../../report/report-formats.js';
import { keyOfSubject, subjectOfKey } from '../../reporting/report-recipient.js';
import type { IssuedReport } from '../../reporting/report-store.js';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { requestLanguage } from '../pages.js';
import { languageParameter, problemResponse } from '../schemas/parameters.js';
import { tallySchema, weeklyReportSchema } from '../schemas/report-schema.js';
import { sendIssued } from '../send-issued.js';
import { subjectOf } from './report-routes.js';

const MOST_LISTED = 500;
const subjectParameters = {
  'service-point': idSchema.optional(),
  group: idSchema.optional().describe('not together with `service-point`'),
};
const weekParameter = z.string().regex(/^\d{4}-W\d{2}$/);

const issuedSchema = z.object({
  week: z.string(),
  servicePoint: z.string().optional(),
  group: z.string().optional().describe('neither: the whole organisation'),
  issuedAt: z.string().describe('ISO 8601, UTC'),
  said: tallySchema,
});

function viewIssued({ week, subject, issuedAt, figures }: IssuedReport): z.infer<typeof issuedSchema> {
  const { ratings, ...said } = figures.tally;
  return {
    week,
    ...subjectOfKey(subject),
    issuedAt: new Date(issuedAt).toISOString(),
    said: { ...said, ratings: [...ratings] },
  };
}

/** Reports as they were issued: a list, and each in every form. */
export function issuedReportRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/reports/issued',
    {
      config: { access: { scopes: ['reports:read'], group: 'subject' } },
      schema: {
        summary: 'Weekly reports that were issued: mailed, and kept as they were',
        querystring: z.strictObject({
          week: weekParameter.optional(),
          ...subjectParameters,
          limit: z.coerce.number().int().min(1).max(MOST_LISTED).optional().describe('default 100'),
        }),
        response: {
          200: z.object({ reports: z.array(issuedSchema) }).describe('newest week first'),
          default: problemResponse,
        },
      },
    },
    async (request) => {
      const { week, limit = 100, ...about } = request.query;
      const named = about.group !== undefined || about['service-point'] !== undefined;
      const reports = await parts.for(request).store.reports.issued({
        limit,
        ...(week === undefined ? {} : { week }),
        ...(named ? { subject: keyOfSubject(subjectOf(about)) } : {}),
      });
      return { reports: reports.map(viewIssued) };
    },
  );

  app.get(
    '/api/v1/reports/issued/:week',
    {
      config: { access: { scopes: ['reports:read'], group: 'subject' } },
      schema: {
        summary: 'A weekly report as it was issued',
        params: z.strictObject({ week: weekParameter }),
        querystring: z.strictObject({
          format: z.enum(REPORT_FORMATS).optional().describe('default json'),
          ...subjectParameters,
          lang: languageParameter,
        }),
        response: {
          200: {
            description: 'The report',
            content: {
              'application/json': { schema: weeklyReportSchema },
              'text/csv': { schema: z.string() },
              'text/html': { schema: z.string() },
              'application/pdf': { schema: z.string() },
              [REPORT_TYPES.xlsx]: { schema: z.string() },
            },
          },
          default: problemResponse,
        },
      },
    },
    async (request, reply) => {
      const { format = 'json' } = request.query;
      const wanted = { week: request.params.week, ...subjectOf(request.query), format };
      return sendIssued(reply, { ...wanted, language: requestLanguage(request) }, parts.for(request));
    },
  );
}
