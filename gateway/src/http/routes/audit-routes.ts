import { Readable } from 'node:stream';
import * as z from 'zod';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { problemResponse } from '../schemas/parameters.js';

const MAX_LIMIT = 1_000;

const entrySchema = z.object({
  id: z.number().int().describe('from 1, without a gap'),
  at: z.number().int().describe('UTC ms'),
  who: z.string(),
  what: z.string().describe('such as `put-service-point`, `prune`, `create-token`'),
  subject: z.object({ kind: z.string(), id: z.string() }),
  why: z.string().optional(),
  before: z.unknown().optional().describe('as it was; absent: it did not exist'),
  after: z.unknown().optional().describe('as it is; absent: it does not exist any more'),
  hash: z.string().describe('SHA-256 of the hash before, a line feed, and the canonical JSON of the rest'),
});

/** Who did what, for an archive that is kept elsewhere. */
export function auditRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/audit',
    {
      config: { access: { scopes: ['admin'], group: 'none' } },
      schema: {
        summary: 'The log of changes, oldest first',
        description:
          'Pages: the `id` of the last entry is the `after` of the next request; an empty answer is the end.',
        querystring: z.strictObject({
          after: z.coerce.number().int().min(0).optional().describe('only entries with a larger id; default 0'),
          limit: z.coerce
            .number()
            .int()
            .min(1)
            .max(MAX_LIMIT)
            .optional()
            .describe(`at most so many; default ${MAX_LIMIT}`),
        }),
        response: {
          200: { description: 'One entry a line', content: { 'application/x-ndjson': { schema: entrySchema } } },
          default: problemResponse,
        },
      },
    },
    async (request, reply) => {
      const { after = 0, limit = MAX_LIMIT } = request.query;
      const entries = await parts.for(request).store.registryLog({ after, limit });
      const lines = entries.map((entry) => `${JSON.stringify(entry)}\n`);
      return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from([lines.join('')]) as never);
    },
  );
}
