import { Secret, TOTP } from 'otpauth';

/** 160 bits, as RFC 4226 (R6) recommends. */
const SECRET_BYTES = 20;
/** What every authenticator can do: RFC 6238 with its defaults. */
const WAY = { issuer: 'Hymiö', algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** A code is that of so long, ms. */
export const TOTP_PERIOD_MS = WAY.period * 1_000;
/** Periods before and after the present one whose codes are taken too: for clocks that differ, and slow fingers. */
const WINDOW = 1;

/** A new secret, base32; `random` gives so many unpredictable bytes. */
export function makeTotpSecret(random: (bytes: number) => Buffer): string {
  return new Secret({ buffer: Uint8Array.from(random(SECRET_BYTES)).buffer }).base32;
}

/** What an authenticator reads (`otpauth://…`). `account`: how it calls the entry. */
export function totpAddress(secret: string, account: string): string {
  return new TOTP({ ...WAY, label: account, secret }).toString();
}

/** What a device shows at this time (UTC ms). */
export function totpCode(secret: string, now: number): string {
  return new TOTP({ ...WAY, secret }).generate({ timestamp: now });
}

/** Which period (RFC 6238: T) a code is of; undefined: of none that is taken at `now` (UTC ms). */
export function periodOfCode(secret: string, code: string, now: number): number | undefined {
  const totp = new TOTP({ ...WAY, secret });
  const ahead = totp.validate({ token: code, timestamp: now, window: WINDOW });
  return ahead === null ? undefined : totp.counter({ timestamp: now }) + ahead;
}

/** Digits, whatever stands between them; undefined where it is no such code. */
export function readTotpCode(typed: string): string | undefined {
  const code = typed.replaceAll(/[\s-]/g, '');
  return /^\d{6}$/.test(code) ? code : undefined;
}
