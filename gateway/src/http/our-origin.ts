import { HymioError } from '@hymio/protocol';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../config/is-loopback.js';

/** Methods that change nothing. */
const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what a page of somebody else's could make a browser send: a name of theirs that leads to our address (DNS
 * rebinding), a form of theirs that is sent to us (CSRF). Programs other than browsers name no origin and pass.
 * `publicUrl`: the address behind a proxy of the operator's. Errors: HymioError `unknown-host`, `foreign-origin`.
 */
export function requireOurOrigin(request: FastifyRequest, listenHost: string, publicUrl: string | undefined): void {
  const host = request.headers.host ?? '';
  if (!isOurHost(host, listenHost, publicUrl)) {
    throw new HymioError(
      'unknown-host',
      `This gateway is not known as ${JSON.stringify(host)}.`,
      'Use the address that `hymio-gateway serve` printed, or name this one in gateway.yaml: `http: { publicUrl: … }`.',
    );
  }
  if (SAFE_METHODS.includes(request.method)) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreignSite || (origin !== undefined && !isOriginOf(origin, host, publicUrl))) {
    throw new HymioError(
      'foreign-origin',
      'This form was sent from a page that is not the gateway’s.',
      'Open the page at the gateway itself and send it from there.',
    );
  }
}

function isOurHost(host: string, listenHost: string, publicUrl: string | undefined): boolean {
  if (!URL.canParse(`http://${host}`)) return false;
  if (publicUrl !== undefined && new URL(publicUrl).host === host) return true;
  const { hostname } = new URL(`http://${host}`);
  return isLoopback(hostname) || hostname.replaceAll(/[[\]]/g, '') === listenHost;
}

function isOriginOf(origin: string, host: string, publicUrl: string | undefined): boolean {
  if (publicUrl !== undefined && new URL(publicUrl).origin === origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
