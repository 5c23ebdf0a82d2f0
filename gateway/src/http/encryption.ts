import { HymioError } from '@hymio/protocol';
import type { FastifyRequest } from 'fastify';
import { networksHold } from '../config/exposure.js';
import { isLoopback } from '../config/is-loopback.js';
import type { HttpParts } from './http-parts.js';

type Parts = Pick<HttpParts, 'tls' | 'publicUrl' | 'listen' | 'trustedProxies'>;

/** Browsers come back by https alone for half a year. */
export const HSTS = 'max-age=15552000';

/** Do people reach the pages by https alone? */
export function isHttps({ tls, publicUrl }: Parts): boolean {
  return tls !== undefined || publicUrl?.startsWith('https:') === true;
}

/** What makes the server speak TLS, where it is to. */
export function tlsOptions({ tls }: Parts): { https?: object } {
  return tls === undefined ? {} : { https: { ...tls, minVersion: 'TLSv1.2' } };
}

/**
 * Where a proxy does the TLS, whoever comes past it would speak unencrypted: refused. Error: HymioError `not-by-proxy`.
 */
export function proxyRequirement({ tls, listen, trustedProxies = [] }: Parts): (request: FastifyRequest) => void {
  if (tls !== undefined || isLoopback(listen.host)) return () => undefined;
  const isProxy = networksHold(trustedProxies);
  return ({ socket }) => {
    if (isProxy(socket.remoteAddress ?? '')) return;
    throw new HymioError(
      'not-by-proxy',
      'The gateway is reached by its proxy alone.',
      'Use its public address; the operator names the proxy in `http.trustedProxies`.',
    );
  };
}
