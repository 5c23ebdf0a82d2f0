import { createPublicKey, X509Certificate } from 'node:crypto';
import { HymioError, readCodeText } from '@hymio/protocol';
import { askForCertificate, fetchAuthority, type Grant } from './gateway-client.js';
import type { GatewayWire } from './gateway-wire.js';
import { HTTPS_WIRE } from './https-wire.js';
import { type Identity, type IdentityFile, keyPem } from './identity-file.js';
import { makeCsr } from './make-csr.js';

/**
 * Enrols a terminal: makes its key, has the gateway of the code certify it, keeps both. Gives the certificate's end, UTC
 * ms. After a crash in the middle the same call goes on. Errors: HymioError `code-malformed`, `gateway-not-https`,
 * `gateway-not-trusted`, `clock-not-set`, `enrolment-unreachable`, `certificate-odd`, and the gateway's.
 */
export async function enrolTerminal(
  terminal: string,
  file: IdentityFile,
  { gateway, code }: { gateway: string; code: string },
  wire: GatewayWire = HTTPS_WIRE,
): Promise<number> {
  const parts = readCodeText(code);
  if (parts === undefined) {
    throw new HymioError('code-malformed', 'This is no enrolment code.', 'Type the eight groups of four as printed.');
  }
  const origin = originOf(gateway);
  const authority = await fetchAuthority(origin, parts.fingerprint, wire);
  const key = file.nextKey();
  const body = { code, csr: makeCsr(terminal, key) };
  const { certificate } = await askForCertificate(`${origin}/api/v1/enrolments`, body, { ca: authority }, wire);
  return keep(file, terminal, { gateway: origin, key: keyPem(key), certificate, authority });
}

/**
 * Exchanges the certificate for a new one with a new key; gives its end, or that of what was put in its place meanwhile, UTC
 * ms. Errors: as above.
 */
export async function renewIdentity(
  terminal: string,
  file: IdentityFile,
  held: Identity,
  wire: GatewayWire,
): Promise<number> {
  const key = file.nextKey(held.key);
  const { gateway, authority } = held;
  const tls = { ca: authority, cert: held.certificate, key: held.key };
  const body = { csr: makeCsr(terminal, key) };
  const { certificate }: Grant = await askForCertificate(`${gateway}/api/v1/renewals`, body, tls, wire);
  // Somebody has enrolled the terminal anew meanwhile, which revoked what has come now.
  const now = file.read();
  if (now !== undefined && now.certificate !== held.certificate) return endOf(now.certificate);
  return keep(file, terminal, { gateway, key: keyPem(key), certificate, authority });
}

/** Whatever answers: an identity that could not be used does not replace one that can. */
function keep(file: IdentityFile, terminal: string, identity: Identity): number {
  const certificate = new X509Certificate(identity.certificate);
  const authority = new X509Certificate(identity.authority);
  const own = certificate.subject === `CN=${terminal}` && certificate.publicKey.equals(createPublicKey(identity.key));
  if (!own || !certificate.verify(authority.publicKey)) {
    throw new HymioError('certificate-odd', 'The gateway sent a certificate for something else.', 'See its log.');
  }
  file.write(identity);
  return endOf(identity.certificate);
}

/** UTC ms. */
function endOf(certificate: string): number {
  return Date.parse(new X509Certificate(certificate).validTo);
}

function originOf(gateway: string): string {
  if (URL.canParse(gateway) && new URL(gateway).protocol === 'https:') return new URL(gateway).origin;
  throw new HymioError(
    'gateway-not-https',
    `${gateway} is not an address to enrol at.`,
    'Write it as https://hymio.example.org:8443, with the port of identity.listen.',
  );
}
