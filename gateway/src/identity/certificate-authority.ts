import { createPrivateKey, KeyObject, X509Certificate as ParsedCertificate, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { authorityUnreadable, type KeptAuthority } from './authority-file.js';
import { GATEWAY_NAME } from './gateway-name.js';
import { BACKDATED_MS, type IssuedCertificate } from './issued-certificate.js';
import type { CheckedCsr } from './read-csr.js';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  type PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from './x509-library.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 3_600_000;
/** 13 months. */
export const CERTIFICATE_LIFETIME_MS = 396 * DAY_MS;
const AUTHORITY_LIFETIME_MS = 30 * 365 * DAY_MS;
/** Made anew at every start of the gateway. */
const SERVER_LIFETIME_MS = 5 * 365 * DAY_MS;
const CRL_LIFETIME_MS = 10 * 365 * DAY_MS;

/** Certificate and private key, PEM. */
export interface KeyPair {
  certificate: string;
  key: string;
}

/** The gateway's own certificate authority: one key (P-256) that signs terminals, servers and the list of the revoked. */
export class CertificateAuthority {
  /** Its certificate, PEM. */
  readonly pem: string;
  /** Its certificate, DER. */
  readonly raw: Uint8Array;
  readonly #certificate: X509Certificate;
  readonly #key: webcrypto.CryptoKey;

  private constructor(certificate: X509Certificate, key: webcrypto.CryptoKey) {
    this.#certificate = certificate;
    this.#key = key;
    this.pem = `${certificate.toString('pem')}\n`;
    this.raw = new Uint8Array(certificate.rawData);
  }

  /** The one of the file; made where there is none. `now`: UTC ms. Error: HymioError `authority-unreadable`. */
  static async open(file: KeptAuthority, now: number): Promise<CertificateAuthority> {
    const held = file.read();
    if (held === undefined) return CertificateAuthority.#make(file, now);
    try {
      const key = createPrivateKey(held).export({ type: 'pkcs8', format: 'der' });
      const signing = await webcrypto.subtle.importKey('pkcs8', key, ALGORITHM, false, ['sign']);
      const pem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(held)?.[0] ?? '';
      return new CertificateAuthority(new X509Certificate(pem), signing);
    } catch (error) {
      throw authorityUnreadable(file.path, error);
    }
  }

  static async #make(file: KeptAuthority, now: number): Promise<CertificateAuthority> {
    const keys = await makeKeys();
    const certificate = await X509CertificateGenerator.createSelfSigned({
      serialNumber: newSerial(),
      // Its number tells the authorities of two gateways apart where a person looks at both.
      name: [{ CN: [`Hymio authority ${randomBytes(4).toString('hex')}`] }],
      notBefore: new Date(now - BACKDATED_MS),
      notAfter: new Date(now + AUTHORITY_LIFETIME_MS),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false),
      ],
    });
    const made = file.create(`${keyPem(keys.privateKey)}${certificate.toString('pem')}\n`);
    if (!made) return CertificateAuthority.open(file, now);
    return new CertificateAuthority(certificate, keys.privateKey);
  }

  /** A terminal's certificate. `now`: UTC ms. */
  async issue({ terminal, publicKey, key }: CheckedCsr, now: number): Promise<IssuedCertificate> {
    const notAfter = now + CERTIFICATE_LIFETIME_MS;
    const usage = new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth], true);
    const certificate = await this.#sign(terminal, publicKey, now, notAfter, [usage]);
    const { serialNumber } = new ParsedCertificate(certificate);
    return { serial: serialNumber.toLowerCase(), terminal, key, issuedAt: now, notAfter, pem: certificate };
  }

  /** A certificate for a server of ours, under these names and addresses, with a fresh key. `now`: UTC ms. */
  async serverCertificate(names: readonly string[], now: number): Promise<KeyPair> {
    const keys = await makeKeys();
    const extensions = [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth], true),
      new SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }) as const),
      ),
    ];
    const until = now + SERVER_LIFETIME_MS;
    const certificate = await this.#sign('hymio_server', keys.publicKey, now, until, extensions);
    return { certificate: certificate + this.pem, key: keyPem(keys.privateKey) };
  }

  /** A certificate with which the gateway itself connects to a broker elsewhere. `now`: UTC ms. */
  async gatewayCertificate(now: number): Promise<KeyPair> {
    const keys = await makeKeys();
    const usage = new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth], true);
    const certificate = await this.#sign(GATEWAY_NAME, keys.publicKey, now, now + SERVER_LIFETIME_MS, [usage]);
    return { certificate, key: keyPem(keys.privateKey) };
  }

  /** The list of revoked certificates (PEM). `now`: UTC ms. */
  async revocationList(revoked: readonly IssuedCertificate[], now: number): Promise<string> {
    const crl = await X509CrlGenerator.create({
      issuer: this.#certificate.subject,
      thisUpdate: new Date(now - BACKDATED_MS),
      nextUpdate: new Date(now + CRL_LIFETIME_MS),
      signingAlgorithm: ALGORITHM,
      signingKey: this.#key,
      entries: revoked.map(({ serial, revokedAt }) => ({
        serialNumber: serial,
        revocationDate: new Date(revokedAt ?? now),
      })),
    });
    // The library leaves out what OpenSSL looks for (RFC 7468, 6).
    return `${crl.toString('pem').replaceAll(' CRL-----', ' X509 CRL-----')}\n`;
  }

  /** Whether this authority signed it (DER), whatever the time. */
  signed(certificate: Uint8Array): boolean {
    const authority = new ParsedCertificate(this.pem);
    const parsed = new ParsedCertificate(certificate);
    return parsed.checkIssued(authority) && parsed.verify(authority.publicKey);
  }

  async #sign(
    name: string,
    publicKey: PublicKey | webcrypto.CryptoKey,
    now: number,
    notAfter: number,
    extensions: Extension[],
  ): Promise<string> {
    const certificate = await X509CertificateGenerator.create({
      serialNumber: newSerial(),
      subject: [{ CN: [name] }],
      issuer: this.#certificate.subject,
      notBefore: new Date(now - BACKDATED_MS),
      notAfter: new Date(notAfter),
      publicKey,
      signingKey: this.#key,
      signingAlgorithm: ALGORITHM,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        ...extensions,
      ],
    });
    return `${certificate.toString('pem')}\n`;
  }
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function keyPem(key: webcrypto.CryptoKey): string {
  return KeyObject.from(key).export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** 126 bits of chance, positive, and as long whatever comes: no leading zero is dropped on the way. */
function newSerial(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
