import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { EXCLUSION_REASONS, type Exclusion } from '../../exclusions/exclusion.js';
import type { App } from '../app.js';
import { withoutUndefined } from '../defined.js';
import type { RouteParts } from '../http-parts.js';
import { instantParameter, problemResponse } from '../schemas/parameters.js';

const exclusionParameters = z.strictObject({
  from: instantParameter.optional().describe('only those that touch the time from it on: ISO 8601'),
  to: instantParameter.optional().describe('only those that touch the time before it: ISO 8601'),
  terminal: idSchema.optional().describe('only of this terminal'),
  'service-point': idSchema.optional().describe('only of this service point'),
  state: z.enum(['in-force', 'all']).default('in-force').describe('all: those that were taken back too'),
});

const exclusionSchema = z.object({
  id: z.int(),
  target: z.object({ kind: z.enum(['terminal', 'service-point']), id: z.string() }),
  from: z.string().describe('ISO 8601, UTC'),
  to: z.string().describe('ISO 8601, UTC, exclusive'),
  reason: z.enum(EXCLUSION_REASONS),
  at: z.int().describe('when it was made'),
  revokedAt: z.int().nullable().describe('when it was taken back: it holds no more'),
});

/** Nothing of who made it and what they wrote: that is for the administration. */
function viewExclusion({ id, target, from, to, reason, at, revoked }: Exclusion): z.infer<typeof exclusionSchema> {
  return {
    ...{ id, target, reason, at },
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    revokedAt: revoked?.at ?? null,
  };
}

/** What was left out of the numbers, so that programs can say so beside them. */
export function exclusionRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/exclusions',
    {
      config: { access: { scopes: ['aggregates:read'], group: 'own' } },
      schema: {
        summary: 'Spans of time whose presses are left out of every number, newest first',
        querystring: exclusionParameters,
        response: { 200: z.object({ exclusions: z.array(exclusionSchema) }), default: problemResponse },
      },
    },
    async (request) => {
      const { query } = request;
      const { store } = parts.for(request);
      const { from, to, terminal, 'service-point': servicePoint, state } = query;
      const found = await store.exclusions({ ...withoutUndefined({ from, to }), inForce: state === 'in-force' });
      const exclusions = found
        .filter(({ target }) => terminal === undefined || (target.kind === 'terminal' && target.id === terminal))
        .filter(
          ({ target }) => servicePoint === undefined || (target.kind === 'service-point' && target.id === servicePoint),
        );
      return { exclusions: exclusions.map(viewExclusion) };
    },
  );
}
