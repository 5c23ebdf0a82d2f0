import swagger from '@fastify/swagger';
import { createJsonSchemaTransform } from 'fastify-type-provider-zod';
import { TOKEN_SCOPES } from '../tokens/api-token.js';
import type { App } from './app.js';

type Transform = ReturnType<typeof createJsonSchemaTransform>;

/**
 * Collects the routes' schemas and serves them as OpenAPI 3.1, each with what a token must be allowed for it. Must come
 * before the routes. `tokenRequired`: nothing is answered without one.
 */
export async function describeApi(app: App, tokenRequired: boolean): Promise<void> {
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
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description:
              `A token of \`hymio-gateway token create\`, with scopes among ${TOKEN_SCOPES.join(', ')}. ` +
              'A token of a group is answered only what concerns that group.',
          },
        },
      },
    },
    transform: withSecurity(tokenRequired),
  });
  app.get(
    '/api/v1/openapi.json',
    { config: { access: { scopes: [], group: 'any' } }, schema: { hide: true } },
    async () => app.swagger(),
  );
}

function withSecurity(tokenRequired: boolean): Transform {
  const transform = createJsonSchemaTransform({});
  return (given) => {
    const { schema, url } = transform(given);
    const access = given.route.config?.access;
    if (typeof access !== 'object') return { schema, url };
    const security = [...(tokenRequired ? [] : [{}]), { token: [...access.scopes] }];
    return { schema: { ...schema, security }, url };
  };
}
