/** What a connection over TLS can fail for, beside the network. */
export type TlsFault = 'certificate-expired' | 'certificate-refused' | 'clock-not-set' | 'broker-not-trusted';
export const TLS_FAULTS = [
  'certificate-expired',
  'certificate-refused',
  'clock-not-set',
  'broker-not-trusted',
] as const satisfies readonly TlsFault[];

/**
 * What is wrong, by the code of an error of `node:tls` (of the terminal's own check, or of an alert of the other side,
 * RFC 8446, 6.2); undefined where it is none of these.
 */
export function tlsFault(code: string): TlsFault | undefined {
  if (code === 'CERT_NOT_YET_VALID') return 'clock-not-set';
  if (/^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_|INVALID_)/.test(code)) return 'broker-not-trusted';
  if (!/^ERR_SSL_.*ALERT/.test(code)) return undefined;
  if (code.endsWith('CERTIFICATE_EXPIRED')) return 'certificate-expired';
  return /(CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)/.test(code) ? 'certificate-refused' : undefined;
}
