import type { X509Certificate } from 'node:crypto';
import type { ClientTls, GatewayWire } from '@hymio/device';
import type { EnrolmentAnswer, EnrolmentRequest } from '@hymio/gateway';
import type { Random } from '@hymio/protocol';
import { drawBetween, drawChance } from '../../random/draw.js';
import type { Scheduler } from '../scheduler.js';
import type { KnownCertificates } from './known-certificates.js';

/** A terminal waits so long for an answer. */
const PATIENCE_MS = 20_000;
const SLOW_CHANCE = 0.1;

/** The other end of the wire. */
export interface WireEnd {
  /** The certificates that it shows; undefined while nobody answers. */
  shown(): { own: X509Certificate; authority: X509Certificate } | undefined;
  /** `answered` is not called where it dies over the request. */
  receive(request: EnrolmentRequest, answered: (answer: EnrolmentAnswer) => void): void;
}

export interface IdentityWireParts {
  end: WireEnd;
  certificates: KnownCertificates;
  scheduler: Scheduler;
  random: Random;
  /** Longest one-way delay, ms. */
  delayMs: number;
  /** The address from which it comes. */
  from: string;
  /** Wall time of the terminal, UTC ms. */
  wall: () => number;
  /** Whether anything gets through now. */
  plugged: () => boolean;
  /** Whether what the gateway answers now arrives. */
  answersArrive: () => boolean;
  /** Hears of every request before it goes, and says how much longer its answer takes, ms. */
  onPost?: (url: string) => number;
}

/** TLS and HTTP as far as they matter here: what is shown is checked, messages take time and are lost. */
export class IdentityWire implements GatewayWire {
  readonly #parts: IdentityWireParts;

  constructor(parts: IdentityWireParts) {
    this.#parts = parts;
  }

  chain(_gateway: string): Promise<Uint8Array[]> {
    return this.#exchange((answer) => {
      const shown = this.#parts.end.shown();
      if (shown === undefined) return new Error('connect ECONNREFUSED');
      answer([shown.own.raw, shown.authority.raw]);
      return undefined;
    });
  }

  post(url: string, body: string, tls: ClientTls): Promise<string> {
    const answerMs = this.#parts.onPost?.(url) ?? 0;
    return this.#exchange<string>((answer) => {
      const { end, wall, from, certificates } = this.#parts;
      const shown = end.shown();
      if (shown === undefined) return new Error('connect ECONNREFUSED');
      const fault = tlsFault(shown.own, tls, wall(), certificates);
      if (fault !== undefined) return Object.assign(new Error(fault), { code: fault });
      const certificate = tls.cert === undefined ? {} : { certificate: certificates.of(tls.cert).raw };
      const route = `POST ${new URL(url).pathname}`;
      end.receive({ route, from, body: async () => body, ...certificate }, (given) =>
        answer(JSON.stringify(given.body)),
      );
      return undefined;
    }, answerMs);
  }

  /** `act` happens at the other end; gives an error where it does not come to a request. `answerMs`: for the way back. */
  #exchange<T>(act: (answer: (value: T) => void) => Error | undefined, answerMs = 0): Promise<T> {
    const { scheduler, random, delayMs, plugged, answersArrive } = this.#parts;
    const later = (run: () => void, moreMs = 0): void => {
      // Now and then one is so slow that much else happens before it comes.
      const mostMs = delayMs > 1 && drawChance(random, SLOW_CHANCE) ? PATIENCE_MS - 1_000 : delayMs;
      scheduler.after(drawBetween(random, 0, mostMs) + moreMs, run);
    };
    return new Promise((resolve, reject) => {
      scheduler.after(PATIENCE_MS, () => {
        reject(new Error('no answer'));
        scheduler.promisesWait();
      });
      later(() => {
        if (!plugged()) return;
        const refused = act((value) => {
          later(() => {
            if (!plugged() || !answersArrive()) return;
            resolve(value);
            scheduler.promisesWait();
          }, answerMs);
        });
        if (refused === undefined) return;
        reject(refused);
        scheduler.promisesWait();
      });
    });
  }
}

/** The code with which `node:tls` would end the connection; undefined where it would not. */
function tlsFault(
  shown: X509Certificate,
  { ca, cert, key }: ClientTls,
  wall: number,
  certificates: KnownCertificates,
): string | undefined {
  const authority = certificates.of(ca);
  if (!certificates.isIssued(shown, authority)) return 'SELF_SIGNED_CERT_IN_CHAIN';
  if (wall < Date.parse(shown.validFrom) || wall < Date.parse(authority.validFrom)) return 'CERT_NOT_YET_VALID';
  if (wall > Date.parse(shown.validTo) || wall > Date.parse(authority.validTo)) return 'CERT_HAS_EXPIRED';
  if (cert === undefined || key === undefined) return undefined;
  return certificates.pairs({ certificate: cert, key }) ? undefined : 'ERR_OSSL_X509_KEY_VALUES_MISMATCH';
}
