import type { ApiToken, TokenScope } from '../tokens/api-token.js';

/** What a program must be allowed for a route below /api/v1; each names it, or the server does not start. */
export interface ApiAccess {
  /** All of them; none: any token that holds. */
  scopes: readonly TokenScope[];
  /**
   * What a token of a group gets. `any`: the same as everybody, nothing here is about places. `subject`: what `service-point` or
   * `group` in the address names, if it is in the group. `own`: the route shows only what is in the group. `none`: nothing,
   * for it cannot be told apart.
   */
  group: 'any' | 'subject' | 'own' | 'none';
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** `open`: no token, whatever the configuration says. */
    access?: ApiAccess | 'open';
  }
  interface FastifyRequest {
    /** Of who asks; absent where nobody has to say. */
    token?: ApiToken;
  }
}

export const API_PREFIX = '/api/v1/';
