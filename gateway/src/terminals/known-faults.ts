/** The faults that our firmware reports, as docs/operations.md and the pages on panels list them. */
export const KNOWN_FAULTS = [
  'journal-damaged',
  'journal-of-another-terminal',
  'journal-full',
  'journal-unwritable',
  'journal-forget-failed',
  'press-unreadable',
  'press-set-aside',
  'epoch-refused',
  'duplicate-terminal-id',
  'broker-refused',
  'broker-unreachable',
  'certificate-expired',
  'certificate-refused',
  'certificate-not-renewed',
  'identity-unreadable',
  'clock-not-set',
  'broker-not-trusted',
  'config-invalid',
  'config-not-saved',
  'settings-damaged',
  'panel-not-found',
  'panel-several-found',
  'panel-permission-denied',
  'panel-line-busy',
  'panel-wrong-port',
  'panel-silent',
  'panel-wrong-firmware',
  'panel-unplugged',
  'panel-reset',
  'panel-tool-missing',
  'panel-failed',
  'panel-memory-full',
  'button-stuck',
  'button-chatter',
  'button-suspicious',
  'internal',
] as const;
export type KnownFault = (typeof KNOWN_FAULTS)[number];

export function isKnownFault(code: string): code is KnownFault {
  return KNOWN_FAULTS.some((known) => known === code);
}
