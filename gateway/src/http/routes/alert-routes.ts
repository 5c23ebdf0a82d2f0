import { HymioError, idSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { alertDetailSchema, alertViewSchema, viewAlert, viewAlertDetail } from '../schemas/alert-schema.js';
import { problemResponse } from '../schemas/parameters.js';

const MOST_ALERTS = 500;

const alertsParameters = z.strictObject({
  state: z.enum(['active', 'closed', 'all']).default('active').describe('active: open or acknowledged'),
  'service-point': idSchema.optional().describe('only of this service point, its terminals included'),
  before: z.coerce.number().pipe(z.int().min(1)).optional().describe('only alerts with a lower number: the next page'),
  limit: z.coerce.number().pipe(z.int().min(1).max(MOST_ALERTS)).default(100),
});

export function alertRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/alerts',
    {
      config: { access: { scopes: ['terminals:read'], group: 'own' } },
      schema: {
        summary: 'Alerts, newest first',
        querystring: alertsParameters,
        response: { 200: z.object({ alerts: z.array(alertViewSchema) }), default: problemResponse },
      },
    },
    async (request) => {
      const { state, limit, before, 'service-point': servicePoint } = request.query;
      const alerts = await parts.for(request).alerting?.store.alerts({
        ...{ state, limit },
        ...(before === undefined ? {} : { before }),
        ...(servicePoint === undefined ? {} : { servicePoint }),
      });
      return { alerts: (alerts ?? []).map(viewAlert) };
    },
  );
  app.get(
    '/api/v1/alerts/:id',
    {
      config: { access: { scopes: ['terminals:read'], group: 'own' } },
      schema: {
        summary: 'One alert with its history',
        params: z.strictObject({ id: z.coerce.number().pipe(z.int().min(1)) }),
        querystring: z.strictObject({}),
        response: { 200: alertDetailSchema, default: problemResponse },
      },
    },
    async (request) => {
      const detail = await parts.for(request).alerting?.store.alert(request.params.id);
      if (detail !== undefined) return viewAlertDetail(detail);
      throw new HymioError(
        'unknown-alert',
        `There is no alert ${request.params.id}.`,
        'GET /api/v1/alerts?state=all lists those that exist.',
      );
    },
  );
}
