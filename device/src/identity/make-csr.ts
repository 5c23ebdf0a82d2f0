import { createPublicKey, type KeyObject, sign } from 'node:crypto';

const SEQUENCE = 0x30;
const SET = 0x31;
const OID_COMMON_NAME = Buffer.from('0603550403', 'hex');
const OID_ECDSA_WITH_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const VERSION_0 = Buffer.from('020100', 'hex');
const NO_ATTRIBUTES = Buffer.from('a000', 'hex');

/**
 * A certificate signing request (PKCS #10, RFC 2986; PEM) for a terminal's P-256 key: common name and public key, and
 * nothing else. This one form is written out here; a library for all of X.509 takes 20 MB of a small computer's memory.
 */
export function makeCsr(terminal: string, privateKey: KeyObject): string {
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, OID_COMMON_NAME, der(0x0c, Buffer.from(terminal)))));
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const request = der(SEQUENCE, VERSION_0, name, publicKey, NO_ATTRIBUTES);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', request, privateKey));
  const csr = der(SEQUENCE, request, der(SEQUENCE, OID_ECDSA_WITH_SHA256), signature);
  const lines = csr.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join('\n');
}

/** One element of DER: tag, length, content. What is written here is shorter than 65,536 bytes. */
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(header), content]);
}
