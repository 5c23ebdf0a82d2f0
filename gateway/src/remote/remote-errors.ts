import { HymioError } from '@hymio/protocol';
import * as z from 'zod';

/** What of an answer decides what it means. */
export interface RemoteAnswer {
  status: number;
  statusText: string;
  headers: Headers;
}

const problemSchema = z.object({ code: z.string().min(1), detail: z.string(), next: z.string() });

/** The gateway's own words where the body is its problem document; undefined where it is not. */
export function problemError(type: string, body: string): HymioError | undefined {
  if (!type.startsWith('application/problem+json')) return undefined;
  try {
    const { code, detail, next } = problemSchema.parse(JSON.parse(body));
    return new HymioError(code, detail, next);
  } catch {
    // Somebody else's problem document.
    return undefined;
  }
}

/** An answer that no gateway gives. */
export function notGateway(address: string, { status, statusText, headers }: RemoteAnswer): HymioError {
  const to = headers.get('location');
  const what = to === null ? `${status} ${statusText}`.trim() : `a redirect to ${JSON.stringify(to)}`;
  const type = headers.get('content-type') ?? 'no content type';
  return new HymioError(
    'remote-not-gateway',
    `${address} answered with ${what} (${type}), not as a gateway does.`,
    'Check --url: is it the address of the gateway, and does a proxy or login page stand before it?',
  );
}

/** A request that got no answer. */
export function noAnswer(address: string, cause: unknown): HymioError {
  const code = codeOf(cause);
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code)) {
    return new HymioError(
      'remote-tls',
      `${address} does not prove who it is, or speaks no TLS: ${code}.`,
      'Check the address and the certificate; name a certificate authority of your own by NODE_EXTRA_CA_CERTS=FILE.',
      { cause },
    );
  }
  const next = 'Check the address and the network, and whether the gateway runs; then try again.';
  return new HymioError('remote-unreachable', `${address} does not answer: ${code}.`, next, { cause });
}

/** The answer ended, or stood still, before all of it was there. */
export function cutOff(address: string, bytes: number, cause?: unknown): HymioError {
  return new HymioError(
    'remote-cut-off',
    `The answer of ${address} was cut off after ${bytes} bytes${cause === undefined ? '' : `: ${codeOf(cause)}`}.`,
    'Try again; nothing was kept of it.',
    { cause },
  );
}

/** The code of what is behind an error of `fetch`; else its words. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer in time';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? error.message : codeOf(error.cause);
}
