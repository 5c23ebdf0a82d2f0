import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { weekOf } from '../../calendar/iso-week.js';
import { readReportInput } from '../../report/read-report-input.js';
import { REPORT_FORMATS } from '../../report/report-formats.js';
import { weeklyReport } from '../../report/weekly-report.js';
import { keyOfSubject } from '../../reporting/report-recipient.js';
import type { Store } from '../../store/store.js';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { type Pages, requestLanguage, sendPage } from '../pages.js';
import { sendIssued } from '../send-issued.js';
import { sendReport } from '../send-report.js';
import { subjectOf } from './report-routes.js';

/** A page is for people: unknown parameters are passed over, an unknown language is passed over. */
const pageParameters = z.object({ lang: z.string().optional() });
const optionalId = z.union([z.literal('').transform(() => undefined), idSchema]).optional();
const reportParameters = pageParameters.extend({
  'service-point': optionalId,
  group: optionalId,
  /** What the form chooses: `group.health`, `service-point.kallio-clinic`, or nothing for the organisation. */
  scope: z.string().optional(),
});

export function pageRoutes(app: App, parts: RouteParts, pages: Pages): void {
  const { clock, zone } = parts;
  app.get('/reports/weekly', { schema: { hide: true, querystring: reportParameters } }, async (request, reply) => {
    const servicePoint = request.query['service-point'];
    const scope = servicePoint === undefined ? '' : `?service-point=${servicePoint}`;
    const { id } = weekOf(clock.now(), zone);
    return reply.redirect(pages.contextOf(request).link(`/reports/weekly/${id}${scope}`), 302);
  });

  app.get(
    '/reports/weekly/:week',
    { schema: { hide: true, params: z.object({ week: z.string() }), querystring: reportParameters } },
    async (request, reply) => {
      const { week } = request.params;
      const { scope, lang } = request.query;
      if (scope !== undefined) {
        const [kind = '', id = ''] = scope.split(/\.(.*)/s, 2);
        const chosen = id === '' ? {} : { [kind === 'group' ? 'group' : 'service-point']: id };
        const query = new URLSearchParams({ ...chosen, ...(lang === undefined ? {} : { lang }) });
        return reply.redirect(`/reports/weekly/${encodeURIComponent(week)}?${query}`, 302);
      }
      const { store } = parts.for(request);
      const wanted = { week, ...subjectOf(request.query) };
      const own = wanted.group === undefined && wanted.servicePoint === undefined ? await ownGroup(store) : undefined;
      if (own !== undefined) {
        return reply.redirect(
          pages.contextOf(request).link(`/reports/weekly/${encodeURIComponent(week)}?group=${own}`),
          302,
        );
      }
      const input = await readReportInput(store, wanted, { zone, now: clock.now() });
      const [issued] = await store.reports.issued({ week, subject: keyOfSubject(wanted), limit: 1 });
      return sendPage(reply, await pages.report(request, weeklyReport(input), input, issued));
    },
  );

  // The pages ask nobody for a token, so their links do not lead to where one may be needed.
  app.get(
    '/reports/weekly/:week/:format',
    {
      schema: {
        hide: true,
        params: z.object({ week: z.string(), format: z.enum(REPORT_FORMATS) }),
        querystring: reportParameters,
      },
    },
    async (request, reply) => {
      const wanted = { ...request.params, ...subjectOf(request.query), language: requestLanguage(request) };
      return sendReport(reply, wanted, parts.for(request));
    },
  );

  app.get(
    '/reports/weekly/:week/issued/:format',
    {
      schema: {
        hide: true,
        params: z.object({ week: z.string(), format: z.enum(REPORT_FORMATS) }),
        querystring: reportParameters,
      },
    },
    async (request, reply) => {
      const wanted = { ...request.params, ...subjectOf(request.query), language: requestLanguage(request) };
      return sendIssued(reply, wanted, parts.for(request));
    },
  );

  for (const { path, type, body } of pages.assets.files) {
    app.get(path, { schema: { hide: true } }, async (_request, reply) =>
      reply.type(type).header('cache-control', 'public, max-age=31536000, immutable').send(body),
    );
  }
}

/** What stands in for the whole organisation for who may see only a part of it; undefined: nothing has to. */
async function ownGroup(store: Pick<Store, 'registry'>): Promise<string | undefined> {
  const { isPart, groups } = await store.registry();
  return isPart === true ? groups.find(({ parent }) => parent === undefined)?.id : undefined;
}
