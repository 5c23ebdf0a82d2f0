import { renewalDue, tlsFault } from '@hymio/device';
import { describe, expect, it } from 'vitest';

describe('a renewal is due', () => {
  const validity = { from: 0, to: 396 };
  it.each([
    [263, false],
    [264, true],
    [396, true],
    [10_000, true],
    [-1, false],
  ])('on day %i of 396: %s', (day, due) => {
    expect(renewalDue(validity, day)).toBe(due);
  });
});

describe('an error of TLS', () => {
  it.each([
    ['CERT_NOT_YET_VALID', 'clock-not-set'],
    ['CERT_HAS_EXPIRED', 'broker-not-trusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'broker-not-trusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'broker-not-trusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'broker-not-trusted'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', 'certificate-expired'],
    ['ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED', 'certificate-refused'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 'certificate-refused'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 'certificate-refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', undefined],
    ['ECONNREFUSED', undefined],
    ['5', undefined],
  ])('%s is %s', (code, fault) => {
    expect(tlsFault(code)).toBe(fault);
  });
});
