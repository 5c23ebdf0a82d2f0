import { Readable } from 'node:stream';
import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { csvText } from '../../report/csv-text.js';
import type { Store, StoredPress } from '../../store/store.js';
import type { App } from '../app.js';
import { withoutUndefined } from '../defined.js';
import type { RouteParts } from '../http-parts.js';
import { problemResponse } from '../schemas/parameters.js';
import { PRESS_COLUMNS, pressSchema, viewPress } from '../schemas/press-schema.js';

const MAX_LIMIT = 100_000;
const DEFAULT_LIMIT = 10_000;
/** Presses read from the store and written out at a time: other requests get their turn in between. */
const PAGE = 1_000;

const pressParameters = z.strictObject({
  terminal: idSchema.optional().describe('only of this terminal'),
  after: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe('cursor: the X-Next-Cursor of an earlier answer; only what arrived later'),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).optional().describe(`at most so many; default ${DEFAULT_LIMIT}`),
  format: z.enum(['ndjson', 'csv']).optional().describe('default ndjson, one JSON object a line'),
});

const FORMATS = {
  ndjson: {
    type: 'application/x-ndjson; charset=utf-8',
    head: '',
    text: (presses: readonly StoredPress[]) => presses.map((press) => `${JSON.stringify(viewPress(press))}\n`).join(''),
  },
  csv: {
    type: 'text/csv; charset=utf-8',
    head: csvText([PRESS_COLUMNS]),
    text: (presses: readonly StoredPress[]) =>
      csvText(presses.map(viewPress).map((press) => PRESS_COLUMNS.map((column) => press[column] ?? ''))),
  },
} as const;

/**
 * Reads up to `limit` presses page by page, as text. All of them are held until the last is read, at most MAX_LIMIT:
 * the cursor behind the last goes out in a header, before the first.
 */
async function readExport(
  store: Store,
  query: { terminal?: string; after?: number; limit: number },
  textOf: (presses: readonly StoredPress[]) => string,
): Promise<{ chunks: string[]; next: number | undefined }> {
  const chunks: string[] = [];
  let next: number | undefined;
  for (let left = query.limit; left > 0; ) {
    const wanted = Math.min(PAGE, left);
    const page = await store.presses({ ...query, ...(next === undefined ? {} : { after: next }), limit: wanted });
    if (page.presses.length > 0) chunks.push(textOf(page.presses));
    next = page.next ?? next;
    left -= page.presses.length;
    if (page.presses.length < wanted) break;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { chunks, next };
}

export function pressRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/presses',
    {
      config: { access: { scopes: ['presses:read'], group: 'own' } },
      schema: {
        summary: 'Raw presses in order of arrival',
        description:
          'Pages: the header X-Next-Cursor, absent from an empty answer, is the `after` of the next request. ' +
          'Repeat presses are included and marked. An answer is sent once all of it has been read; page by a smaller `limit` ' +
          'to begin sooner.',
        querystring: pressParameters,
        response: {
          200: {
            description: 'One press a line',
            content: {
              'application/x-ndjson': { schema: pressSchema },
              'text/csv': { schema: z.string().describe(`columns: ${PRESS_COLUMNS.join(', ')}`) },
            },
          },
          default: problemResponse,
        },
      },
    },
    async (request, reply) => {
      const { format = 'ndjson', limit = DEFAULT_LIMIT, terminal, after } = request.query;
      const { type, head, text } = FORMATS[format];
      const query = { ...withoutUndefined({ terminal, after }), limit };
      const { chunks, next } = await readExport(parts.for(request).store, query, text);
      if (next !== undefined) reply.header('x-next-cursor', String(next));
      return reply.type(type).send(Readable.from([head, ...chunks]) as never);
    },
  );
}
