import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from './app.js';
import { type Problem, problemOf } from './problem.js';

/** No route has it. */
const NOWHERE = '/unreadable-address';

/**
 * Requests whose address the HTTP library cannot take apart. It would answer them before any hook has run; so that they
 * are limited, checked, counted and logged as all others, they go on as requests for an address where there is nothing.
 */
export class UnreadableAddresses {
  readonly #problems = new WeakMap<IncomingMessage, Problem>();

  /** Begins a request anew, at an address that can be read; `originalUrl` keeps the other. */
  routeAnew(app: App, error: Error, { raw }: FastifyRequest, reply: FastifyReply): void {
    // A broken invariant: it would go round for ever.
    if (this.#problems.has(raw)) throw new Error(`${NOWHERE} cannot be read either`, { cause: error });
    this.#problems.set(raw, problemOf(error));
    Object.assign(raw, { originalUrl: raw.url, url: NOWHERE });
    app.routing(raw, reply.raw);
  }

  /** What was wrong with the address of a request; undefined: nothing. */
  problemOf({ raw }: FastifyRequest): Problem | undefined {
    return this.#problems.get(raw);
  }
}
