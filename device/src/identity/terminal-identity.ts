import { type Cancel, explainError, HymioError, type Random } from '@hymio/protocol';
import type { DeviceClock } from '../clock/device-clock.js';
import type { Log } from '../log/log.js';
import { CertificateTimes } from './certificate-times.js';
import { renewIdentity } from './enrol-terminal.js';
import type { ClientTls, GatewayWire } from './gateway-wire.js';
import { HTTPS_WIRE } from './https-wire.js';
import type { IdentityFile } from './identity-file.js';
import { renewalDue } from './renewal-due.js';

const HOUR_MS = 3_600_000;
const FIRST_LOOK_MS = 10_000;

export interface TerminalIdentityParts {
  terminal: string;
  file: IdentityFile;
  /** Whom to trust at the broker, PEM, instead of the gateway's authority. */
  ca?: string | undefined;
  clock: DeviceClock;
  random: Random;
  log: Log;
  /** The way to the gateway; default: over HTTPS. */
  wire?: GatewayWire;
}

/** Says that something is wrong with the identity, or (undefined) right again. */
export type IdentityFault = (
  code: 'certificate-not-renewed' | 'identity-unreadable',
  detail: string | undefined,
) => void;

/** The terminal's identity while the firmware runs: what connections show, and its renewal in time. */
export class TerminalIdentity {
  readonly #parts: TerminalIdentityParts;
  readonly #times = new CertificateTimes();
  #fault: IdentityFault = () => undefined;
  #next: Cancel | undefined;

  constructor(parts: TerminalIdentityParts) {
    this.#parts = parts;
  }

  /** Looks once an hour whether a renewal is due. */
  start(fault: IdentityFault): void {
    this.#fault = fault;
    this.#schedule(FIRST_LOOK_MS);
  }

  stop(): void {
    this.#next?.();
    this.#next = undefined;
  }

  /** What a connection shows and trusts now; undefined where the terminal never enrolled. */
  tls(): (ClientTls & { cert: string }) | undefined {
    try {
      const held = this.#parts.file.read();
      return held && { ca: this.#parts.ca ?? held.authority, cert: held.certificate, key: held.key };
    } catch (error) {
      if (!(error instanceof HymioError)) throw error;
      this.#fault('identity-unreadable', error.message);
      return undefined;
    }
  }

  /** When the certificate ran out, UTC ms; undefined where it has not by the clock of now, or where there is none. */
  endedAt(): number | undefined {
    const certificate = this.tls()?.cert;
    if (certificate === undefined) return undefined;
    const end = this.#times.of(certificate).to;
    return end < this.#parts.clock.now() ? end : undefined;
  }

  #schedule(delayMs: number): void {
    this.#next = this.#parts.clock.after(delayMs, () => {
      // A fleet that was enrolled in one go does not renew in one second.
      this.#schedule(HOUR_MS * (0.5 + this.#parts.random()));
      void this.#renew();
    });
  }

  async #renew(): Promise<void> {
    const { terminal, file, clock, log, wire = HTTPS_WIRE } = this.#parts;
    try {
      const held = file.read();
      if (held === undefined) return;
      if (!renewalDue(this.#times.of(held.certificate), clock.now())) return;
      const until = await renewIdentity(terminal, file, held, wire);
      this.#fault('certificate-not-renewed', undefined);
      log.info('certificate renewed', { until: new Date(until).toISOString() });
    } catch (error) {
      log.warn('certificate not renewed; tried again in an hour', { error: explainError(error) });
      this.#fault('certificate-not-renewed', explainError(error));
    }
  }
}
