import { createHash } from 'node:crypto';
import { codeFingerprint, explainError, HymioError } from '@hymio/protocol';
import * as z from 'zod';

const PATIENCE_MS = 20_000;
const MAX_ANSWER_BYTES = 65_536;
const grantSchema = z.object({ certificate: z.string(), authority: z.string() });
const problemSchema = z.object({ code: z.string(), detail: z.string(), next: z.string() });
export type Grant = z.infer<typeof grantSchema>;

/** What a connection shows and trusts, PEM. */
export interface ClientTls {
  ca: string;
  cert?: string;
  key?: string;
}

/** The beginning of a certificate's (DER) fingerprint, as enrolment codes carry it. */
export function fingerprintOf(certificate: Uint8Array): string {
  return codeFingerprint(createHash('sha256').update(certificate).digest());
}

/**
 * The authority of a gateway (PEM), where it is the one of the fingerprint; nothing is sent to it before that is known.
 * Errors: HymioError `gateway-not-trusted`, `enrolment-unreachable`.
 */
export async function fetchAuthority(gateway: string, fingerprint: string): Promise<string> {
  const { connect } = await import('node:tls');
  const { hostname, port } = new URL(gateway);
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    // Whom to trust is judged below, by the fingerprint, instead of by a list of authorities.
    const socket = connect({ host, port: Number(port || 443), rejectUnauthorized: false, timeout: PATIENCE_MS });
    socket.once('secureConnect', () => {
      const chain = chainOf(socket.getPeerCertificate(true));
      const authority = chain.find((raw) => fingerprintOf(raw) === fingerprint);
      socket.destroy();
      if (authority !== undefined) resolve(pemOf(authority));
      else reject(notTrusted(gateway, 'it has another authority than the code names'));
    });
    socket.once('error', (error) => reject(unreachable(gateway, error)));
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
  });
}

/** Asks for a certificate. Errors: HymioError `gateway-not-trusted`, `clock-not-set`, `enrolment-unreachable`, the gateway's. */
export async function askForCertificate(url: string, body: object, tls: ClientTls): Promise<Grant> {
  const { request } = await import('node:https');
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const options = {
      method: 'POST',
      headers,
      agent: false,
      timeout: PATIENCE_MS,
      minVersion: 'TLSv1.2',
      ...tls,
    } as const;
    const asked = request(url, options, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        answer += part;
        if (answer.length > MAX_ANSWER_BYTES) response.destroy(new Error('the answer is too long'));
      });
      response.once('error', reject);
      response.once('end', () => resolve(answer));
    });
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    asked.once('error', reject);
    asked.end(JSON.stringify(body));
  }).catch((error: unknown) => {
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

interface Link {
  raw: Buffer;
  issuerCertificate?: Link;
}

/** A chain ends with a certificate that is its own issuer. */
function chainOf(first: Link): Buffer[] {
  const chain: Buffer[] = [];
  for (let link: Link | undefined = first; link?.raw !== undefined; link = link.issuerCertificate) {
    if (chain.some((raw) => raw.equals(link?.raw ?? raw))) break;
    chain.push(link.raw);
  }
  return chain;
}

function pemOf(certificate: Buffer): string {
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
