import * as z from 'zod';
import { LANGUAGES, WEEKDAYS } from '../../registry/registry.js';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { problemResponse } from '../schemas/parameters.js';

const textSchema = z.partialRecord(z.enum(LANGUAGES), z.string()).describe('text by language');
const spanSchema = z.object({
  from: z.int().describe('minutes after local midnight, inclusive'),
  to: z.int().describe('minutes after local midnight, exclusive, at most 1440'),
});

const servicePointsAnswer = z.object({
  servicePoints: z.array(
    z.object({
      id: z.string(),
      name: textSchema,
      group: z.string(),
      repeatWindowMs: z.int().describe('a press sooner than this after the one before is a repeat'),
      openingHours: z.partialRecord(z.enum(WEEKDAYS), z.array(spanSchema)).nullable().describe('null: all hours'),
      terminals: z.array(z.string()).describe('that stand there now'),
    }),
  ),
  groups: z.array(z.object({ id: z.string(), name: textSchema, parent: z.string().nullable() })),
});

export function servicePointRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/service-points',
    {
      config: { access: { scopes: [], group: 'own' } },
      schema: {
        summary: 'Service points and the groups that they belong to',
        querystring: z.strictObject({}),
        response: { 200: servicePointsAnswer, default: problemResponse },
      },
    },
    async (request) => {
      const { store, clock } = parts.for(request);
      const [registry, terminals] = await Promise.all([store.registry(), store.terminals(clock.now())]);
      return {
        servicePoints: registry.servicePoints.map(({ id, name, group, repeatWindowMs, openingHours }) => ({
          id,
          name,
          group,
          repeatWindowMs,
          openingHours: openingHours ?? null,
          terminals: terminals.filter((one) => one.assignment?.servicePoint === id).map((one) => one.id),
        })),
        groups: registry.groups.map(({ id, name, parent }) => ({ id, name, parent: parent ?? null })),
      };
    },
  );
}
