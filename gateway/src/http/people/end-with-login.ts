import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { errorFields } from '../../log/error-fields.js';
import type { TokenStore } from '../../store/token-store.js';
import type { HttpLog, RouteParts } from '../http-parts.js';

/**
 * A stream ends with what opened it: the login, or the program's token. One that nobody had to log in for ends when
 * logins begin to be asked for.
 */
export function endWithLogin(response: ServerResponse, request: FastifyRequest, parts: RouteParts): void {
  const { person, token } = request;
  const end = () => void response.destroy();
  if (token !== undefined) {
    const forget = endWithToken(token.id, end, { tokens: parts.for(request).store.tokens, log: parts.log });
    response.on('close', forget);
  } else if (parts.people !== undefined) {
    response.on('close', parts.people.onEnd(person?.session, end));
  }
}

function endWithToken(id: number, end: () => void, { tokens, log }: { tokens: TokenStore; log: HttpLog }): () => void {
  const forget = tokens.onRevoked((revoked) => {
    if (revoked === id) end();
  });
  // It may have been revoked since the guard looked.
  tokens.find(id).then(
    (held) => {
      if (held === undefined || held.token.revokedAt !== undefined) end();
    },
    (error: unknown) => {
      log.error(errorFields(error), 'whether a token still holds could not be read: its stream ends');
      end();
    },
  );
  return forget;
}
