import { X509Certificate } from 'node:crypto';
import type { Validity } from './renewal-due.js';

/** Reads when a certificate (PEM) holds; of one that it is asked about again and again, once. */
export class CertificateTimes {
  #last: { certificate: string; time: Validity } | undefined;

  of(certificate: string): Validity {
    if (this.#last?.certificate !== certificate) {
      const { validFrom, validTo } = new X509Certificate(certificate);
      this.#last = { certificate, time: { from: Date.parse(validFrom), to: Date.parse(validTo) } };
    }
    return this.#last.time;
  }
}
