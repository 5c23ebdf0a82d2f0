import { aggregate } from '../../aggregates/aggregate.js';
import { planAggregate } from '../../aggregates/aggregate-query.js';
import type { App } from '../app.js';
import { withoutUndefined } from '../defined.js';
import type { HttpParts } from '../http-parts.js';
import { aggregateAnswer, aggregateParameters } from '../schemas/aggregate-schema.js';
import { problemResponse } from '../schemas/parameters.js';

export function aggregateRoutes(app: App, { store, clock, zone }: HttpParts): void {
  app.get(
    '/api/v1/aggregates',
    {
      schema: {
        summary: 'Counts by time and place',
        querystring: aggregateParameters,
        response: { 200: aggregateAnswer, default: problemResponse },
      },
    },
    async (request) => {
      const query = planAggregate(withoutUndefined(request.query), clock.now());
      return { rows: await aggregate(store, query, zone) };
    },
  );
}
