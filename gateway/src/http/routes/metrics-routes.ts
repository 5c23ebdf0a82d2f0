import * as z from 'zod';
import type { App } from '../app.js';
import { problemResponse } from '../schemas/parameters.js';

/** The operators' numbers, written for a monitoring system. */
export interface MetricsText {
  /** Media type of the text. */
  readonly contentType: string;
  text(): Promise<string>;
}

export function metricsRoutes(app: App, metrics: MetricsText): void {
  app.get(
    '/metrics',
    {
      config: { access: { scopes: ['terminals:read'], group: 'none' } },
      schema: {
        summary: 'The gateway’s own numbers for Prometheus',
        response: {
          200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } },
          default: problemResponse,
        },
      },
    },
    async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type(metrics.contentType)
        .serializer((text: string) => text)
        .send(await metrics.text()),
  );
}
