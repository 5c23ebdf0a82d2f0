import { createHash } from 'node:crypto';
import { HymioError, terminalIdSchema } from '@hymio/protocol';
import { Pkcs10CertificateRequest, type PublicKey } from './x509-library.js';

/** Of a P-256 key, with room for attributes that nobody needs. */
export const LONGEST_CSR = 4_096;

/** A signing request that is sound: its sender has the private key. Whether it may be granted is another question. */
export interface CheckedCsr {
  terminal: string;
  publicKey: PublicKey;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), hex. */
  key: string;
}

/** Checks a signing request (PEM). Error: HymioError `csr-refused`. */
export async function readCsr(pem: string): Promise<CheckedCsr> {
  const { csr, publicKey, algorithm, names } = parse(pem);
  if (!('namedCurve' in algorithm) || algorithm.namedCurve !== 'P-256') throw refused('its key is not of P-256');
  if (!(await isSigned(csr))) throw refused('it is not signed with its own key');
  const terminal = terminalIdSchema.safeParse(names[0]);
  if (names.length !== 1 || !terminal.success) throw refused('its common name is not the id of a terminal');
  const key = createHash('sha256').update(Buffer.from(publicKey.rawData)).digest('hex');
  return { terminal: terminal.data, publicKey, key };
}

/** The library reads parts of it when they are asked for, and throws errors of its own where they are wrong. */
function parse(pem: string) {
  if (pem.length > LONGEST_CSR) throw refused('it is too long');
  try {
    const csr = new Pkcs10CertificateRequest(pem);
    const { publicKey } = csr;
    return { csr, publicKey, algorithm: publicKey.algorithm, names: csr.subjectName.getField('CN') };
  } catch (error) {
    throw refused('it cannot be read', error);
  }
}

/** The library throws where a signature is no signature at all. */
async function isSigned(csr: Pkcs10CertificateRequest): Promise<boolean> {
  try {
    return await csr.verify();
  } catch {
    return false;
  }
}

function refused(why: string, cause?: unknown): HymioError {
  return new HymioError(
    'csr-refused',
    `The certificate signing request is refused: ${why}.`,
    'Let `hymio-terminal enrol` make it.',
    cause === undefined ? {} : { cause },
  );
}
