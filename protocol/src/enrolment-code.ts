/** Crockford's base 32: no I, L, O and U, which are read as something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SECRET_LENGTH = 12;
const FINGERPRINT_LENGTH = 20;
const GROUP = /.{4}/g;

/** How long a code holds, ms: a day. */
export const CODE_LIFETIME_MS = 24 * 3_600_000;

/** What a code says: the secret that authorises, and the beginning of the fingerprint of the authority to trust. */
export interface CodeParts {
  secret: string;
  fingerprint: string;
}

/** A new secret of 60 bits; `random` gives so many unpredictable bytes. */
export function makeCodeSecret(random: (bytes: number) => Uint8Array): string {
  return [...random(SECRET_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** The first 100 bits of a SHA-256, as a code carries them. */
export function codeFingerprint(sha256: Uint8Array): string {
  const bits = [...sha256].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = Array.from({ length: FINGERPRINT_LENGTH }, (_, index) => bits.slice(index * 5, index * 5 + 5));
  return digits.map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

/** As it is printed: eight groups of four. */
export function codeText({ secret, fingerprint }: CodeParts): string {
  return (secret + fingerprint).match(GROUP)?.join('-') ?? '';
}

/** The parts of a code, however it is spaced; undefined where the text is none. */
export function readCodeText(text: string): CodeParts | undefined {
  // As Crockford has it: what looks like a digit is one.
  const plain = text.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  if (plain.length !== SECRET_LENGTH + FINGERPRINT_LENGTH) return undefined;
  if ([...plain].some((letter) => !ALPHABET.includes(letter))) return undefined;
  return { secret: plain.slice(0, SECRET_LENGTH), fingerprint: plain.slice(SECRET_LENGTH) };
}
