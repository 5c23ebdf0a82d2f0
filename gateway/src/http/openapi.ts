import swagger from '@fastify/swagger';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import type { App } from './app.js';

/** Collects the routes' schemas and serves them as OpenAPI 3.1. Must come before the routes. */
export async function describeApi(app: App): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Hymiö gateway',
        version: '1',
        description:
          'Smiley feedback: terminals, counts, raw presses, weekly reports, live events. Times named `at` or `…At` are ' +
          'UTC milliseconds since 1970, as on the wire; `start`, `from` and `to` of time ranges are ISO 8601.',
        license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
      },
    },
    transform: createJsonSchemaTransform({}),
  });
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
