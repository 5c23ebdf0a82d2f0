import { idSchema } from '@hymio/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { parsePosterLanguages, usualPosterLanguages } from '../../report/poster/poster-languages.js';
import { renderPoster } from '../../report/poster/render-poster.js';
import type { App } from '../app.js';
import type { RouteParts, ServedParts } from '../http-parts.js';
import { requestLanguage, sendFile } from '../pages.js';
import { problemResponse } from '../schemas/parameters.js';

const MONTH = z.strictObject({ month: z.string().describe('a month that is over: 2026-10') });
const WANTED = z.strictObject({
  'service-point': idSchema,
  lang: z
    .string()
    .optional()
    .describe('two of fi, sv, en, the larger one first: `fi,sv`; default: that of the request, and fi or sv'),
});

/** The poster of a service point, for programs, and by an address of its own for the pages, which ask for no token. */
export function posterRoutes(app: App, parts: RouteParts): void {
  app.get(
    '/api/v1/reports/poster/:month',
    {
      schema: {
        summary: 'A page for the wall of a service point: what people said in a month, in two languages',
        params: MONTH,
        querystring: WANTED,
        response: {
          200: {
            description: 'The poster. Counts below 5 are hidden; of fewer than 10 answers nothing is told',
            content: { 'application/pdf': { schema: z.string().describe('A4, conforms to PDF/UA-1') } },
          },
          default: problemResponse,
        },
      },
      config: { access: { scopes: ['reports:read'], group: 'subject' } },
    },
    async (request, reply) => sendPoster(request, reply, { ...request.params, ...request.query }, parts.for(request)),
  );
  app.get(
    '/reports/poster/:month',
    { schema: { hide: true, params: MONTH, querystring: WANTED } },
    async (request, reply) => sendPoster(request, reply, { ...request.params, ...request.query }, parts.for(request)),
  );
}

async function sendPoster(
  request: FastifyRequest,
  reply: FastifyReply,
  { month, lang, 'service-point': servicePoint }: z.infer<typeof MONTH> & z.infer<typeof WANTED>,
  { store, clock, zone, printer }: ServedParts,
): Promise<FastifyReply> {
  const languages = lang === undefined ? usualPosterLanguages(requestLanguage(request)) : parsePosterLanguages(lang);
  const at = { zone, now: clock.now(), printer };
  const { body, contentType, fileName } = await renderPoster(store, { month, servicePoint, languages }, at);
  reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return sendFile(reply.header('cache-control', 'no-store'), contentType, body);
}
