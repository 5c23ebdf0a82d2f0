import { aggregate } from '../../aggregates/aggregate.js';
import { planAggregate } from '../../aggregates/aggregate-query.js';
import type { App } from '../app.js';
import { withoutUndefined } from '../defined.js';
import { tokenGroup } from '../guard-api.js';
import type { RouteParts } from '../http-parts.js';
import { aggregateAnswer, aggregateParameters } from '../schemas/aggregate-schema.js';
import { problemResponse } from '../schemas/parameters.js';

export function aggregateRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/aggregates',
    {
      config: { access: { scopes: ['aggregates:read'], group: 'own' } },
      schema: {
        summary: 'Counts by time and place',
        querystring: aggregateParameters,
        response: { 200: aggregateAnswer, default: problemResponse },
      },
    },
    async (request) => {
      const { store, clock, zone } = parts.for(request);
      const query = planAggregate(withoutUndefined(request.query), clock.now());
      const limit = request.token?.group;
      if (limit !== undefined && query.group !== 'service-point' && query.group !== 'group') throw tokenGroup(limit);
      return { rows: await aggregate(store, query, zone) };
    },
  );
}
