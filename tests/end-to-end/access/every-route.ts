import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** An address that the server answers, as the HTTP library has it. */
export interface ServedRoute {
  method: string;
  /** With names as OpenAPI writes them: `/terminals/{id}`. */
  path: string;
  /** As declared for tokens; undefined where nothing is declared. */
  access: { scopes: readonly string[]; group: string } | 'open' | undefined;
}

interface RouteOptions {
  method: string | string[];
  url: string;
  config?: { access?: ServedRoute['access'] };
}

/**
 * Runs `start` and notes every route that any server started meanwhile is given: from the HTTP library itself, so that
 * no list of ours can leave one out.
 */
export async function noteRoutes<T>(start: () => Promise<T>): Promise<{ started: T; routes: ServedRoute[] }> {
  const routes: ServedRoute[] = [];
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: { addHook(name: 'onRoute', hook: (route: RouteOptions) => void): void } };
    fastify.addHook('onRoute', ({ method, url, config }) => {
      const path = url.replaceAll(/:(\w+)/g, '{$1}');
      for (const one of [method].flat()) routes.push({ method: one, path, access: config?.access });
    });
  };
  subscribe('fastify.initialization', watch);
  try {
    return { started: await start(), routes };
  } finally {
    unsubscribe('fastify.initialization', watch);
  }
}

/** A parameter of an address. */
export interface Parameter {
  name: string;
  in: 'path' | 'query';
  required: boolean;
}

/** What the OpenAPI document says of one method of an address. */
export interface DocumentedRoute {
  method: string;
  path: string;
  scopes: readonly string[];
  /** Nobody is answered without a token. */
  tokenNeeded: boolean;
  parameters: readonly Parameter[];
}

interface Operation {
  security?: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean }[];
}

/** Every method of every address of an OpenAPI document. */
export function documentedRoutes(document: { paths: Record<string, Record<string, Operation>> }): DocumentedRoute[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, parameters = [] }]) => ({
      method: method.toUpperCase(),
      path,
      scopes: security?.find((one) => 'token' in one)?.['token'] ?? ['(none)'],
      tokenNeeded: security?.every((one) => 'token' in one) === true,
      parameters: parameters.map(({ name, in: place, required = false }) => ({
        name,
        in: place === 'path' ? ('path' as const) : ('query' as const),
        required,
      })),
    })),
  );
}
