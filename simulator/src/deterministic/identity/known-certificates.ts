import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Identity } from '@hymio/device';

/** Certificates as those who look on read them, each parsed once: that takes most of the time of a run otherwise. */
export class KnownCertificates {
  readonly #parsed = new Map<string, X509Certificate>();
  readonly #answers = new Map<string, boolean>();

  of(pem: string): X509Certificate {
    const known = this.#parsed.get(pem) ?? new X509Certificate(pem);
    this.#parsed.set(pem, known);
    return known;
  }

  /** As the gateway writes it. */
  serial(pem: string): string {
    return this.of(pem).serialNumber.toLowerCase();
  }

  /** Whether key and certificate are of each other. */
  pairs({ certificate, key }: Pick<Identity, 'certificate' | 'key'>): boolean {
    return this.#once(`${certificate}${key}`, () => this.of(certificate).checkPrivateKey(createPrivateKey(key)));
  }

  isIssued(certificate: X509Certificate, authority: X509Certificate): boolean {
    return this.#once(`${certificate.fingerprint256} ${authority.fingerprint256}`, () => {
      return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
    });
  }

  #once(question: string, find: () => boolean): boolean {
    const answer = this.#answers.get(question) ?? find();
    this.#answers.set(question, answer);
    return answer;
  }
}
