import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { HttpParts } from '../http-parts.js';

/** A stream ends with the login that opened it, and one that nobody had to log in for when logins begin to be asked for. */
export function endWithLogin(
  response: ServerResponse,
  { person, token }: Pick<FastifyRequest, 'person' | 'token'>,
  { people }: Pick<HttpParts, 'people'>,
): void {
  if (people === undefined || token !== undefined) return;
  const forget = people.onEnd(person?.session, () => response.destroy());
  response.on('close', forget);
}
