import * as z from 'zod';
import type { App } from '../app.js';
import type { RouteParts } from '../http-parts.js';
import { PROBLEM_TYPE, problem } from '../problem.js';
import { problemResponse } from '../schemas/parameters.js';

const healthSchema = z.object({
  status: z.literal('ok'),
  refused: z.record(z.string(), z.int()).describe('messages of terminals refused since the start, by reason'),
});

export function healthRoutes(app: App, { readiness, refusals = () => ({}) }: RouteParts): void {
  app.get('/healthz', { schema: { summary: 'The process answers', response: { 200: healthSchema } } }, async () => ({
    status: 'ok' as const,
    refused: refusals(),
  }));
  app.get(
    '/readyz',
    {
      schema: {
        summary: 'Broker and store are up',
        response: { 200: z.object({ status: z.literal('ready') }), default: problemResponse },
      },
    },
    async (_request, reply) => {
      const { broker, store } = await readiness();
      if (broker && store) return { status: 'ready' as const };
      const down = [...(broker ? [] : ['the broker']), ...(store ? [] : ['the store'])].join(' and ');
      const found = problem(503, 'not-ready', `Not up: ${down}.`, 'Wait a moment; the gateway’s log says why.');
      return reply
        .code(503)
        .type(PROBLEM_TYPE)
        .serializer(JSON.stringify)
        .send(found as never);
    },
  );
}
