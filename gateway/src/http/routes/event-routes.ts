import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import type { App } from '../app.js';
import type { EventStreams } from '../event-stream.js';
import type { RouteParts } from '../http-parts.js';
import { endWithLogin } from '../people/end-with-login.js';
import { problemResponse } from '../schemas/parameters.js';

export function eventRoutes(app: App, parts: RouteParts, streams: EventStreams): void {
  app.get(
    '/api/v1/events',
    {
      exposeHeadRoute: false,
      config: { access: { scopes: ['presses:read', 'terminals:read'], group: 'none' } },
      schema: {
        summary: 'What happens from now on, as server-sent events',
        description:
          'Event `press`: one press, as a line of /api/v1/presses. Event `terminal`: a terminal whose state has ' +
          'changed, as in /api/v1/terminals. Event `alert`: one that was opened, changed or closed, as in /api/v1/alerts. A client that falls far behind is disconnected; after connecting again ' +
          'it must read how things stand, for nothing is repeated.',
        querystring: z.strictObject({}),
        response: {
          200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
          default: problemResponse,
        },
      },
    },
    async (request, reply) => {
      if (streams.isFull) {
        throw new HymioError(
          'too-many-listeners',
          'Too many event streams are open.',
          'Close some, or try again later.',
        );
      }
      const headers: Record<string, string> = {};
      for (const [name, value] of Object.entries(reply.getHeaders())) headers[name] = String(value);
      reply.hijack();
      streams.add(reply.raw, headers);
      endWithLogin(reply.raw, request, parts);
    },
  );
}
