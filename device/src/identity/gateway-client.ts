import { createHash } from 'node:crypto';
import { codeFingerprint, explainError, HymioError } from '@hymio/protocol';
import * as z from 'zod';
import type { ClientTls, GatewayWire } from './gateway-wire.js';

const grantSchema = z.object({ certificate: z.string(), authority: z.string() });
const problemSchema = z.object({ code: z.string(), detail: z.string(), next: z.string() });
export type Grant = z.infer<typeof grantSchema>;

/** The beginning of a certificate's (DER) fingerprint, as enrolment codes carry it. */
export function fingerprintOf(certificate: Uint8Array): string {
  return codeFingerprint(createHash('sha256').update(certificate).digest());
}

/**
 * The authority of a gateway (PEM), where it is the one of the fingerprint; nothing is sent to it before that is known.
 * Errors: HymioError `gateway-not-trusted`, `enrolment-unreachable`.
 */
export async function fetchAuthority(gateway: string, fingerprint: string, wire: GatewayWire): Promise<string> {
  const chain = await wire.chain(gateway).catch((error: unknown) => {
    throw unreachable(gateway, error);
  });
  const authority = chain.find((raw) => fingerprintOf(raw) === fingerprint);
  if (authority !== undefined) return pemOf(authority);
  throw notTrusted(gateway, 'it has another authority than the code names');
}

/** Asks for a certificate. Errors: HymioError `gateway-not-trusted`, `clock-not-set`, `enrolment-unreachable`, the gateway's. */
export async function askForCertificate(url: string, body: object, tls: ClientTls, wire: GatewayWire): Promise<Grant> {
  const text = await wire.post(url, JSON.stringify(body), tls).catch((error: unknown) => {
    throw connectionError(url, error);
  });
  return readGrant(url, text);
}

function readGrant(url: string, text: string): Grant {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  const grant = grantSchema.safeParse(answer);
  if (grant.success) return grant.data;
  const problem = problemSchema.safeParse(answer);
  if (problem.success) throw new HymioError(problem.data.code, problem.data.detail, problem.data.next);
  throw unreachable(url, new Error('what answers is not a gateway'));
}

function connectionError(url: string, error: unknown): HymioError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'CERT_NOT_YET_VALID') {
    return new HymioError(
      'clock-not-set',
      `The gateway's certificate is not valid yet by the clock of this terminal, ${new Date().toISOString()}.`,
      'Set the clock (timedatectl), and try again.',
    );
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return notTrusted(url, 'its certificate is for other names; the operator adds this one to identity.names');
  }
  if (/^(CERT_|UNABLE_|SELF_SIGNED|DEPTH_ZERO)/.test(code)) return notTrusted(url, explainError(error));
  return unreachable(url, error);
}

function notTrusted(gateway: string, why: string): HymioError {
  return new HymioError(
    'gateway-not-trusted',
    `The gateway at ${gateway} is not to be trusted: ${why}.`,
    'Compare address and code with those of the operator.',
  );
}

function unreachable(gateway: string, cause: unknown): HymioError {
  return new HymioError(
    'enrolment-unreachable',
    `The gateway at ${gateway} does not answer: ${explainError(cause)}.`,
    'Check the address, the network and that identity.listen is set at the gateway; then try again.',
    { cause },
  );
}

function pemOf(certificate: Uint8Array): string {
  const lines =
    Buffer.from(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
